package chat.plenary.bots.feed;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.log.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Bots that wait for something new at this node. */
final class Waiters {
  private static final int MOST = 2_000;
  private static final int MOST_EACH = 8;

  /** Answers that another node took are noticed within so long. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Timers timers;
  private final Map<AccountId, List<Promise<Void>>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean closed;

  Waiters(Timers timers) {
    this.timers = timers;
  }

  boolean isEmpty() {
    return count.get() == 0;
  }

  boolean closed() {
    return closed;
  }

  Promise<Void> add(AccountId bot) {
    Promise<Void> promise = Promise.promise();
    waiting.compute(
        bot,
        (id, known) -> {
          List<Promise<Void>> own = known == null ? new CopyOnWriteArrayList<>() : known;
          if (own.size() >= MOST_EACH || count.get() >= MOST) {
            throw Fault.tooMany("Too many wait for this feed.", 1);
          }
          own.add(promise);
          count.incrementAndGet();
          return own;
        });
    return promise;
  }

  void remove(AccountId bot, Promise<Void> promise) {
    waiting.computeIfPresent(
        bot,
        (id, own) -> {
          if (own.remove(promise)) {
            count.decrementAndGet();
          }
          return own.isEmpty() ? null : own;
        });
  }

  /** Waits until it is woken, the deadline has come, or a look finds something. */
  Future<Void> await(Promise<Void> promise, long deadline, Supplier<Future<Boolean>> look) {
    long left = deadline - timers.elapsed();
    if (left <= 0) {
      promise.tryComplete();
    } else {
      timers.after(
          Duration.ofMillis(Math.min(left, LOOK.toMillis())),
          () -> {
            if (!promise.future().isComplete()) {
              look.get()
                  .otherwise(false)
                  .onSuccess(
                      found -> {
                        if (found) {
                          promise.tryComplete();
                        } else {
                          await(promise, deadline, look);
                        }
                      });
            }
          });
    }
    return promise.future();
  }

  void wake(AccountId bot) {
    waiting.getOrDefault(bot, List.of()).forEach(Promise::tryComplete);
  }

  void wakeAmong(Collection<AccountId> accounts) {
    for (Map.Entry<AccountId, List<Promise<Void>>> one : waiting.entrySet()) {
      if (accounts.contains(one.getKey())) {
        one.getValue().forEach(Promise::tryComplete);
      }
    }
  }

  void wakeAll() {
    waiting.values().forEach(own -> own.forEach(Promise::tryComplete));
  }

  void close() {
    closed = true;
    wakeAll();
  }
}
