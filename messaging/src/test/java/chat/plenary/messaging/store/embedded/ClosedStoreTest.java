package chat.plenary.messaging.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.store.StoreException;
import chat.plenary.messaging.store.StoreException.Kind;
import chat.plenary.messaging.store.StoreUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that nobody has open can be held, and read through without a trace. */
class ClosedStoreTest {
  @TempDir Path folder;

  @Test
  void checkingTellsTheLastCommitAndLeavesNoTrace() throws Exception {
    var directory = folder.resolve("store");
    write(directory, "one");
    var files = listed(directory);
    long commits = ClosedStore.check(directory);
    assertThat(commits).isPositive();
    assertThat(ClosedStore.check(directory)).isEqualTo(commits);
    assertThat(listed(directory)).isEqualTo(files);
    write(directory, "two");
    assertThat(ClosedStore.check(directory)).isEqualTo(commits + 1);
  }

  @Test
  void nobodyOpensWhatIsHeld() throws Exception {
    var directory = folder.resolve("store");
    write(directory, "one");
    try (var held = ClosedStore.hold(directory)) {
      assertThatThrownBy(() -> write(directory, "two"))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
      assertThatThrownBy(() -> ClosedStore.hold(directory))
          .hasMessageContaining("is in use by process");
      assertThat(held).isNotNull();
    }
    write(directory, "two");
  }

  @Test
  void anEmptyFolderIsNoStore() throws Exception {
    assertThat(ClosedStore.isIn(folder)).isFalse();
    assertThatThrownBy(() -> ClosedStore.check(folder))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DAMAGED))
        .hasMessageContaining("it holds no database");
    assertThat(folder).isEmptyDirectory();
  }

  private static void write(Path directory, String id) {
    var store =
        StoreUnderTest.await(EmbeddedStore.open(null, directory, EmbeddedOptions.defaults()));
    try {
      StoreUnderTest.await(
          store.insert("things", List.of(new BsonDocument("_id", new BsonString(id)))));
    } finally {
      StoreUnderTest.await(store.close());
    }
  }

  private static List<String> listed(Path directory) throws Exception {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.sorted()
          .map(path -> path + " " + path.toFile().lastModified() + " " + path.toFile().length())
          .toList();
    }
  }
}
