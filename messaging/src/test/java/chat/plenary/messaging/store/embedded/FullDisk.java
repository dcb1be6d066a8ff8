package chat.plenary.messaging.store.embedded;

import static chat.plenary.messaging.store.StoreUnderTest.await;
import static chat.plenary.messaging.store.StoreUnderTest.doc;

import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * A process whose disk is small: fills it, makes room, goes on, and ends with 0 when nothing that
 * was acknowledged is missing and every failure was told clearly.
 */
final class FullDisk {
  /**
   * What is taken away to make room: more than the store has written by then, since a compaction
   * writes anew before it deletes. With less, every compaction fills the disk again.
   */
  private static final int BALLAST = 52 << 20;

  private final Store store;
  private final TreeSet<String> acknowledged = new TreeSet<>();
  private final List<String> failures = new ArrayList<>();
  private int next;

  private FullDisk(Store store) {
    this.store = store;
  }

  /** Argument: a directory on a disk of some 80 MB. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var directory = Path.of(arguments[0]);
    var ballast = directory.resolve("ballast");
    Files.write(ballast, new byte[BALLAST]);
    var path = directory.resolve("store");
    var store = EmbeddedStore.open(null, path, Writing.options()).await();
    var disk = new FullDisk(store);
    disk.fill();
    Files.delete(ballast);
    disk.goOn();
    disk.requireAll(store);
    await(store.close());
    var again = EmbeddedStore.open(null, path, Writing.options()).await();
    disk.requireAll(again);
    await(again.close());
    System.out.printf(
        "%d acknowledged, %d failures such as: %s%n",
        disk.acknowledged.size(), disk.failures.size(), disk.failures.get(0));
    System.exit(0);
  }

  /** Writes until it has failed some times. */
  private void fill() {
    while (failures.size() < 10) {
      write();
      if (next > 100_000) {
        throw new AssertionError("the disk is not full after " + next + " runs");
      }
    }
    if (failures.stream().noneMatch(message -> message.contains("the disk is full"))) {
      throw new AssertionError("no failure says that the disk is full: " + failures);
    }
  }

  private void goOn() throws InterruptedException {
    int before = acknowledged.size();
    for (int tries = 0; tries < 200 && acknowledged.size() < before + 1_000; tries++) {
      if (!write()) {
        Thread.sleep(100);
      }
    }
    if (acknowledged.size() < before + 1_000) {
      throw new AssertionError("it did not go on when there was room: " + failures);
    }
  }

  private boolean write() {
    var run = new ArrayList<BsonDocument>();
    var bytes = new byte[1_000];
    for (int i = 0; i < 20; i++) {
      new Random(next * 20L + i).nextBytes(bytes);
      run.add(doc("%08d/%02d".formatted(next, i), "bytes", new BsonBinary(bytes.clone())));
    }
    next++;
    try {
      await(store.insert("c", run));
      acknowledged.addAll(StoreUnderTest.ids(run));
      return true;
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.UNKNOWN) {
        throw e;
      }
      failures.add(e.getMessage());
      return false;
    }
  }

  private void requireAll(Store store) {
    var found = new TreeSet<String>();
    var query = Query.in("c", "_id").limit(1_000);
    for (var page = await(store.find(query)); !page.isEmpty(); ) {
      found.addAll(StoreUnderTest.ids(page));
      page = await(store.find(query.after(new BsonString(found.last()))));
    }
    var missing = new TreeSet<>(acknowledged);
    missing.removeAll(found);
    if (!missing.isEmpty()) {
      throw new AssertionError(missing.size() + " are missing, from " + missing.first());
    }
  }
}
