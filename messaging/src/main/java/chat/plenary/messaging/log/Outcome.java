package chat.plenary.messaging.log;

import chat.plenary.messaging.fault.Fault;
import java.time.Instant;

/** What became of a command. */
public sealed interface Outcome {
  /**
   * It stands in the log, durably; perhaps since an earlier attempt with the same ref.
   *
   * @param lane the lane
   * @param n the number in the lane
   * @param seq the number in the conversation
   * @param m countable messages up to and with it
   * @param at when it was numbered
   */
  record Accepted(int lane, long n, long seq, long m, Instant at) implements Outcome {}

  /**
   * It is not in the log, and this attempt never will be. A reused ref with another body is refused
   * as {@link Fault.Code#CONFLICT}.
   *
   * @param why the reason
   */
  record Refused(Fault why) implements Outcome {}

  /** It is not known, and may still be appended: to be repeated with the same ref. */
  record Unknown() implements Outcome {}
}
