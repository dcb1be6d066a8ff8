package chat.plenary.messaging.gateway;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How much each account may change at this node: so many in a row, then so many a second. Kept as
 * one time an account (the generic cell rate algorithm); safe for any thread.
 */
final class Rates {
  private static final int ACCOUNTS = 50_000;

  private final long step;
  private final long capacity;
  private final LongSupplier nanos;

  // Whoever is forgotten has not changed anything for long, or begins with a full allowance again.
  private final Map<AccountId, Long> full =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AccountId, Long> eldest) {
          return size() > ACCOUNTS;
        }
      };

  /**
   * Limits all accounts alike.
   *
   * @param burst changes in a row
   * @param perSecond changes a second in the long run
   * @param nanos nanoseconds from an arbitrary beginning, which only grow
   */
  Rates(int burst, int perSecond, LongSupplier nanos) {
    this.step = 1_000_000_000L / perSecond;
    this.capacity = step * burst;
    this.nanos = nanos;
  }

  /**
   * Takes one.
   *
   * @throws Fault as too many
   */
  void take(AccountId account) {
    long now = nanos.getAsLong();
    long wait;
    synchronized (full) {
      long since = full.getOrDefault(account, now);
      long after = (since - now > 0 ? since : now) + step;
      wait = after - now - capacity;
      if (wait <= 0) {
        full.put(account, after);
      }
    }
    if (wait > 0) {
      int seconds = (int) Math.min(60, 1 + wait / 1_000_000_000L);
      throw Fault.tooMany("You send too much in too short a time.", seconds);
    }
  }
}
