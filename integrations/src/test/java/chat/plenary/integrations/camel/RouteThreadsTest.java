package chat.plenary.integrations.camel;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RouteThreadsTest {
  private final CountDownLatch begun = new CountDownLatch(2);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private DefaultCamelContext camel;
  private RouteThreads threads;

  @BeforeEach
  void start() throws Exception {
    camel = new DefaultCamelContext();
    camel.start();
    threads = new RouteThreads(camel, this, "tested", 2, 3);
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  /** Holds its thread until it may go on, or is interrupted, which the exchange then says. */
  private final class Holding extends AsyncProcessorSupport {
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      begun.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        exchange.setException(e);
      }
      callback.done(true);
      return true;
    }
  }

  /** Takes an exchange and is never heard of again. */
  private static final class Losing extends AsyncProcessorSupport {
    private final CountDownLatch taken = new CountDownLatch(1);

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      taken.countDown();
      return false;
    }
  }

  private Future<Exchange> hold() {
    return threads.process(() -> new DefaultExchange(camel), new Holding());
  }

  private List<Future<Exchange>> fill() throws Exception {
    List<Future<Exchange>> held = new ArrayList<>(List.of(hold(), hold()));
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    held.addAll(List.of(hold(), hold(), hold()));
    return held;
  }

  @Test
  void whatFindsNoRoomIsToldAtOnceAndAllElseIsDone() throws Exception {
    List<Future<Exchange>> held = fill();
    assertThat(hold().cause()).isInstanceOf(RejectedExecutionException.class);
    assertThat(held).noneMatch(Future::isComplete);
    goOn.countDown();
    for (Future<Exchange> one : held) {
      assertThat(await(one).getException()).isNull();
    }
  }

  @Test
  void whatRunsWaitsOrWasLostAtTheEndIsToldSo() throws Exception {
    Losing losing = new Losing();
    Future<Exchange> lost = threads.process(() -> new DefaultExchange(camel), losing);
    losing.taken.await();
    List<Future<Exchange>> held = fill();
    threads.close();
    assertThat(lost.cause()).isInstanceOf(RejectedExecutionException.class);
    for (Future<Exchange> one : held.subList(2, 5)) {
      assertThat(one.cause()).isInstanceOf(RejectedExecutionException.class);
    }
    for (Future<Exchange> one : held.subList(0, 2)) {
      // Interrupted it ends, or the end came first.
      assertThat(one.isComplete()).isTrue();
    }
    assertThat(hold().cause()).isInstanceOf(RejectedExecutionException.class);
    List<String> ended = new ArrayList<>();
    threads.goOn(sync -> ended.add("here"));
    assertThat(ended).containsExactly("here");
  }

  @Test
  void whatThrowsFails() throws Exception {
    Future<Exchange> thrown =
        threads.process(
            () -> {
              throw new IllegalStateException("no exchange");
            },
            new Losing());
    assertThat(thrown.toCompletionStage().toCompletableFuture())
        .failsWithin(20, TimeUnit.SECONDS)
        .withThrowableThat()
        .withMessageContaining("no exchange");
  }
}
