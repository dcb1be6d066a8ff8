package chat.plenary.messaging.translation;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.interpretation.TextTranslator;
import chat.plenary.messaging.log.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One engine and what stands before it: what it translated before, its quota, how much it is given
 * at once, how long it is waited for, and whether its answer can be believed.
 */
final class Engine {
  private static final Logger LOGGER = LoggerFactory.getLogger(Engine.class);
  private static final int MAX_WAITING = 4_000;
  private static final Duration REFUSED = Duration.ofMinutes(1);

  private final TextTranslator translator;
  private final Cache cache;
  private final Quota quota;
  private final Breaker breaker;
  private final Timers timers;
  private final Duration patience;
  private final int most;
  private final Cost cost = new Cost();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int inFlight;

  private record Waiting(Asked asked, Promise<String> answer) {}

  /** A text that is to be translated, under the key of the cache. */
  private record Asked(String key, String text, String from, String to) {}

  Engine(TextTranslator translator, Cache cache, Quota quota, Timers timers, Options options) {
    this.translator = translator;
    this.cache = cache;
    this.quota = quota;
    this.breaker = new Breaker(timers);
    this.timers = timers;
    this.patience = options.patience();
    this.most = options.inFlight();
  }

  TextTranslator translator() {
    return translator;
  }

  Cost cost() {
    return cost;
  }

  boolean isLeftAlone() {
    return breaker.isOpen();
  }

  /** Translates a text, or finds what it was translated as. Fails with a fault, in words. */
  Future<String> translate(OrganisationId organisation, String text, String from, String to) {
    String key = cache.key(organisation, translator.name(), from, to, text);
    String known = cache.get(key);
    if (known != null) {
      cost.hits.increment();
      return Future.succeededFuture(known);
    }
    if (breaker.isOpen() && !breaker.allows()) {
      return skipped(away());
    }
    Asked asked = new Asked(key, text, from, to);
    return onCaller(
        quota
            .take(organisation, text.length())
            .compose(
                left -> {
                  if (!left) {
                    breaker.neither();
                    return skipped(
                        Fault.tooMany("Today's quota of translations is used up.", 3_600));
                  }
                  return enter(asked);
                }));
  }

  private Future<String> enter(Asked asked) {
    Promise<String> answer = Promise.promise();
    synchronized (waiting) {
      if (inFlight >= most) {
        if (waiting.size() >= MAX_WAITING) {
          breaker.neither();
          return skipped(
              Fault.tooMany(translator.title() + " has too much to translate just now.", 10));
        }
        waiting.add(new Waiting(asked, answer));
        return answer.future();
      }
      inFlight++;
    }
    run(asked, answer);
    return answer.future();
  }

  private void run(Asked asked, Promise<String> answer) {
    cost.texts.increment();
    cost.characters.add(asked.text().length());
    Promise<String> first = Promise.promise();
    timers.after(patience, () -> first.tryFail(away()));
    ask(asked)
        .onComplete(
            done -> {
              if (done.succeeded()) {
                first.tryComplete(done.result());
              } else {
                first.tryFail(done.cause());
              }
            });
    first
        .future()
        .onComplete(
            done -> {
              if (done.succeeded()) {
                judge(asked, done.result(), answer);
              } else {
                failed(done.cause(), answer);
              }
              next();
            });
  }

  private Future<String> ask(Asked asked) {
    try {
      return translator.translate(asked.text(), asked.from(), asked.to());
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** An answer that is no translation says nothing of the engine: the text may have asked for it. */
  private void judge(Asked asked, String text, Promise<String> answer) {
    breaker.succeeded();
    if (Words.couldBe(text, asked.text())) {
      cache.put(asked.key(), text);
      answer.complete(text);
    } else {
      cost.implausible.increment();
      answer.fail(
          Fault.of(
              Fault.Code.INVALID,
              "The answer of " + translator.title() + " was not a translation."));
    }
  }

  private void failed(Throwable why, Promise<String> answer) {
    cost.failures.increment();
    Fault fault = why instanceof Fault known ? known : away();
    if (!(why instanceof Fault)) {
      LOGGER.warn("the engine {} failed: {}", translator.name(), why.getClass().getName());
    }
    switch (fault.code()) {
      case INVALID, TOO_LARGE -> breaker.succeeded();
      case TOO_MANY -> leave(Duration.ofSeconds(Math.max(1, Math.min(600, fault.retryAfterSeconds()))));
      case FORBIDDEN, UNAUTHENTICATED -> leave(REFUSED);
      default -> {
        if (breaker.failed()) {
          LOGGER.warn("the engine {} does not answer and is left alone", translator.name());
          turnAway();
        }
      }
    }
    answer.fail(
        switch (fault.code()) {
          case INVALID, TOO_LARGE ->
              Fault.of(fault.code(), translator.title() + " does not take this text.");
          case TOO_MANY ->
              Fault.tooMany(
                  "The quota of " + translator.title() + " is used up.", fault.retryAfterSeconds());
          case FORBIDDEN, UNAUTHENTICATED ->
              Fault.of(
                  Fault.Code.FORBIDDEN,
                  translator.title() + " does not accept the account of this server.");
          default -> away();
        });
  }

  private void leave(Duration time) {
    breaker.open(time);
    turnAway();
  }

  private void turnAway() {
    List<Waiting> all;
    synchronized (waiting) {
      all = new ArrayList<>(waiting);
      waiting.clear();
    }
    cost.skipped.add(all.size());
    all.forEach(one -> one.answer().fail(away()));
  }

  private void next() {
    Waiting one;
    synchronized (waiting) {
      one = waiting.poll();
      if (one == null) {
        inFlight--;
        return;
      }
    }
    run(one.asked(), one.answer());
  }

  private Future<String> skipped(Fault why) {
    cost.skipped.increment();
    return Future.failedFuture(why);
  }

  private Fault away() {
    return Fault.of(
        Fault.Code.UNAVAILABLE, translator.title() + " does not answer now; it is tried again.");
  }

  /** Engines answer on threads of theirs. */
  static <T> Future<T> onCaller(Future<T> future) {
    Context caller = Vertx.currentContext();
    if (caller == null) {
      return future;
    }
    Promise<T> promise = Promise.promise();
    future.onComplete(
        done -> {
          if (Vertx.currentContext() == caller) {
            promise.handle(done);
          } else {
            caller.runOnContext(v -> promise.handle(done));
          }
        });
    return promise.future();
  }
}
