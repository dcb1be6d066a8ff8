package chat.plenary.messaging.store.sim;

import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreContract;
import org.junit.jupiter.api.AfterEach;

/** Without faults the simulated store is a store like any other. */
class SimulatedStoreTest extends StoreContract {
  private final DrivenStore store = new DrivenStore();

  @Override
  public Store store() {
    return store;
  }

  @AfterEach
  void close() {
    store.close();
  }
}
