package chat.plenary.messaging.translation;

import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.interpretation.TextTranslator;
import chat.plenary.messaging.log.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One engine and one pair of languages: how much it is given at once, how long it is waited for,
 * when it is left alone, and whether its answer can be believed. A pair that is stalled delays no
 * other pair of the same engine.
 */
final class Pair {
  private static final Logger LOGGER = LoggerFactory.getLogger(Pair.class);

  /** The field of a fault of an engine that noticed itself that its answer is no translation. */
  private static final String ANSWER = "answer";

  private static final int MAX_WAITING = 4_000;
  private static final Duration REFUSED = Duration.ofMinutes(1);

  private final TextTranslator translator;
  private final Cost cost;
  private final Timers timers;
  private final Options options;
  private final Pace pace;
  private final Breaker breaker;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int inFlight;

  private record Waiting(Engine.Asked asked, Promise<String> answer) {}

  Pair(TextTranslator translator, Cost cost, Pace pace, Timers timers, Options options) {
    this.translator = translator;
    this.cost = cost;
    this.pace = pace;
    this.timers = timers;
    this.options = options;
    this.breaker = new Breaker(timers);
  }

  /** Whether it may be asked now; who is told so asks, or says that it does not. */
  boolean isAsked() {
    return breaker.allows();
  }

  void isNotAsked() {
    breaker.neither();
  }

  /** Asks the engine, or waits for its turn; the patience with the engine begins with it. */
  Future<String> enter(Engine.Asked asked) {
    long wait = pace.turn();
    if (wait < 0) {
      breaker.neither();
      return skipped(tooMuch());
    }
    if (wait == 0) {
      return admit(asked);
    }
    Promise<String> answer = Promise.promise();
    boolean trial = breaker.isOpen();
    timers.after(
        Duration.ofMillis(wait),
        () -> {
          // The engine may have been found dead meanwhile.
          Future<String> admitted = breaker.isOpen() && !trial ? skipped(away()) : admit(asked);
          admitted.onComplete(answer);
        });
    return answer.future();
  }

  private Future<String> admit(Engine.Asked asked) {
    Promise<String> answer = Promise.promise();
    synchronized (waiting) {
      if (inFlight >= options.inFlight()) {
        if (waiting.size() >= MAX_WAITING) {
          breaker.neither();
          return skipped(tooMuch());
        }
        waiting.add(new Waiting(asked, answer));
        return answer.future();
      }
      inFlight++;
    }
    run(asked, answer);
    return answer.future();
  }

  private void run(Engine.Asked asked, Promise<String> answer) {
    cost.texts.increment();
    cost.characters.add(asked.text().length());
    Promise<String> first = Promise.promise();
    timers.after(options.patience(), () -> first.tryFail(away()));
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

  private Future<String> ask(Engine.Asked asked) {
    try {
      return translator.translate(asked.text(), asked.from(), asked.to());
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /**
   * An answer that is no translation says nothing of the engine: the text may have asked for it.
   */
  private void judge(Engine.Asked asked, String text, Promise<String> answer) {
    breaker.succeeded();
    if (Words.couldBe(text, asked.text())) {
      answer.complete(text);
    } else {
      cost.implausible.increment();
      answer.fail(noTranslation());
    }
  }

  private void failed(Throwable why, Promise<String> answer) {
    cost.failures.increment();
    Fault fault = why instanceof Fault known ? known : away();
    if (!(why instanceof Fault)) {
      LOGGER.warn("the engine {} failed: {}", translator.name(), why.getClass().getName());
    }
    switch (fault.code()) {
      case INVALID, TOO_LARGE -> {
        breaker.succeeded();
        if (ANSWER.equals(fault.field())) {
          cost.implausible.increment();
        }
      }
      case TOO_MANY ->
          leave(Duration.ofSeconds(Math.max(1, Math.min(600, fault.retryAfterSeconds()))));
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
              ANSWER.equals(fault.field())
                  ? noTranslation()
                  : Fault.of(fault.code(), translator.title() + " does not take this text.");
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

  private Fault tooMuch() {
    return Fault.tooMany(translator.title() + " has too much to translate just now.", 10);
  }

  private Fault noTranslation() {
    return Fault.of(
        Fault.Code.INVALID, "The answer of " + translator.title() + " was not a translation.");
  }

  /** What is said of an engine that does not answer. */
  Fault away() {
    return Fault.of(
        Fault.Code.UNAVAILABLE, translator.title() + " does not answer now; it is tried again.");
  }
}
