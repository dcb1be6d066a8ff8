package chat.plenary.messaging.meeting;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.conversation.Access;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.MeetingId;
import io.vertx.core.Future;

/**
 * The door to meetings: whoever is no member of the group now sees none, as if it did not exist.
 */
final class Seeing {
  private final MeetingRows rows;
  private final Access access;

  Seeing(MeetingRows rows, Access access) {
    this.rows = rows;
    this.access = access;
  }

  /**
   * A meeting to a present member of its group.
   *
   * @param row the meeting
   * @param view the group, and the member
   * @param caller who asks
   */
  record Seen(MeetingRow row, Access.View view, Caller caller) {
    /** Whether the caller may change, cancel and end it, and see who took part. */
    boolean directs() {
      return row.organiser().equals(caller.account()) || view.member().role().administers();
    }

    Seen with(MeetingRow other) {
      return new Seen(other, view, caller);
    }
  }

  Future<Seen> see(Caller caller, String id) {
    if (!MeetingId.isValid(id)) {
      return Future.failedFuture(Fault.notFound("meeting"));
    }
    return rows.find(id)
        .map(found -> found.orElseThrow(() -> Fault.notFound("meeting")))
        .compose(row -> view(caller, row).map(view -> new Seen(row, view, caller)));
  }

  private Future<Access.View> view(Caller caller, MeetingRow row) {
    return access
        .view(caller, row.conversation())
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof Fault fault && fault.code() == Fault.Code.NOT_FOUND
                        ? Fault.notFound("meeting")
                        : failure));
  }

  /** The same for whoever may change it. */
  Future<Seen> direct(Caller caller, String id) {
    return see(caller, id)
        .map(
            seen -> {
              if (!seen.directs()) {
                throw Fault.of(
                    Fault.Code.FORBIDDEN, "Only its organiser and the group's owner may do this.");
              }
              return seen;
            });
  }
}
