package chat.plenary.messaging.log;

/**
 * A conversation after some entry, as far as commands are judged by it. Immutable; what else it
 * holds is the business of the {@link Machine} that made it.
 */
public interface State {
  /** The number in the conversation up to which it is true; 0 before the first entry. */
  long seq();

  /** The lane number of that entry; 0 before the first. */
  long n();

  /** Countable messages up to there. */
  long m();
}
