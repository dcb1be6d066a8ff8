package chat.plenary.messaging.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rounds of an event loop. Times are bounded from below only: a slow machine lengthens them. */
@Timeout(30)
class RoundsTest {
  private final DefaultEventLoop loop = new DefaultEventLoop();

  @AfterEach
  void stop() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private static void spin(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  /** As sockets do: what a round writes is still to be flushed, and asks for a round. */
  @Test
  void aRoundThatAsksForAnotherIsNotFollowedAtOnce() throws Exception {
    List<long[]> times = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch enough = new CountDownLatch(5);
    Rounds[] rounds = new Rounds[1];
    rounds[0] =
        new Rounds(
            loop,
            () -> {
              long began = System.nanoTime();
              rounds[0].want();
              spin(2);
              times.add(new long[] {began, System.nanoTime()});
              enough.countDown();
            },
            () -> true);
    rounds[0].want();
    assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
    for (int i = 1; i < 5; i++) {
      long took = times.get(i - 1)[1] - times.get(i - 1)[0];
      long pause = times.get(i)[0] - times.get(i - 1)[1];
      assertThat(pause).isGreaterThan(Math.min(TimeUnit.MILLISECONDS.toNanos(4), took));
    }
  }

  @Test
  void nothingThatIsHandedOverWhileARoundRunsIsForgotten() throws Exception {
    ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();
    AtomicInteger done = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(1);
    Rounds rounds =
        new Rounds(
            loop,
            () -> {
              // Some stay: a round takes so many at the most.
              for (int i = 0; i < 7 && queue.poll() != null; i++) {
                if (done.incrementAndGet() == 20_000) {
                  all.countDown();
                }
              }
            },
            () -> !queue.isEmpty());
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 5_000; i++) {
                  queue.add(i);
                  rounds.want();
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(queue).isEmpty();
  }

  @Test
  void aRoundThatFailsIsNotTheLast() throws Exception {
    CountDownLatch twice = new CountDownLatch(2);
    Rounds rounds =
        new Rounds(
            loop,
            () -> {
              twice.countDown();
              throw new IllegalStateException("a round fails");
            },
            () -> twice.getCount() > 0);
    rounds.want();
    assertThat(twice.await(60, TimeUnit.SECONDS)).isTrue();
  }
}
