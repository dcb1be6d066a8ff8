package chat.plenary.messaging.store.mongo;

import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreContract;
import chat.plenary.messaging.store.ThreadsContract;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The port's contract on the MongoDB adapter, on whichever server there is. */
@ExtendWith(MongoSummary.class)
class MongoStoreTest extends StoreContract implements ThreadsContract {
  private static final Vertx OWN = Vertx.vertx();
  private static Store store;

  @BeforeAll
  static void open() {
    var server = TestMongo.shared();
    store = TestMongo.await(MongoStore.open(OWN, server.freshUri(), server.options()));
  }

  @AfterAll
  static void close() {
    TestMongo.await(store.close());
    TestMongo.await(OWN.close());
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  @Test
  public void valuesOfAllTypesSortInTheOrderThatThePortNames() {
    skipInMemory("compares null by range otherwise than MongoDB");
    super.valuesOfAllTypesSortInTheOrderThatThePortNames();
  }

  @Override
  @Test
  public void stringsSortByTheirBytesBeyondTheBasicPlaneToo() {
    skipInMemory("sorts strings by their UTF-16");
    super.stringsSortByTheirBytesBeyondTheBasicPlaneToo();
  }

  @Override
  @Test
  public void aChangeThatTheDocumentDoesNotBearChangesNothing() {
    skipInMemory("lets sums overflow");
    super.aChangeThatTheDocumentDoesNotBearChangesNothing();
  }

  private static void skipInMemory(String why) {
    Assumptions.assumeFalse(
        TestMongo.shared().kind() == TestMongo.Kind.IN_MEMORY, "mongo-java-server " + why);
  }
}
