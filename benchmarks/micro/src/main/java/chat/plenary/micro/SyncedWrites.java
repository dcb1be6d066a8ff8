package chat.plenary.micro;

import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.embedded.EmbeddedOptions;
import chat.plenary.messaging.store.embedded.EmbeddedStore;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * One synced write to the embedded store and nothing else, at times that were settled before:
 * {@code DIRECTORY WARM SECONDS RATE} on a directory without a store. Writes documents of some 512
 * bytes to a collection without indexes, 500 a second for WARM seconds, then RATE a second for
 * SECONDS, and prints how long each of the latter took from the time it was due to its answer, on
 * the thread that gives it, in µs, a line each.
 */
public final class SyncedWrites {
  private static final int BYTES = 480;
  private static final double WARM_RATE = 500;
  private static final String COLLECTION = "written";

  private final Store store;
  private int number;

  private SyncedWrites(Store store) {
    this.store = store;
  }

  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length != 4) {
      System.err.println("usage: DIRECTORY WARM SECONDS RATE");
      System.exit(2);
    }
    Vertx vertx = Vertx.vertx();
    Store store =
        Load.await(
            EmbeddedStore.open(
                vertx, Path.of(arguments[0]).resolve("store"), EmbeddedOptions.defaults()));
    SyncedWrites writes = new SyncedWrites(store);
    writes.write(WARM_RATE, Double.parseDouble(arguments[1]));
    long[] micros =
        writes.write(Double.parseDouble(arguments[3]), Double.parseDouble(arguments[2]));
    for (long one : micros) {
      if (one == 0) {
        System.err.println("a write failed");
        System.exit(1);
      }
      System.out.println(one);
    }
    Load.await(store.close());
    Load.await(vertx.close());
  }

  private long[] write(double rate, double seconds) throws InterruptedException {
    long[] micros = new long[(int) (rate * seconds)];
    long step = (long) (Duration.ofSeconds(1).toNanos() / rate);
    long first = System.nanoTime() + step;
    Semaphore answered = new Semaphore(0);
    for (int i = 0; i < micros.length; i++) {
      int mine = i;
      long due = first + i * step;
      for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
        LockSupport.parkNanos(due - now);
      }
      store
          .insert(COLLECTION, List.of(document()))
          .onSuccess(done -> micros[mine] = Math.max(1, (System.nanoTime() - due) / 1_000))
          .onFailure(Throwable::printStackTrace)
          .onComplete(done -> answered.release());
    }
    answered.acquire(micros.length);
    return micros;
  }

  private BsonDocument document() {
    return new BsonDocument("_id", new BsonString("write-" + number++))
        .append("bytes", new BsonBinary(new byte[BYTES]));
  }
}
