package chat.plenary.messaging.account;

import java.time.Duration;

/**
 * How many attempts are allowed, kept as one number: the time at which the bucket will be full
 * again (the generic cell rate algorithm).
 *
 * @param capacity attempts in a row
 * @param refill after what time one more is allowed
 */
record Bucket(int capacity, Duration refill) {

  /** The time of being full again after one more attempt now. */
  long after(long full, long now) {
    return Math.max(full, now) + refill.toMillis();
  }

  /** Whole seconds to wait before one more attempt; 0 where it is allowed now. */
  int waitSeconds(long full, long now) {
    long millis = after(full, now) - now - capacity * refill.toMillis();
    return millis <= 0 ? 0 : (int) ((millis + 999) / 1_000);
  }
}
