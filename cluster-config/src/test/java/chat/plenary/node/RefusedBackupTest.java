package chat.plenary.node;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.store.embedded.EmbeddedOptions;
import chat.plenary.messaging.store.embedded.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups that are not made, and copies that are not put back: what is said, and what is left. */
@Timeout(600)
class RefusedBackupTest {
  @TempDir Path folder;

  private Path data;
  private Path backup;

  @BeforeEach
  void aStoreAndItsBackup() throws Exception {
    data = folder.resolve("data");
    backup = folder.resolve("backup");
    EmbeddedStore store =
        EmbeddedStore.open(null, data.resolve("store"), EmbeddedOptions.defaults())
            .toCompletionStage()
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
    store
        .insert("things", List.of(new BsonDocument("_id", new BsonString("one"))))
        .compose(v -> store.close())
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
    assertThat(backUp(backup, data)).startsWith("0 ");
  }

  @Test
  void whatIsThereIsNeverOverwritten() throws IOException {
    assertThat(backUp(backup, data)).startsWith("1 ").contains(backup + " exists already");
    Path file = Files.writeString(folder.resolve("file"), "mine");
    assertThat(backUp(file, data)).startsWith("1 ").contains(file + " exists already");
    assertThat(file).hasContent("mine");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
    assertThat(backUp(link, data)).startsWith("1 ").contains(link + " exists already");
    assertThat(restore(backup, data)).startsWith("1 ").contains(data + " is there and not empty");
    assertThat(restore(backup, file)).startsWith("1 ").contains(file + " is no folder");
    assertThat(restore(backup, Files.createDirectory(folder.resolve("empty")))).startsWith("0 ");
  }

  @Test
  void aPlaceThatCannotBeIsNamed() {
    assertThat(backUp(folder.resolve("none/backup"), data))
        .startsWith("1 plenary: There is no folder " + folder.resolve("none"));
    assertThat(backUp(data.resolve("backup"), data))
        .startsWith("1 ")
        .contains("is in the data folder");
    assertThat(backUp(folder.resolve("other"), folder.resolve("elsewhere")))
        .startsWith("1 plenary: There is no store in " + folder.resolve("elsewhere"));
    assertThat(restore(folder.resolve("none"), folder.resolve("restored")))
        .startsWith("1 plenary: There is no folder");
    assertThat(restore(data, folder.resolve("restored"))).contains("is no whole backup");
  }

  @Test
  void aCommandLineThatIsWrongIsNamed() {
    assertThat(Commands.said("backup")).startsWith("2 plenary: backup needs the folder");
    assertThat(Commands.said("restore", "a", "b")).startsWith("2 plenary: restore needs the");
    assertThat(Commands.said("backup", "a", "--max-rate", "fast"))
        .startsWith("2 plenary: --max-rate must be a size");
    assertThat(Commands.said("restore", "a", "--max-rate", "1 MiB"))
        .startsWith("2 ")
        .contains("there is no setting '--max-rate'");
  }

  @Test
  void withMongoDbItIsSaidWhatToUseInstead() {
    String target = folder.resolve("other").toString();
    Map<String, String> mongo = Map.of("MONGODB_URI", "mongodb://u:hidden@127.0.0.1/x");
    for (List<String> command : List.of(List.of("backup", target), List.of("restore", target))) {
      assertThat(Commands.said(command, mongo))
          .startsWith("1 ")
          .contains("mongodump --oplog")
          .doesNotContain("hidden");
    }
    assertThat(folder.resolve("other")).doesNotExist();
  }

  @Test
  void aStoreThatAnotherProcessHoldsIsNotCopied() throws Exception {
    EmbeddedStore store =
        EmbeddedStore.open(null, data.resolve("store"), EmbeddedOptions.defaults())
            .toCompletionStage()
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
    try {
      assertThat(backUp(folder.resolve("other"), data))
          .startsWith("1 ")
          .contains("is in use by process " + ProcessHandle.current().pid());
      assertThat(folder.resolve("other.partial")).doesNotExist();
    } finally {
      store.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void aDamagedStoreIsNotBackedUp() throws IOException {
    RefusedStartTest.flip(table(data.resolve("store")));
    assertThat(backUp(folder.resolve("other"), data)).startsWith("1 ").contains("damaged");
    assertThat(folder.resolve("other")).doesNotExist();
    assertThat(folder.resolve("other.partial")).doesNotExist();
  }

  @Test
  void aDamagedBackupIsNotPutBack() throws IOException {
    Path restored = folder.resolve("restored");
    Path table = table(backup.resolve("store"));
    byte[] whole = Files.readAllBytes(table);
    RefusedStartTest.flip(table);
    assertThat(restore(backup, restored)).startsWith("1 ").contains(table + " is not what was");
    assertThat(restored).doesNotExist();
    Files.delete(table);
    assertThat(restore(backup, restored)).startsWith("1 ").contains(table + " is missing");
    assertThat(restored).doesNotExist();
    Files.write(table, whole);
    Path contents = backup.resolve("backup.json");
    String text = Files.readString(contents);
    Files.writeString(contents, text.replace("store/witness", "store/../../data/demo.json"));
    assertThat(restore(backup, restored)).contains("names a file that no backup has");
    Files.writeString(contents, text.substring(0, text.length() / 2));
    assertThat(restore(backup, restored)).contains(contents + " cannot be read");
    Files.writeString(contents, text);
    assertThat(restore(backup, restored)).startsWith("0 ");
  }

  @Test
  void aRestoreThatWasCutOffIsNotStartedOn() throws IOException {
    Path cut = folder.resolve("cut");
    Path partial = Files.createDirectories(cut.resolve("store.partial"));
    assertThat(restore(backup, cut)).startsWith("1 ").contains(partial + " exists");
    assertThat(Commands.said("start", "--port", "0", "--data", cut.toString()))
        .startsWith("1 ")
        .contains(partial + " exists")
        .contains("restore again");
    assertThat(cut.resolve("store")).doesNotExist();
  }

  private static String backUp(Path target, Path data) {
    return Commands.said("backup", target.toString(), "--data", data.toString());
  }

  private static String restore(Path backup, Path data) {
    return Commands.said("restore", backup.toString(), "--data", data.toString());
  }

  private static Path table(Path store) throws IOException {
    try (Stream<Path> all = Files.list(store.resolve("db"))) {
      return all.filter(file -> file.toString().endsWith(".sst")).findFirst().orElseThrow();
    }
  }
}
