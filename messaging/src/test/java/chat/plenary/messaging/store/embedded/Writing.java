package chat.plenary.messaging.store.embedded;

import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreUnderTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * A process that writes entries and notes what was acknowledged, until it is killed or has written
 * enough; and what must be found afterwards.
 */
final class Writing {
  static final int LANES = 4;
  private static final String ENTRIES = "entries";
  private static final String NUMBERS = "numbers";

  private Writing() {}

  /** Small memtables, so that files are written, compacted and deleted within seconds. */
  static EmbeddedOptions options() {
    return EmbeddedOptions.defaults().memory(4 << 20, 1 << 20);
  }

  /** Arguments: the store's directory, the file of acknowledgements, runs to write at the most. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var store = open(Path.of(arguments[0]));
    var acknowledgements =
        FileChannel.open(
            Path.of(arguments[1]), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    write(store, acknowledgements, Integer.parseInt(arguments[2]));
    System.exit(0);
  }

  static Store open(Path directory) {
    var store = StoreUnderTest.await(EmbeddedStore.open(null, directory, options()));
    StoreUnderTest.await(store.index(Index.unique(ENTRIES, "l", "n")));
    StoreUnderTest.await(store.index(Index.unique(ENTRIES, "l", "k")));
    StoreUnderTest.await(store.index(Index.of(ENTRIES, "c", "seq")));
    return store;
  }

  static void write(Store store, FileChannel acknowledgements, int runs)
      throws InterruptedException {
    var done = new CountDownLatch(LANES);
    for (int lane = 0; lane < LANES; lane++) {
      var name = "l" + lane;
      long head = head(store, name);
      store.insert(NUMBERS, List.of(StoreUnderTest.doc(name, "head", head))).otherwiseEmpty();
      new Thread(() -> writeLane(store, acknowledgements, name, head, runs / LANES, done)).start();
    }
    done.await();
  }

  private static void writeLane(
      Store store, FileChannel notes, String lane, long from, int runs, CountDownLatch done) {
    var random = new Random(from);
    long next = from + 1;
    for (int i = 0; i < runs; i++) {
      int size = 1 + random.nextInt(20);
      StoreUnderTest.await(store.insert(ENTRIES, run(lane, next, size, random)));
      next += size;
      var head = next - 1;
      note(notes, lane + " " + head + " 0\n");
      if (i % 4 == 0) {
        var update = chat.plenary.messaging.store.Update.of(lane).max("head", head);
        StoreUnderTest.await(store.update(NUMBERS, update));
        note(notes, lane + " " + head + " " + head + "\n");
      }
    }
    done.countDown();
  }

  private static void note(FileChannel notes, String line) {
    try {
      notes.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<BsonDocument> run(String lane, long from, int size, Random random) {
    var run = new ArrayList<BsonDocument>();
    for (long n = from; n < from + size; n++) {
      var text = new byte[200 + random.nextInt(200)];
      random.nextBytes(text);
      run.add(
          StoreUnderTest.doc(
              id(lane, n),
              "l",
              lane,
              "n",
              n,
              "c",
              "c" + n % 3,
              "seq",
              n,
              "k",
              "key" + n,
              "text",
              new org.bson.BsonBinary(text)));
    }
    return run;
  }

  private static String id(String lane, long n) {
    return "%s/%010d".formatted(lane, n);
  }

  private static long head(Store store, String lane) {
    var last =
        StoreUnderTest.await(
            store.find(Query.in(ENTRIES, "n").where("l", lane).reversed().limit(1)));
    return last.isEmpty() ? -1 : last.get(0).getNumber("n").longValue();
  }

  /** What was acknowledged: the last entry of a lane, and the last value of its row. */
  record Acknowledged(long head, long row) {}

  /** Reads notes; a last line that was cut short counts for nothing. */
  static Map<String, Acknowledged> acknowledged(String notes) {
    var heads = new TreeMap<String, Acknowledged>();
    for (var line : notes.substring(0, notes.lastIndexOf('\n') + 1).lines().toList()) {
      var words = line.split(" ");
      var told = new Acknowledged(Long.parseLong(words[1]), Long.parseLong(words[2]));
      heads.merge(
          words[0],
          told,
          (one, other) ->
              new Acknowledged(
                  Math.max(one.head(), other.head()), Math.max(one.row(), other.row())));
    }
    return heads;
  }

  /** Throws unless all lanes are dense, whole by every index, and reach what was acknowledged. */
  static void requireAll(Store store, Map<String, Acknowledged> acknowledged) {
    for (int lane = 0; lane < LANES; lane++) {
      requireLane(store, "l" + lane, acknowledged.get("l" + lane));
    }
  }

  private static void requireLane(Store store, String lane, Acknowledged told) {
    long expected = 0;
    var byId = Query.in(ENTRIES, "_id").before(new BsonString(lane + "0")).limit(500);
    var byNumber = Query.in(ENTRIES, "n").where("l", lane).limit(500);
    var from = new BsonString(lane + "/");
    for (var page = byId.from(from); ; page = byId.after(new BsonString(id(lane, expected - 1)))) {
      var found = StoreUnderTest.await(store.find(page));
      var indexed = StoreUnderTest.await(store.find(byNumber.from(new BsonInt64(expected))));
      if (!found.equals(indexed)) {
        throw new AssertionError("lane " + lane + " differs by index from " + expected);
      }
      requireKeys(store, lane, found);
      for (var entry : found) {
        if (entry.getNumber("n").longValue() != expected) {
          throw new AssertionError("lane " + lane + " has a gap at " + expected);
        }
        expected++;
      }
      if (found.isEmpty()) {
        break;
      }
    }
    if (told == null) {
      return;
    }
    if (expected - 1 < told.head()) {
      throw new AssertionError(
          "lane %s ends with %d, but %d was acknowledged"
              .formatted(lane, expected - 1, told.head()));
    }
    var row = StoreUnderTest.await(store.get(NUMBERS, List.of(lane)));
    if (told.row() > 0 && row.get(0).getNumber("head").longValue() < told.row()) {
      throw new AssertionError("the row of lane " + lane + " lost an update");
    }
  }

  private static void requireKeys(Store store, String lane, List<BsonDocument> entries) {
    var keys = entries.stream().map(entry -> entry.get("k")).toList();
    var query = Query.in(ENTRIES, "k").where("l", lane).anyOf(keys).limit(500);
    if (StoreUnderTest.await(store.find(query)).size() != keys.size()) {
      throw new AssertionError("lane " + lane + " is not whole by its keys");
    }
  }
}
