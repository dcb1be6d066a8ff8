package chat.plenary.bots.survey;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.log.Outcome;

/** What became of something that a bot appends under a ref that derives from what it is for. */
final class Outcomes {
  private Outcomes() {}

  /**
   * Whether it stands in the log; a conflict means that it stands there in the words of an earlier
   * definition.
   *
   * @return its number, or 0 in that case
   * @throws Fault where it does not, or nobody knows
   */
  static long check(Outcome outcome) {
    if (outcome instanceof Outcome.Accepted accepted) {
      return accepted.seq();
    }
    if (outcome instanceof Outcome.Refused refused) {
      if (refused.why().code() == Fault.Code.CONFLICT) {
        return 0;
      }
      throw refused.why();
    }
    throw Fault.of(
        Fault.Code.UNKNOWN, "It is not known whether this happened: repeat it with the same ref.");
  }
}
