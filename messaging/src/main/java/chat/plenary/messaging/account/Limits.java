package chat.plenary.messaging.account;

import java.time.Duration;

/**
 * Limits of signing in.
 *
 * @param accountAttempts wrong passwords that one account takes in a row; 1 to 1,000
 * @param accountRefill after what time one more is allowed; 1 s to 1 h
 * @param addressAttempts failed attempts that one address may make in a row, over all accounts, on
 *     one node; 1 to 100,000
 * @param addressRefill after what time one more is allowed; 1 ms to 1 h
 * @param passwordWorkers threads that compute password hashes, each with 19 MiB while it does; 1 to
 *     16
 * @param passwordQueue computations that may wait for a thread; 1 to 10,000; more are refused
 * @param accessTokenLife how long an access token is good; 1 to 10 minutes (sessions that were
 *     ended are remembered for 15)
 * @param sessionIdle after what time without refreshing a session ends; 1 hour to 400 days
 * @param ticketLife how long a sign-in ticket is good; 1 minute to 7 days
 */
public record Limits(
    int accountAttempts,
    Duration accountRefill,
    int addressAttempts,
    Duration addressRefill,
    int passwordWorkers,
    int passwordQueue,
    Duration accessTokenLife,
    Duration sessionIdle,
    Duration ticketLife) {

  /** What holds unless configured otherwise. */
  public static final Limits DEFAULTS =
      new Limits(
          10,
          Duration.ofSeconds(60),
          100,
          Duration.ofSeconds(3),
          2,
          200,
          Duration.ofMinutes(10),
          Duration.ofDays(30),
          Duration.ofHours(24));

  public Limits {
    check("accountAttempts", accountAttempts, 1, 1_000);
    check("accountRefill", accountRefill, Duration.ofSeconds(1), Duration.ofHours(1));
    check("addressAttempts", addressAttempts, 1, 100_000);
    check("addressRefill", addressRefill, Duration.ofMillis(1), Duration.ofHours(1));
    check("passwordWorkers", passwordWorkers, 1, 16);
    check("passwordQueue", passwordQueue, 1, 10_000);
    check("accessTokenLife", accessTokenLife, Duration.ofMinutes(1), Duration.ofMinutes(10));
    check("sessionIdle", sessionIdle, Duration.ofHours(1), Duration.ofDays(400));
    check("ticketLife", ticketLife, Duration.ofMinutes(1), Duration.ofDays(7));
  }

  private static void check(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(name + " must be " + min + " to " + max + ": " + value);
    }
  }

  private static void check(String name, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(name + " must be " + min + " to " + max + ": " + value);
    }
  }
}
