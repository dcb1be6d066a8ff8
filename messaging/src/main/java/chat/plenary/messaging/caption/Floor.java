package chat.plenary.messaging.caption;

import chat.plenary.messaging.account.Account;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.conversation.ConversationState;
import chat.plenary.messaging.conversation.GroupRole;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.log.Log;
import chat.plenary.messaging.organisation.OrganisationState;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who may do what in a meeting: members find it, hosts name interpreters and speak. */
public final class Floor {
  private final Log log;
  private final Access access;
  private final Interpreters interpreters;
  private final Function<String, Future<Optional<CaptionedMeeting>>> meetings;
  private final Consumer<String> changed;

  Floor(
      Log log,
      Access access,
      Interpreters interpreters,
      Function<String, Future<Optional<CaptionedMeeting>>> meetings,
      Consumer<String> changed) {
    this.log = log;
    this.access = access;
    this.interpreters = interpreters;
    this.meetings = meetings;
    this.changed = changed;
  }

  /**
   * A meeting as one member sees it.
   *
   * @param meeting the meeting
   * @param view the group and the membership
   * @param host whether the member called the meeting, or owns the group
   */
  public record Seen(CaptionedMeeting meeting, Access.View view, boolean host) {}

  /**
   * A meeting, for a present member of its group; fails as not found for everybody else.
   *
   * @param id whatever came as a meeting's id
   */
  public Future<Seen> see(Caller caller, String id) {
    return meetings
        .apply(id)
        .compose(
            found -> {
              CaptionedMeeting meeting = found.orElseThrow(() -> Fault.notFound("meeting"));
              return access
                  .view(caller, meeting.conversation())
                  .map(view -> new Seen(meeting, view, isHost(caller, meeting, view)))
                  .recover(Floor::hidden);
            });
  }

  private static Future<Seen> hidden(Throwable failure) {
    boolean none = failure instanceof Fault fault && fault.code() == Fault.Code.NOT_FOUND;
    return Future.failedFuture(none ? Fault.notFound("meeting") : failure);
  }

  private static boolean isHost(Caller caller, CaptionedMeeting meeting, Access.View view) {
    return caller.account().equals(meeting.organiser()) || view.member().role() == GroupRole.OWNER;
  }

  /** Replaces the roster, as a host; the group's sessions are told. */
  public Future<List<Interpreters.Interpreter>> assign(
      Caller caller, String id, List<Interpreters.Interpreter> named) {
    return see(caller, id)
        .compose(
            seen -> {
              if (!seen.host()) {
                throw Fault.of(
                    Fault.Code.FORBIDDEN,
                    "Only the organiser and the group's owner name interpreters.");
              }
              ConversationState group = seen.view().state();
              for (int i = 0; i < named.size(); i++) {
                if (!group.isMember(named.get(i).account())) {
                  throw Fault.invalid(
                      "interpreters[" + i + "].account", "This is not a member of the group.");
                }
              }
              return interpreters.assign(id, named);
            })
        .onSuccess(roster -> changed.accept(id));
  }

  /** Takes over or hands back a language's channel, as an interpreter; sessions are told. */
  public Future<List<Interpreters.Interpreter>> duty(
      Caller caller, String id, String language, boolean on) {
    return see(caller, id)
        .compose(seen -> interpreters.duty(id, caller.account(), language, on))
        .onSuccess(roster -> changed.accept(id));
  }

  /**
   * As what a member may speak or type in a language now.
   *
   * @param channel whether for those who listen to an interpreter, not on the floor
   * @return fails as forbidden where the member may not, and as a conflict where the meeting is
   *     over
   */
  Future<Sentence.By> speaks(Caller caller, Seen seen, String language, boolean channel) {
    if (!seen.meeting().open()) {
      return Future.failedFuture(Fault.of(Fault.Code.CONFLICT, "The meeting is over."));
    }
    if (!channel && seen.host()) {
      return Future.succeededFuture(Sentence.By.SPEECH);
    }
    return interpreters
        .roster(seen.meeting().id())
        .map(
            roster -> {
              if (channel && Interpreters.isOn(roster, caller.account(), language)) {
                return Sentence.By.INTERPRETER;
              }
              throw Fault.of(
                  Fault.Code.FORBIDDEN,
                  channel
                      ? "You are not on duty as the interpreter into this language."
                      : "Only hosts, and interpreters on duty, may speak here.");
            });
  }

  /** As what a member may type: an interpreter on duty in that language, else a host. */
  Future<Sentence.By> types(Caller caller, Seen seen, String language) {
    if (!seen.meeting().open()) {
      return Future.failedFuture(Fault.of(Fault.Code.CONFLICT, "The meeting is over."));
    }
    return interpreters
        .roster(seen.meeting().id())
        .map(
            roster -> {
              if (Interpreters.isOn(roster, caller.account(), language)) {
                return Sentence.By.INTERPRETER;
              }
              if (seen.host()) {
                return Sentence.By.HOST;
              }
              throw Fault.of(
                  Fault.Code.FORBIDDEN, "Only hosts, and interpreters on duty, may type captions.");
            });
  }

  /** Somebody as a speaker: by account or by userid where one is known here, else by a name. */
  Future<Speaker> speaker(
      OrganisationId organisation,
      @Nullable AccountId account,
      @Nullable String userid,
      String name) {
    return log.state(ConversationId.of(organisation))
        .map(
            state -> {
              OrganisationState home = (OrganisationState) state;
              Account known = account == null ? null : home.account(account);
              if (known == null && userid != null) {
                known = home.byUserid(userid);
              }
              return known == null ? Speaker.of(null, name) : Speaker.of(known.id(), known.name());
            });
  }

  static boolean among(List<String> languages, String language) {
    return languages.stream().anyMatch(one -> Language.same(one, language));
  }
}
