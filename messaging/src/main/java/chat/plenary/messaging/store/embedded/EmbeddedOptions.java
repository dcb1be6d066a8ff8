package chat.plenary.messaging.store.embedded;

import java.time.Clock;
import java.time.Duration;

/**
 * How much an {@link EmbeddedStore} may take. The native memory that it holds is about {@code
 * blockCacheBytes} + 2 × {@code memtableBytes} + some 10 bytes per document and index entry for
 * filters.
 *
 * @param blockCacheBytes uncompressed blocks kept in memory for reads, at least 1 MiB
 * @param memtableBytes writes kept in memory before they become a file, at least 1 MiB; opening
 *     after a crash replays up to about twice as much
 * @param readers threads that read, 1 to 64
 * @param waitingReads reads that may wait for a thread; further ones fail as unknown
 * @param waitingWrites writes that may wait to be judged; further ones fail as unknown, as they do
 *     when those that wait hold more than 64 MB
 * @param timeout after which an operation fails as unknown, at least a second; told to within half
 *     a second
 * @param clock what {@link EmbeddedStore#ping} tells
 */
public record EmbeddedOptions(
    long blockCacheBytes,
    long memtableBytes,
    int readers,
    int waitingReads,
    int waitingWrites,
    Duration timeout,
    Clock clock) {
  private static final long MIB = 1 << 20;

  public EmbeddedOptions {
    atLeast("blockCacheBytes", blockCacheBytes, MIB);
    atLeast("memtableBytes", memtableBytes, MIB);
    atLeast("readers", readers, 1);
    if (readers > 64) {
      throw new IllegalArgumentException("readers must be at most 64: " + readers);
    }
    atLeast("waitingReads", waitingReads, 1);
    atLeast("waitingWrites", waitingWrites, 1);
    atLeast("timeout in ms", timeout.toMillis(), 1_000);
  }

  /**
   * 128 MiB of block cache, memtables of 64 MiB (the size that the choice of the engine was
   * measured with), 2 readers, 1,024 reads and 10,000 writes waiting, 10 s, the system's clock.
   */
  public static EmbeddedOptions defaults() {
    return new EmbeddedOptions(
        128 * MIB, 64 * MIB, 2, 1_024, 10_000, Duration.ofSeconds(10), Clock.systemUTC());
  }

  /** The same with other sizes in memory. */
  public EmbeddedOptions memory(long blockCache, long memtable) {
    return new EmbeddedOptions(
        blockCache, memtable, readers, waitingReads, waitingWrites, timeout, clock);
  }

  /** The same with another time for each operation. */
  public EmbeddedOptions timeout(Duration other) {
    return new EmbeddedOptions(
        blockCacheBytes, memtableBytes, readers, waitingReads, waitingWrites, other, clock);
  }

  /** The same with another clock. */
  public EmbeddedOptions clock(Clock other) {
    return new EmbeddedOptions(
        blockCacheBytes, memtableBytes, readers, waitingReads, waitingWrites, timeout, other);
  }

  private static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ": " + value);
    }
  }
}
