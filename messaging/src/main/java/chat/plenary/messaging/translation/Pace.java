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

  private static final double MARGIN = 1.25;

  private final Timers timers;
  private final double interval;
  private double next;

  /**
   * A pace.
   *
   * @param perSecond what the engine allows; 0 for no bound
   */
  Pace(int perSecond, Timers timers) {
    this.timers = timers;
    this.interval = perSecond == 0 ? 0 : MARGIN * 1_000 / perSecond;
    this.next = timers.elapsed();
  }

  /** Takes a turn: the milliseconds until it comes, or -1 where too many wait already. */
  synchronized long turn() {
    if (interval == 0) {
      return 0;
    }
    long now = timers.elapsed();
    double mine = Math.max(now, next);
    long wait = (long) Math.ceil(mine - now);
    if (wait > LONGEST) {
      return -1;
    }
    next = mine + interval;
    return wait;
  }
}
