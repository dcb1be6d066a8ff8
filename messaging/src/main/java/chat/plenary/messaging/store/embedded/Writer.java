package chat.plenary.messaging.store.embedded;

import chat.plenary.messaging.store.Answer;
import chat.plenary.messaging.store.StoreException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two threads through which all writes go. One judges changes in the order in which they came and
 * gathers them in a {@link Group}; the other commits one group while the next is gathered. There is
 * no timer: a group is handed over as soon as nothing waits to be judged and the other thread is
 * free, so alone a write waits for nobody, and under pressure groups grow.
 */
final class Writer {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final long MOST_WAITING_BYTES = 64_000_000;

  private final Database database;
  private final int mostWaiting;
  private final Thread judging;
  private final Thread committing;

  private final Object monitor = new Object();
  private final Queue<Waiting<?>> queue = new ArrayDeque<>();
  private long waitingBytes;
  private @Nullable Group handedOver;
  private boolean stopping;
  private boolean judged;

  private record Waiting<T>(Change<T> change, Answer<T> answer) {
    void judgeIn(Group group) {
      group.judge(change, answer);
    }
  }

  Writer(Database database, int mostWaiting) {
    this.database = database;
    this.mostWaiting = mostWaiting;
    this.judging = thread("plenary-store-judge", this::judge);
    this.committing = thread("plenary-store-commit", this::commit);
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private static Thread thread(String name, Work work) {
    var thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (InterruptedException e) {
                LOG.error("{} was interrupted", name);
              }
            },
            name);
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    judging.start();
    committing.start();
  }

  /** Queues a change, or fails its answer when too much waits. */
  <T> void submit(Change<T> change, Answer<T> answer) {
    String refusal = null;
    synchronized (monitor) {
      if (stopping) {
        refusal = "the store is closed";
      } else if (queue.size() >= mostWaiting
          || (!queue.isEmpty() && waitingBytes + change.bytes() > MOST_WAITING_BYTES)) {
        refusal = "too many writes wait";
      } else {
        queue.add(new Waiting<>(change, answer));
        waitingBytes += change.bytes();
        monitor.notifyAll();
      }
    }
    if (refusal != null) {
      answer.fail(new StoreException(StoreException.Kind.UNKNOWN, refusal, null));
    }
  }

  /** Commits what waits and ends. Waits for both threads, so it is for a thread that may. */
  void stop() throws InterruptedException {
    synchronized (monitor) {
      stopping = true;
      monitor.notifyAll();
    }
    judging.join();
    committing.join();
  }

  private void judge() throws InterruptedException {
    Group group = null;
    Group last = null;
    while (true) {
      Waiting<?> next = null;
      synchronized (monitor) {
        while (next == null) {
          if (!queue.isEmpty() && (group == null || group.hasRoom())) {
            next = queue.remove();
            waitingBytes -= next.change().bytes();
          } else if (group != null && handedOver == null) {
            last = handOver(group);
            group = null;
          } else if (stopping && group == null) {
            judged = true;
            monitor.notifyAll();
            return;
          } else {
            monitor.wait();
          }
        }
      }
      if (next.change().alone()) {
        if (group != null) {
          awaitCommitted();
          last = handOver(group);
        }
        awaitCommitted();
        group = null;
      }
      if (group == null) {
        group = new Group(database, last);
      }
      next.judgeIn(group);
    }
  }

  /** Hands a group to the committing thread, which is free. */
  private Group handOver(Group group) {
    synchronized (monitor) {
      group.handOver();
      handedOver = group;
      monitor.notifyAll();
      return group;
    }
  }

  private void awaitCommitted() throws InterruptedException {
    synchronized (monitor) {
      while (handedOver != null) {
        monitor.wait();
      }
    }
  }

  private void commit() throws InterruptedException {
    while (true) {
      Group group;
      synchronized (monitor) {
        while (handedOver == null && !judged) {
          monitor.wait();
        }
        group = handedOver;
      }
      if (group == null) {
        return;
      }
      group.commit();
      synchronized (monitor) {
        handedOver = null;
        monitor.notifyAll();
      }
    }
  }
}
