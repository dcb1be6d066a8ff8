package chat.plenary.micro;

import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * Writes and reads entries as the log does: each lane writes its next run when the last was
 * acknowledged, and every lane is on a context of its own.
 */
final class Load {
  private static final String ENTRIES = "entries";
  private static final int CONVERSATIONS = 500;

  private final Vertx vertx;
  private final Store store;
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong[] lanes;

  Load(Vertx vertx, Store store, int lanes) {
    this.vertx = vertx;
    this.store = store;
    this.lanes = new AtomicLong[lanes];
    Arrays.setAll(this.lanes, lane -> new AtomicLong());
  }

  /**
   * What a phase gave.
   *
   * @param perSecond entries, or pages
   * @param p50 of one operation, in µs
   * @param p99 of one operation, in µs
   * @param cpu that this process used for each entry or page, in µs: says more than the time where
   *     others use the machine too
   */
  record Figure(long perSecond, long p50, long p99, long cpu) {
    static Figure of(long count, Begun begun, List<Long> times) {
      long nanos = System.nanoTime() - begun.nanos();
      long cpu = Begun.cpu() - begun.cpuNanos();
      var sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
      return new Figure(
          count * 1_000_000_000L / Math.max(1, nanos),
          at(sorted, 0.5),
          at(sorted, 0.99),
          cpu / 1_000 / Math.max(1, count));
    }

    private static long at(long[] sorted, double share) {
      return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))] / 1_000;
    }
  }

  /** When a phase began, by the clock and by the processors. */
  private record Begun(long nanos, long cpuNanos) {
    static Begun now() {
      return new Begun(System.nanoTime(), cpu());
    }

    static long cpu() {
      return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
          ? system.getProcessCpuTime()
          : 0;
    }
  }

  /** All the indexes of the log's entries; {@code _id} is the lane and the number in it. */
  void index() {
    await(store.index(Index.unique(ENTRIES, "l", "k")));
    await(store.index(Index.of(ENTRIES, "c", "seq")));
  }

  /** Entries written up to now. */
  long written() {
    return written.get();
  }

  /** Runs of {@code size} by {@code writers} lanes at once, until {@code entries} or the time. */
  Figure write(int writers, int size, long entries, Duration time) {
    var begun = Begun.now();
    long before = written.get();
    var phase = new Phase(begun.nanos() + time.toNanos(), before + entries, size);
    var all = new ArrayList<Future<List<Long>>>();
    for (int lane = 0; lane < writers; lane++) {
      all.add(phase.lane(lane));
    }
    await(Future.all(all));
    var times = new ArrayList<Long>();
    all.forEach(one -> times.addAll(one.result()));
    return Figure.of(written.get() - before, begun, times);
  }

  /** One phase's writers. */
  private final class Phase {
    private final long until;
    private final long enough;
    private final int size;

    Phase(long until, long enough, int size) {
      this.until = until;
      this.enough = enough;
      this.size = size;
    }

    Future<List<Long>> lane(int lane) {
      var times = new ArrayList<Long>();
      var ended = Promise.<List<Long>>promise();
      ((VertxInternal) vertx)
          .createEventLoopContext()
          .runOnContext(start -> next(lane, times, ended));
      return ended.future();
    }

    private void next(int lane, List<Long> times, Promise<List<Long>> ended) {
      long begun = System.nanoTime();
      if (begun > until || written.get() >= enough) {
        ended.complete(times);
        return;
      }
      store
          .insert(ENTRIES, run(lane, size))
          .onFailure(ended::tryFail)
          .onSuccess(
              done -> {
                times.add(System.nanoTime() - begun);
                written.addAndGet(size);
                next(lane, times, ended);
              });
    }
  }

  private List<BsonDocument> run(int lane, int size) {
    var run = new ArrayList<BsonDocument>(size);
    for (int i = 0; i < size; i++) {
      run.add(entry(lane, lanes[lane].incrementAndGet()));
    }
    return run;
  }

  /** About 390 bytes, as the log lays entries out; keys and hashes are as good as random. */
  private static BsonDocument entry(int lane, long n) {
    var random = new Random(n * 64 + lane);
    var conversation = conversation(lane, (int) (n % CONVERSATIONS));
    return new BsonDocument("_id", new BsonString("%02d/%016x".formatted(lane, n)))
        .append("l", new BsonInt32(lane))
        .append("n", new BsonInt64(n))
        .append("c", new BsonString(conversation))
        .append("seq", new BsonInt64(n / CONVERSATIONS + 1))
        .append("m", new BsonInt64(n / CONVERSATIONS + 1))
        .append("s", new BsonString("a-" + hex(random, 16)))
        .append("w", new BsonString(hex(random, 16)))
        .append("k", new BsonString(hex(random, 32)))
        .append("h", new BsonString(hex(random, 32)))
        .append("at", new BsonDateTime(1_700_000_000_000L + n))
        .append("v", new BsonInt32(1))
        .append("e", new BsonString("message.posted"))
        .append("body", new BsonDocument("text", new BsonString("words " + hex(random, 80))));
  }

  private static String conversation(int lane, int number) {
    return "c-%02d-%016x".formatted(lane, number);
  }

  private static String hex(Random random, int length) {
    var text = new StringBuilder(length);
    while (text.length() < length) {
      text.append("%08x".formatted(random.nextInt()));
    }
    return text.substring(0, length);
  }

  /** The newest 50 entries of one conversation after the other, one page at a time. */
  Figure pages(Duration time) {
    var random = new Random(1);
    var times = new ArrayList<Long>();
    var begun = Begun.now();
    while (System.nanoTime() - begun.nanos() < time.toNanos()) {
      var conversation = conversation(random.nextInt(lanes.length), random.nextInt(CONVERSATIONS));
      long asked = System.nanoTime();
      await(store.find(Query.in(ENTRIES, "seq").where("c", conversation).reversed().limit(50)));
      times.add(System.nanoTime() - asked);
    }
    return Figure.of(times.size(), begun, times);
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(10, TimeUnit.MINUTES);
    } catch (TimeoutException e) {
      throw new IllegalStateException("not answered within 10 minutes", e);
    }
  }
}
