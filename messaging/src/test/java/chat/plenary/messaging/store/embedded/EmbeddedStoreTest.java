package chat.plenary.messaging.store.embedded;

import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreContract;
import chat.plenary.messaging.store.ThreadsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The port's contract on the embedded store. */
class EmbeddedStoreTest extends StoreContract implements ThreadsContract {
  private static Store store;

  @BeforeAll
  static void open(@TempDir Path directory) {
    store = EmbeddedStore.open(null, directory, EmbeddedOptions.defaults()).await();
  }

  @AfterAll
  static void close() {
    store.close().await();
  }

  @Override
  public Store store() {
    return store;
  }
}
