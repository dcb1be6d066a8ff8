package chat.plenary.messaging.translation;

import chat.plenary.messaging.log.Timers;

/**
 * How often one engine is asked, over all its pairs of languages: each caller is told how long to
 * wait for its turn. A fifth fewer than the engine allows, so that what is a little late does not
 * make one too many of a second.
 */
final class Pace {
  /** The longest wait for a turn, in milliseconds. */
  static final long LONGEST = 30_000;

  /** A second and a quarter, in microseconds. */
  private static final long SECOND = 1_250_000;

  private final Timers timers;

  /** In microseconds; 0 for no bound. */
  private final long interval;

  /** When the next turn comes, in microseconds of the timers. */
  private long next;

  /**
   * A pace.
   *
   * @param perSecond what the engine allows; 0 for no bound
   */
  Pace(int perSecond, Timers timers) {
    this.timers = timers;
    this.interval = perSecond == 0 ? 0 : SECOND / perSecond;
    this.next = timers.elapsed() * 1_000;
  }

  /** Takes a turn: the milliseconds until it comes, or -1 where too many wait already. */
  synchronized long turn() {
    if (interval == 0) {
      return 0;
    }
    long now = timers.elapsed() * 1_000;
    long mine = Math.max(now, next);
    long wait = (mine - now + 999) / 1_000;
    if (wait > LONGEST) {
      return -1;
    }
    next = mine + interval;
    return wait;
  }
}
