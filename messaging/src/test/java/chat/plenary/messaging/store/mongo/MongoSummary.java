package chat.plenary.messaging.store.mongo;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** At the end of a run says once on which server the tests of MongoDB ran, and what did not. */
public final class MongoSummary implements BeforeAllCallback {
  private record AtEnd(String summary) implements AutoCloseable {
    @Override
    public void close() {
      System.out.println(summary);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .getOrComputeIfAbsent(
            MongoSummary.class, once -> new AtEnd(TestMongo.shared().summary()), AtEnd.class);
  }
}
