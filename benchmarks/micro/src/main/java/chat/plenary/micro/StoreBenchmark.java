package chat.plenary.micro;

import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.embedded.EmbeddedOptions;
import chat.plenary.messaging.store.embedded.EmbeddedStore;
import chat.plenary.messaging.store.mongo.MongoOptions;
import chat.plenary.messaging.store.mongo.MongoStore;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * The store's benchmark: {@code embedded DIRECTORY [ENTRIES]} on an empty directory, or {@code
 * mongodb DIRECTORY [ENTRIES]} on the server that {@code MONGODB_URI} names, whose disk is measured
 * in the directory. Fresh figures first, then with ENTRIES (a million) in the store.
 */
public final class StoreBenchmark {
  private static final int LANES = 64;

  private final PrintStream out;
  private final Path directory;
  private final Load load;
  private final Duration time;

  private StoreBenchmark(PrintStream out, Path directory, Load load, Duration time) {
    this.out = out;
    this.directory = directory;
    this.load = load;
    this.time = time;
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2) {
      System.err.println("usage: (embedded|mongodb) DIRECTORY [ENTRIES]");
      System.exit(2);
    }
    if (arguments[0].equals("killed")) {
      Killed.write(Path.of(arguments[1]));
    }
    var directory = Files.createDirectories(Path.of(arguments[1]));
    long entries = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1_000_000;
    var time = Duration.ofSeconds(6);
    if (arguments[0].equals("embedded")) {
      embedded(System.out, directory, entries, time);
    } else {
      var uri = System.getenv("MONGODB_URI");
      if (uri == null) {
        System.err.println("MONGODB_URI is not set");
        System.exit(2);
      }
      mongodb(System.out, uri, directory, entries, time);
    }
  }

  /** Measures the embedded store in a directory that holds none yet. */
  static void embedded(PrintStream out, Path directory, long entries, Duration time)
      throws IOException {
    var path = directory.resolve("store");
    if (Files.exists(path)) {
      throw new IOException(path + " exists already; the benchmark begins with an empty store");
    }
    var vertx = Vertx.vertx();
    try {
      out.println("embedded store (RocksDB), every write synced");
      Store store = Load.await(EmbeddedStore.open(vertx, path, EmbeddedOptions.defaults()));
      measure(out, directory, vertx, store, entries, time);
      Load.await(store.close());
      store = reopened(out, vertx, path, "after a clean close");
      Load.await(store.close());
      int acknowledged = Killed.kill(path);
      store = reopened(out, vertx, path, "after kill -9 of a process that wrote");
      out.printf(
          Locale.ROOT,
          "of %,d runs that it was told are written, documents missing: %,d%n",
          acknowledged,
          Killed.missing(store, acknowledged));
      Load.await(store.close());
      out.printf(Locale.ROOT, "files: %,d MB%n", Disk.used(path) / 1_000_000);
    } finally {
      Load.await(vertx.close());
    }
  }

  private static Store reopened(PrintStream out, Vertx vertx, Path path, String when)
      throws IOException {
    long begun = System.nanoTime();
    Store store = Load.await(EmbeddedStore.open(vertx, path, EmbeddedOptions.defaults()));
    long opened = (System.nanoTime() - begun) / 1_000_000;
    out.printf(Locale.ROOT, "opening again %s, all checked: %,d ms%n", when, opened);
    return store;
  }

  /** Measures a store by MongoDB's protocol. */
  static void mongodb(PrintStream out, String uri, Path directory, long entries, Duration time)
      throws IOException {
    var vertx = Vertx.vertx();
    try {
      out.println("store by MongoDB's protocol, majority and journal");
      var store = Load.await(MongoStore.open(vertx, uri, MongoOptions.defaults()));
      measure(out, directory, vertx, store, entries, time);
      Load.await(store.close());
    } finally {
      Load.await(vertx.close());
    }
  }

  private static void measure(
      PrintStream out, Path directory, Vertx vertx, Store store, long entries, Duration time)
      throws IOException {
    var load = new Load(vertx, store, LANES);
    load.index();
    var benchmark = new StoreBenchmark(out, directory, load, time);
    // A JVM that has just started compiles what it runs: not measured.
    load.write(8, 100, Long.MAX_VALUE / 2, time);
    benchmark.phases("fresh");
    var loaded = load.write(8, 100, entries - load.written(), Duration.ofMinutes(30));
    benchmark.line("loading on, 8 lanes, runs of 100", "entries/s", loaded);
    benchmark.phases("at " + String.format(Locale.ROOT, "%,d", load.written()));
    out.printf(
        Locale.ROOT,
        "memory of this process (RSS): %,d MB; written by it: %,d MB%n",
        Disk.residentBytes() / 1_000_000,
        Disk.writtenBytes() / 1_000_000);
  }

  private void phases(String when) throws IOException {
    out.println("-- " + when);
    disk();
    write("8 lanes, runs of 100", "entries/s", 8, 100);
    disk();
    write("1 lane, runs of 100", "entries/s", 1, 100);
    disk();
    write("1 lane, one entry a commit", "commits/s", 1, 1);
    write("64 lanes, one entry a run", "entries/s", 64, 1);
    line("newest page of 50, one reader", "pages/s", load.pages(time.dividedBy(2)));
  }

  private void write(String what, String unit, int lanes, int size) {
    line(what, unit, load.write(lanes, size, Long.MAX_VALUE / 2, time));
  }

  private void disk() throws IOException {
    var own = Disk.syncsPerSecond(directory, time.dividedBy(6));
    out.printf(
        Locale.ROOT, "%-34s %,10d syncs/s (4 KB append + fdatasync)%n", "the disk itself", own);
  }

  private void line(String what, String unit, Load.Figure figure) {
    out.printf(
        Locale.ROOT,
        "%-34s %,10d %s; p50 %,d µs, p99 %,d µs; CPU of this process %,d µs each%n",
        what,
        figure.perSecond(),
        unit,
        figure.p50(),
        figure.p99(),
        figure.cpu());
  }
}
