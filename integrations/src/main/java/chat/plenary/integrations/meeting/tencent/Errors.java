package chat.plenary.integrations.meeting.tencent;

import chat.plenary.integrations.meeting.wire.Loose;
import chat.plenary.messaging.fault.Fault;
import java.util.Set;

/** What the API's errors mean to whoever called a meeting. */
final class Errors {
  /** There is no such meeting. */
  static final Set<Long> NO_MEETING = Set.of(9003L);

  /** It may or may not have been done. */
  static final Set<Long> INTERNAL = Set.of(41L, 5108L, 550000L);

  private static final Set<Long> SIGNATURE = Set.of(200003L);
  private static final Set<Long> CLOCK = Set.of(190300L);
  private static final Set<Long> REPLAY = Set.of(190301L);
  private static final Set<Long> KEY = Set.of(190303L);
  private static final Set<Long> A_MINUTE = Set.of(190310L, 190313L, 500046L, 9061L);
  private static final Set<Long> QUOTA = Set.of(190311L, 9008L, 500029L, 500168L, 156009L);
  private static final Set<Long> BUSY = Set.of(9098L);
  private static final Set<Long> TITLE = Set.of(9093L);
  private static final Set<Long> INVALID = Set.of(190004L, 10001L);
  private static final Set<Long> GONE = Set.of(4051L);
  private static final Set<Long> FORBIDDEN =
      Set.of(9042L, 9099L, 9100L, 9101L, 9102L, 20001L, 20003L, 50000L, 50001L);

  private final String title;

  Errors(String title) {
    this.title = title;
  }

  /**
   * The failure that a reply tells.
   *
   * @param changes whether the call was to change something
   */
  Fault fault(Reply reply, boolean changes) {
    String said = said(reply);
    if (reply.is(SIGNATURE) || reply.is(KEY)) {
      return Fault.of(
          Fault.Code.FORBIDDEN, title + " does not accept this server's key or signature" + said);
    }
    if (reply.is(CLOCK)) {
      return Fault.of(
          Fault.Code.UNAVAILABLE,
          "The clock of this server and that of " + title + " are too far apart" + said);
    }
    if (reply.is(QUOTA)) {
      return Fault.tooMany(title + " allows no more of these for now" + said, 3_600);
    }
    if (reply.is(A_MINUTE)) {
      return Fault.tooMany(title + " is asked too often" + said, 60);
    }
    if (reply.is(NO_MEETING) || reply.is(GONE)) {
      return Fault.of(Fault.Code.NOT_FOUND, title + " has no such meeting" + said);
    }
    if (reply.is(TITLE)) {
      return Fault.invalid("title", title + " does not accept this title" + said);
    }
    if (reply.is(INVALID)) {
      return Fault.invalid("meeting", title + " does not accept this" + said);
    }
    if (reply.is(FORBIDDEN)) {
      return Fault.of(Fault.Code.FORBIDDEN, title + " does not allow this" + said);
    }
    if (reply.is(BUSY) || reply.is(REPLAY)) {
      return Fault.of(Fault.Code.UNAVAILABLE, title + " could not take it just now" + said);
    }
    return other(reply, changes, said);
  }

  private Fault other(Reply reply, boolean changes, String said) {
    boolean told = reply.code() != 0 || reply.newCode() != 0;
    boolean unclear = reply.is(INTERNAL) || (!told && reply.status() / 100 != 4);
    if (unclear && changes) {
      return Fault.of(
          Fault.Code.UNKNOWN, title + " failed and it is not known whether it was done" + said);
    }
    if (unclear) {
      return Fault.of(Fault.Code.UNAVAILABLE, title + " failed" + said);
    }
    return Fault.invalid("meeting", title + " refused this" + said);
  }

  /** The platform's own words and code, as they are. */
  private static String said(Reply reply) {
    String words = Loose.words(reply.message());
    long code = reply.newCode() != 0 ? reply.newCode() : reply.code();
    if (code == 0 && !reply.readable()) {
      return ": an answer of another shape (HTTP " + reply.status() + ").";
    }
    if (code == 0) {
      return " (HTTP " + reply.status() + ").";
    }
    return (words.isEmpty() ? "" : ": " + words) + " (" + code + ").";
  }
}
