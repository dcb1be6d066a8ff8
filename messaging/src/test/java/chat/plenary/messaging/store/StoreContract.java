package chat.plenary.messaging.store;

import io.vertx.core.Vertx;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * The cases that every adapter of the store passes. An adapter's test extends this class and
 * provides {@link #store()}; a case that its server cannot fulfil is overridden there, with the
 * reason. Each case has a collection of its own, so the database may be shared and kept.
 */
public abstract class StoreContract
    implements InsertContract, FindContract, UpdateContract, IndexContract, ConcurrencyContract {
  private static Vertx vertx;
  private String collection;

  @BeforeAll
  static void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stopVertx() {
    vertx.close().await();
  }

  @BeforeEach
  final void takeAnEmptyCollection() {
    collection = "c" + UUID.randomUUID().toString().replace("-", "");
  }

  @Override
  public final Vertx vertx() {
    return vertx;
  }

  @Override
  public final String collection() {
    return collection;
  }
}
