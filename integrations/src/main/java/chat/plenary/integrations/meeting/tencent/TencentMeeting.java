package chat.plenary.integrations.meeting.tencent;

import chat.plenary.integrations.meeting.wire.Line;
import chat.plenary.integrations.meeting.wire.Loose;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.meeting.Aftermath;
import chat.plenary.messaging.meeting.Guest;
import chat.plenary.messaging.meeting.MeetingPlan;
import chat.plenary.messaging.meeting.MeetingProvider;
import chat.plenary.messaging.meeting.Room;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Meetings of Tencent Meeting (VooV). Its API gives one link for everybody, so there are no
 * personal links: the address is given to members only, at the click, but whoever has it can pass
 * it on.
 */
public final class TencentMeeting implements MeetingProvider {
  private static final Set<String> OVER =
      Set.of(
          "MEETING_STATE_CANCELLED",
          "MEETING_STATE_ENDED",
          "MEETING_STATE_NULL",
          "MEETING_STATE_RECYCLED",
          "MEETING_STATE_INVALID");
  private static final String STARTED = "MEETING_STATE_STARTED";

  private final TencentOptions options;
  private final TencentApi api;
  private final Known known;
  private final After after;
  private final Clock clock;

  /**
   * A provider.
   *
   * @param store where tokens that come by webhook are kept for all nodes
   */
  public TencentMeeting(TencentOptions options, Line line, Store store, Clock clock) {
    this.options = options;
    this.clock = clock;
    this.api = new TencentApi(options, line, clock);
    this.known = new Known(api);
    this.after = new After(options, api, new StsTokens(store, options.name(), clock), clock);
  }

  @Override
  public String name() {
    return options.name();
  }

  @Override
  public String title() {
    return options.title();
  }

  @Override
  public boolean simulated() {
    return options.simulated();
  }

  @Override
  public Set<Capability> capabilities() {
    EnumSet<Capability> can =
        EnumSet.of(
            Capability.END, Capability.PARTICIPANTS, Capability.RECORDINGS, Capability.TRANSCRIPTS);
    if (options.hearsEvents()) {
      can.add(Capability.EVENTS);
      can.add(Capability.CAPTIONS);
    }
    return Set.copyOf(can);
  }

  /**
   * Makes a meeting, unless it is there already. The API does not promise that the same create is
   * one meeting, and there are few creates a month: so it is looked for before, and again where the
   * answer was lost.
   */
  @Override
  public Future<Room> create(MeetingPlan plan) {
    return known
        .find(plan)
        .compose(found -> found == null ? make(plan) : done(found))
        .map(room -> of(room, plan));
  }

  private Future<Room> make(MeetingPlan plan) {
    JsonObject body = Plans.create(plan, options.userid(), Known.mark(plan), clock.instant());
    return api.change(HttpMethod.POST, "/v1/meetings", body)
        .compose(reply -> api.good(reply, true))
        .map(
            json ->
                Loose.objects(json, "meeting_info_list", 1).stream()
                    .findFirst()
                    .map(Known::room)
                    .orElse(null))
        .recover(TencentMeeting::unlessUnknown)
        .compose(room -> room == null ? found(plan) : done(room));
  }

  /** What is not known is looked for; everything else is told as it is. */
  private static Future<@Nullable Room> unlessUnknown(Throwable failure) {
    boolean unknown = failure instanceof Fault fault && fault.code() == Fault.Code.UNKNOWN;
    return unknown ? Future.succeededFuture(null) : Future.failedFuture(failure);
  }

  private Future<Room> found(MeetingPlan plan) {
    Fault unknown =
        Fault.of(
            Fault.Code.UNKNOWN,
            options.title() + " did not say whether it made the meeting: try again.");
    return known
        .find(plan)
        .recover(failure -> Future.failedFuture(unknown))
        .compose(room -> room == null ? Future.failedFuture(unknown) : done(room));
  }

  private static Future<Room> done(Room room) {
    return Future.succeededFuture(room);
  }

  @Override
  public Future<Room> change(Room room, MeetingPlan plan) {
    JsonObject body = Plans.change(plan, options.userid());
    return api.change(HttpMethod.PUT, "/v1/meetings/" + room.external(), body)
        .compose(reply -> api.good(reply, true))
        .map(json -> of(room, plan));
  }

