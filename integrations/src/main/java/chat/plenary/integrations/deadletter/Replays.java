package chat.plenary.integrations.deadletter;

import chat.plenary.integrations.camel.PlenaryConsumer;
import chat.plenary.messaging.fault.Fault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Function;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters through their routes again, under the same exchange id: what was posted before
 * it failed is not posted twice. What goes well is deleted; what fails again stays.
 */
final class Replays {
  /** After this time somebody may try again, whatever became of the attempt before. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(10);

  private final Vertx vertx;
  private final Function<String, @Nullable Consumer> consumers;
  private final DeadLetters letters;
  private final Clock clock;

  Replays(
      Vertx vertx,
      Function<String, @Nullable Consumer> consumers,
      DeadLetters letters,
      Clock clock) {
    this.vertx = vertx;
    this.consumers = consumers;
    this.letters = letters;
    this.clock = clock;
  }

  /**
   * Begins.
   *
   * @return succeeds when it is under way; fails as a conflict where it is already, where its route
   *     does not run at this node, or where its body was too large to be kept
   */
  Future<Void> begin(DeadLetter letter) {
    if (letter.cut()) {
      throw Fault.of(Fault.Code.CONFLICT, "Its body was too large to be kept.");
    }
    if (letter.replay() > 0
        && clock.millis() - letter.replay() < UNDER_WAY.toMillis()
        && letter.last().toEpochMilli() < letter.replay()) {
      throw Fault.of(Fault.Code.CONFLICT, "It is being sent again just now.");
    }
    Consumer consumer = consumers.apply(letter.route());
    if (consumer == null) {
      throw Fault.of(Fault.Code.CONFLICT, "Its route does not run at this node.");
    }
    return letters
        .claim(letter)
        .map(
            claimed -> {
              if (!claimed) {
                throw Fault.of(Fault.Code.CONFLICT, "It is being sent again just now.");
              }
              send(letter, consumer)
                  .compose(exchange -> settle(letter, exchange, null))
                  .recover(failure -> settle(letter, null, failure));
              return null;
            });
  }

  private Future<Exchange> send(DeadLetter letter, Consumer consumer) {
    if (consumer instanceof PlenaryConsumer plenary && letter.conversation() != null) {
      return plenary.again(letter.seq());
    }
    if (!(consumer instanceof DefaultConsumer entrance)) {
      return Future.failedFuture(Fault.of(Fault.Code.CONFLICT, "Its route takes nothing again."));
    }
    Promise<Exchange> done = Promise.promise();
    vertx
        .executeBlocking(
            () -> {
              Exchange exchange = exchange(letter, entrance);
              entrance.getAsyncProcessor().process(exchange, sync -> done.complete(exchange));
              return null;
            },
            false)
        .onFailure(done::tryFail);
    return done.future();
  }

  private static Exchange exchange(DeadLetter letter, DefaultConsumer entrance) {
    Exchange exchange = entrance.createExchange(false);
    exchange.setExchangeId(letter.exchange());
    Message message = exchange.getMessage();
    letter.headers().forEach(header -> message.setHeader(header.getKey(), header.getValue()));
    String body = letter.body();
    if (body != null) {
      message.setBody(letter.binary() ? Base64.getDecoder().decode(body) : body);
    }
    return exchange;
  }

  private Future<Void> settle(
      DeadLetter letter, @Nullable Exchange exchange, @Nullable Throwable failure) {
    if (exchange == null || exchange.getException() != null) {
      return letters.failedAgain(letter, exchange == null ? failure : exchange.getException());
    }
    return DeadLetters.isKept(exchange) ? Future.succeededFuture() : letters.delete(letter.id());
  }
}
