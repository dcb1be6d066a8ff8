package chat.plenary.integrations.meeting.bigbluebutton;

import chat.plenary.integrations.meeting.wire.Line;
import chat.plenary.integrations.meeting.wire.NamedRooms;
import chat.plenary.integrations.meeting.wire.Query;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.meeting.Aftermath;
import chat.plenary.messaging.meeting.Aftermath.Link;
import chat.plenary.messaging.meeting.Guest;
import chat.plenary.messaging.meeting.MeetingPlan;
import chat.plenary.messaging.meeting.Room;
import io.vertx.core.Future;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Meetings on a BigBlueButton server. The server forgets a meeting into which nobody comes for some
 * minutes, so it is made (which is idempotent there) when a member wants in, not when it is
 * planned.
 */
public final class BigBlueButton extends NamedRooms {
  private static final int MAX_LINKS = 50;

  private final BigBlueButtonOptions options;
  private final BbbApi api;

  /** A provider. */
  public BigBlueButton(BigBlueButtonOptions options, Line line) {
    super(options.name(), options.title());
    this.options = options;
    this.api = new BbbApi(options, line);
  }

  @Override
  public Set<Capability> capabilities() {
    EnumSet<Capability> can = EnumSet.of(Capability.PERSONAL_LINKS, Capability.END);
    if (options.record()) {
      can.add(Capability.RECORDINGS);
    }
    if (options.hooks()) {
      can.add(Capability.EVENTS);
      can.add(Capability.PARTICIPANTS);
    }
    return Set.copyOf(can);
  }

  @Override
  protected String room(MeetingPlan plan) {
    return plan.id();
  }

  @Override
  public Future<Void> cancel(Room room) {
    return end(room);
  }

  @Override
  public Future<Void> end(Room room) {
    return api.call("end", meeting(room), true)
        .<Void>mapEmpty()
        .recover(
            failure ->
                failure instanceof Fault fault && fault.code() == Fault.Code.NOT_FOUND
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }

  @Override
  public Future<URI> link(Room room, MeetingPlan plan, Guest guest) {
    return make(room, plan)
        .map(
            created -> {
              Query join =
                  new Query()
                      .put("fullName", guest.name())
                      .put("meetingID", room.external())
                      .put("role", guest.host() ? "MODERATOR" : "VIEWER")
                      .put("userID", guest.account().value())
                      .put("redirect", "true");
              // With it a link is good for this making of the meeting only.
              if (!created.isEmpty()) {
                join.put("createTime", created);
              }
              return api.address("join", join);
            });
  }

  /** Makes the meeting where it is not there, and has its events told; when it was made. */
  private Future<String> make(Room room, MeetingPlan plan) {
    Query query =
        new Query()
            .put("name", plan.title().length() < 2 ? plan.title() + " " : plan.title())
            .put("meetingID", room.external())
            .put("record", Boolean.toString(options.record()));
    return api.call("create", query, true)
        .compose(
            made -> {
              boolean before = Xml.text(made, "messageKey").equals("duplicateWarning");
              Future<Void> heard =
                  before || !options.hooks() ? Future.succeededFuture() : hook(room);
              return heard.map(v -> Xml.text(made, "createTime"));
            });
  }

  private Future<Void> hook(Room room) {
    Query query =
        new Query()
            .put("callbackURL", options.callback().toString())
            .put("meetingID", room.external())
            .put("getRaw", "false");
    return api.call("hooks/create", query, true).mapEmpty();
  }

  private static Query meeting(Room room) {
    return new Query().put("meetingID", room.external());
  }

  /**
   * What was recorded. Who took part is told by hooks only: a meeting that is over is forgotten.
   */
  @Override
  public Future<Aftermath> after(Room room) {
    return api.call("getRecordings", meeting(room), false)
        .map(BigBlueButton::recordings)
        .recover(BigBlueButton::noneIfGone)
        .map(links -> new Aftermath(List.of(), links));
  }

  private static <T> Future<List<T>> noneIfGone(Throwable failure) {
    return failure instanceof Fault fault && fault.code() == Fault.Code.NOT_FOUND
        ? Future.succeededFuture(List.of())
        : Future.failedFuture(failure);
  }

  static @Nullable AccountId account(String user) {
    return AccountId.isValid(user) ? new AccountId(user) : null;
  }

  private static List<Link> recordings(Element answer) {
    List<Link> links = new ArrayList<>();
    for (Element recording : Xml.children(Xml.child(answer, "recordings"), "recording")) {
      Element playback = Xml.child(recording, "playback");
      for (Element format : Xml.children(playback, "format")) {
        String url = Xml.text(format, "url");
        if (url.matches("https?://\\S{1,2000}") && links.size() < MAX_LINKS) {
          try {
            links.add(new Link("recording", title(format), new URI(url), null));
          } catch (URISyntaxException e) {
            // An address that is none is no link.
          }
        }
      }
    }
    return links;
  }

  private static String title(Element format) {
    String type = Xml.text(format, "type");
    return type.matches("[A-Za-z0-9 ]{1,40}") ? "Recording (" + type + ")" : "Recording";
  }
}
