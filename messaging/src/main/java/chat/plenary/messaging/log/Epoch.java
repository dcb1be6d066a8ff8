package chat.plenary.messaging.log;

import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;

/**
 * Which life a database is in. Clients hold cursors of entries that a restored copy does not have,
 * and under whose numbers others will stand: by the epoch they are told to begin anew.
 */
public final class Epoch {
  /** Seconds since then fit an int until 2094. */
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  private Epoch() {}

  /**
   * Begins another epoch. For a store that was restored and that no node has opened yet.
   *
   * @param now the time of the restore; two restores of one copy must differ by a second
   * @return the epoch that holds now; 0 where no node ever opened the store
   */
  public static Future<Integer> begin(Store store, Instant now) {
    long seconds = Duration.between(FIRST, now).toSeconds();
    return Meta.raise(store, (int) Math.max(0, Math.min(Integer.MAX_VALUE, seconds)));
  }
}