  /** The room with what of the plan must be known again. */
  private static Room of(Room room, MeetingPlan plan) {
    JsonObject details =
        room.details()
            .copy()
            .put("start", plan.start().getEpochSecond())
            .put("series", plan.recurrence() != null);
    return new Room(room.external(), room.code(), details);
  }

  @Override
  public Future<Void> cancel(Room room) {
    JsonObject body =
        new JsonObject()
            .put("userid", options.userid())
            .put("instanceid", 1)
            .put("reason_code", 1)
            .put("reason_detail", "cancelled in Plenary");
    if (room.details().getBoolean("series", false)) {
      body.put("meeting_type", 1);
    }
    return settle(room, "/cancel", body);
  }

  @Override
  public Future<Void> end(Room room) {
    JsonObject body =
        operator()
            .put("instanceid", 1)
            .put("reason_code", 1)
            .put("reason_detail", "ended in Plenary")
            .put("force_dismiss_meeting", 1)
            .put("retrieve_code", 0);
    return settle(room, "/dismiss", body);
  }

  /** What was refused because it is over already, is done. */
  private Future<Void> settle(Room room, String what, JsonObject body) {
    return api.change(HttpMethod.POST, "/v1/meetings/" + room.external() + what, body)
        .compose(
            reply -> {
              if (reply.good() || reply.is(Errors.NO_MEETING)) {
                return Future.succeededFuture();
              }
              return status(room)
                  .compose(
                      status ->
                          OVER.contains(status)
                              ? Future.succeededFuture()
                              : api.good(reply, true).mapEmpty());
            });
  }

  private Future<String> status(Room room) {
    return api.get("/v1/meetings/" + room.external(), api.operator())
        .map(
            json ->
                Loose.objects(json, "meeting_info_list", 1).stream()
                    .map(meeting -> Loose.text(meeting, "status"))
                    .findFirst()
                    .orElse(""))
        .recover(failure -> Future.succeededFuture(""));
  }

  @Override
  public Future<URI> link(Room room, MeetingPlan plan, Guest guest) {
    String url = room.details().getString("join_url", "");
    if (url.isEmpty()) {
      return Future.failedFuture(api.shapeless());
    }
    return Future.succeededFuture(URI.create(options.simulated() ? url + who(guest) : url));
  }

  /** The real program asks who comes, or knows; the page that plays it is told. */
  private static String who(Guest guest) {
    return "?userid="
        + URLEncoder.encode(guest.userid(), StandardCharsets.UTF_8)
        + "&name="
        + URLEncoder.encode(guest.name(), StandardCharsets.UTF_8);
  }

  /** Has captions pushed; a meeting that goes on already is told to make them, too. */
  @Override
  public Future<Void> captions(Room room, boolean on) {
    if (!options.hearsEvents()) {
      return Future.failedFuture(
          Fault.of(
              Fault.Code.INVALID, "Captions of " + options.title() + " need its webhook's token."));
    }
    JsonObject push = operator().put("meeting_id", room.external()).put("is_open", on);
    return api.change(HttpMethod.POST, "/v1/asr/push-status", push)
        .compose(reply -> api.good(reply, true))
        .compose(v -> on ? status(room) : Future.succeededFuture(""))
        .compose(
            status -> status.equals(STARTED) ? transcribe(room) : Future.<Void>succeededFuture());
  }

  private Future<Void> transcribe(Room room) {
    JsonObject body = operator().put("instance_id", 1).put("is_open", true).put("open_asr_view", 0);
    return api.change(HttpMethod.PUT, "/v1/real-control/meetings/" + room.external() + "/asr", body)
        .compose(reply -> api.good(reply, true))
        .mapEmpty();
  }

  @Override
  public Future<Aftermath> after(Room room) {
    return after.of(room);
  }

  /** A meeting by the nine digits that people type; for whoever looks after the service. */
  public Future<Room> byCode(String code) {
    return known.byCode(code);
  }

  private JsonObject operator() {
    return new JsonObject().put("operator_id", options.userid()).put("operator_id_type", 1);
  }
}
