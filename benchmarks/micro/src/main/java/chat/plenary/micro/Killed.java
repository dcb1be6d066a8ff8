package chat.plenary.micro;

import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.embedded.EmbeddedOptions;
import chat.plenary.messaging.store.embedded.EmbeddedStore;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** A process that writes to an embedded store until it is killed, and what is found afterwards. */
final class Killed {
  private static final String COLLECTION = "killed";
  private static final int RUN = 100;
  private static final int RUNS = 200;

  private Killed() {}

  /** Writes run after run, and prints the number of each that was acknowledged. Never returns. */
  static void write(Path store) {
    var open = Load.await(EmbeddedStore.open(Vertx.vertx(), store, EmbeddedOptions.defaults()));
    for (int run = 1; ; run++) {
      List<BsonDocument> documents = new ArrayList<>();
      for (String id : ids(run)) {
        documents.add(
            new BsonDocument("_id", new BsonString(id)).append("x", new BsonBinary(new byte[300])));
      }
      Load.await(open.insert(COLLECTION, documents));
      System.out.println(run);
    }
  }

  private static List<String> ids(int run) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < RUN; i++) {
      ids.add(run + "/" + i);
    }
    return ids;
  }

  /**
   * Has another process write, and kills it with kill -9 in the middle.
   *
   * @return the runs that were acknowledged, at least {@value #RUNS}
   */
  static int kill(Path store) throws IOException {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StoreBenchmark.class.getName(),
                "killed",
                store.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int acknowledged = 0;
    try (BufferedReader lines = writer.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.matches("\\d+")) {
          acknowledged = Integer.parseInt(line);
        }
        if (acknowledged == RUNS) {
          // Not by the process itself, which would close what is still to be read.
          writer.toHandle().destroyForcibly();
        }
      }
    } finally {
      writer.destroyForcibly();
    }
    if (acknowledged < RUNS) {
      throw new IOException("The process that writes ended by itself.");
    }
    return acknowledged;
  }

  /** How many documents of acknowledged runs are not in the store. */
  static int missing(Store store, int acknowledged) {
    int missing = 0;
    for (int run = 1; run <= acknowledged; run++) {
      missing += RUN - Load.await(store.get(COLLECTION, ids(run))).size();
    }
    return missing;
  }
}
