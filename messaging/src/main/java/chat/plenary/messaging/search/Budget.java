package chat.plenary.messaging.search;

import java.util.function.LongSupplier;

/** What one request may cost; when it is spent, the request ends and says how far it came. */
final class Budget {
  private final LongSupplier millis;
  private final long end;
  private int entries;
  private int signatures;

  /**
   * @param millis milliseconds that only grow
   */
  Budget(Search.Costs costs, LongSupplier millis) {
    this.millis = millis;
    this.end = millis.getAsLong() + costs.millis();
    this.entries = costs.entries();
    this.signatures = costs.signatures();
  }

  boolean isSpent() {
    return entries <= 0 || signatures <= 0 || millis.getAsLong() >= end;
  }

  void entries(int read) {
    entries -= Math.max(1, read);
  }

  void signatures(int read) {
    signatures -= read;
  }
}
