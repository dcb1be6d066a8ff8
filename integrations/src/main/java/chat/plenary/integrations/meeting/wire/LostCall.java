package chat.plenary.integrations.meeting.wire;

/** A call that got no answer; what the circuit breaker counts. */
final class LostCall extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean sent;

  LostCall(boolean sent, String why) {
    super(why, null, false, false);
    this.sent = sent;
  }

  /** Whether the service may have got it. */
  boolean sent() {
    return sent;
  }
}
