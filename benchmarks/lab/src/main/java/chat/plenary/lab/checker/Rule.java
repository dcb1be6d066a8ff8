package chat.plenary.lab.checker;

/** What a history must keep. */
public enum Rule {
  ACCEPTED_MISSING("No accepted entry is missing."),
  TWICE("No entry is there twice."),
  TWO_NUMBERS("A ref has one number, whatever asks."),
  GAP("Numbers have no gaps, and countable messages are counted."),
  ANOTHER_ORDER("Every reader sees one order and the same entries."),
  REAL_TIME("What was accepted before another was sent stands before it."),
  SENDER_ORDER("What one connection sent in an order stands in that order."),
  NOT_IN_HISTORY("Nothing is shown that is not in the history."),
  NEVER_SENT("Nothing is in the history that nobody sent."),
  REFUSED_BUT_THERE("What was refused, and never unknown, is not in the history."),
  NO_CONFLICT("A ref that is used again with another body is a conflict, until a recall."),
  WRONG_CONFLICT("A ref that is used again with the same body, or after a recall, is no conflict."),
  NOT_ALLOWED("Only members append, and only senders edit."),
  SHOWN_TWICE("A connection shows an entry once."),
  STREAM_GAP("A connection that is current shows every entry, in order."),
  SEEN_BEYOND_REMOVAL(
      "Nobody is shown an entry beyond their removal, or from before they might see."),
  LATE_AFTER_REMOVAL("Nothing is written to a removed member's connection after 5 s."),
  OTHER_ORGANISATION("Nobody is shown anything of another organisation."),
  REVOKED("Nothing is written to a revoked session's connection after 5 s."),
  FOLLOWER("Who followed live was shown what a fresh reader sees."),
  MARKS("A page of history shows each message with its newest edit or its recall."),
  POSITION_BACK("A read position never goes back."),
  UNREAD("Unread equals a recount."),
  STALE("What is shown is not older than 5 s, if it is shown at all.");

  private final String sentence;

  Rule(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
