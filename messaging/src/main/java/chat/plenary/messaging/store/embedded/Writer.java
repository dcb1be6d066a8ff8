package chat.plenary.messaging.store.embedded;

import chat.plenary.messaging.store.Answer;
import chat.plenary.messaging.store.StoreException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two threads through which all writes go. One judges changes in the order in which they came and
 * gathers them in a {@link Group}; the other commits one group while the next is gathered. There is
 * no timer: a group is handed over as soon as nothing waits to be judged and the other thread is
 * free, so under pressure groups grow. A write that is alone waits for nobody: the thread that
 * judged it commits it, too, since waking the other one would take longer than judging what comes
 * meanwhile. For the same reason nobody is woken but the thread that has something to do.
 */
final class Writer {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final long MOST_WAITING_BYTES = 64_000_000;

  private final Database database;
  private final int mostWaiting;
  private final Thread judging;
  private final Thread committing;

  private final ReentrantLock lock = new ReentrantLock();

  /** Something came, a group was committed, or it is time to stop: the judging thread waits. */
  private final Condition toJudge = lock.newCondition();

  /** A group was handed over, or none is to come: the committing thread waits. */
  private final Condition toCommit = lock.newCondition();

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
    lock.lock();
    try {
      if (stopping) {
        refusal = "the store is closed";
      } else if (queue.size() >= mostWaiting
          || (!queue.isEmpty() && waitingBytes + change.bytes() > MOST_WAITING_BYTES)) {
        refusal = "too many writes wait";
      } else {
        queue.add(new Waiting<>(change, answer));
        waitingBytes += change.bytes();
        toJudge.signal();
      }
    } finally {
      lock.unlock();
    }
    if (refusal != null) {
      answer.fail(new StoreException(StoreException.Kind.UNKNOWN, refusal, null));
    }
  }

  /** Commits what waits and ends. Waits for both threads, so it is for a thread that may. */
  void stop() throws InterruptedException {
    lock.lock();
    try {
      stopping = true;
      toJudge.signal();
    } finally {
      lock.unlock();
    }
    judging.join();
    committing.join();
  }

  private void judge() throws InterruptedException {
    Group group = null;
    Group last = null;
    while (true) {
      Waiting<?> next = null;
      boolean over = false;
      lock.lock();
      try {
        while (next == null && !over) {
          if (!queue.isEmpty() && (group == null || group.hasRoom())) {
            next = queue.remove();
            waitingBytes -= next.change().bytes();
          } else if (group != null && handedOver == null) {
            over = true;
          } else if (stopping && group == null) {
            judged = true;
            toCommit.signal();
            return;
          } else {
            toJudge.await();
          }
        }
      } finally {
        lock.unlock();
      }
      if (next == null) {
        last = end(Objects.requireNonNull(group));
        group = null;
        continue;
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

  /**
   * Commits a group of one change, or hands over another, while the committing thread is free.
   *
   * @return the group, where it is not settled yet
   */
  private @Nullable Group end(Group group) {
    if (!group.isSingle()) {
      return handOver(group);
    }
    group.handOver();
    group.commit();
    return null;
  }

  /** Hands a group to the committing thread, which is free. */
  private Group handOver(Group group) {
    lock.lock();
    try {
      group.handOver();
      handedOver = group;
      toCommit.signal();
      return group;
    } finally {
      lock.unlock();
    }
  }

  private void awaitCommitted() throws InterruptedException {
    lock.lock();
    try {
      while (handedOver != null) {
        toJudge.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void commit() throws InterruptedException {
    while (true) {
      Group group;
      lock.lock();
      try {
        while (handedOver == null && !judged) {
          toCommit.await();
        }
        group = handedOver;
      } finally {
        lock.unlock();
      }
      if (group == null) {
        return;
      }
      group.commit();
      lock.lock();
      try {
        handedOver = null;
        toJudge.signal();
      } finally {
        lock.unlock();
      }
    }
  }
}
