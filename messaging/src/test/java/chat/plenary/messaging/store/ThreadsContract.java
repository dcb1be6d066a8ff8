package chat.plenary.messaging.store;

import static chat.plenary.messaging.store.StoreUnderTest.await;
import static chat.plenary.messaging.store.StoreUnderTest.doc;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What holds of adapters with threads of their own. The simulated store has one thread for all,
 * which a listener's Error is to end, for the sake of the tests that run in it.
 */
public interface ThreadsContract extends StoreUnderTest {
  @Test
  default void aListenerThatFailsTakesNoThreadAlong() {
    await(store().insert(collection(), List.of(doc("before"))));
    for (int i = 0; i < 20; i++) {
      // From no context, so that it may be called by a thread of the store's own.
      store().insert(collection(), List.of(doc("n" + i))).onComplete(fails());
      store().get(collection(), List.of("before")).onComplete(fails());
    }
    await(store().insert(collection(), List.of(doc("after"))));
    assertThat(get("after")).isEqualTo(doc("after"));
  }

  private static <T> Handler<AsyncResult<T>> fails() {
    Thread test = Thread.currentThread();
    return result -> {
      // What is answered already is told on the test's own thread.
      if (Thread.currentThread() != test) {
        throw new AssertionError("a listener's own failure");
      }
    };
  }
}
