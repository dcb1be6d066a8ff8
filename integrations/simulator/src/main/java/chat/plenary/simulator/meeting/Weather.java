package chat.plenary.simulator.meeting;

/** What goes wrong at the simulator, for the calls that follow. */
public enum Weather {
  /** All is well. */
  FAIR,
  /** Every answer is a 503 of a proxy. */
  DOWN,
  /** Changes are made, and the connection cut without an answer. */
  LOST,
  /** Answers come after 30 s. */
  SLOW,
  /** Answers are a page of HTML. */
  SHAPE,
  /** The clock is 10 minutes ahead. */
  CLOCK,
  /** Changes are made, and answered as an internal error. */
  INTERNAL
}
