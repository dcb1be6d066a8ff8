package chat.plenary.integrations.camel;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.message.Messages;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Posts (or, with {@link PlenaryHeaders#TARGET}, replaces) a message for each exchange and goes on
 * when it is durable. Idempotent: the ref is the header {@link PlenaryHeaders#REF} or else the
 * exchange's id, which redeliveries keep.
 *
 * <p>Back-pressure: at most so many posts are under way, a bounded number of exchanges wait for a
 * place, and what is beyond fails at once.
 */
final class PlenaryProducer extends DefaultAsyncProducer {
  private record Waiting(Exchange exchange, AsyncCallback callback) {}

  private final Messages messages;
  private final Caller bot;
  private final ConversationId conversation;
  private final int most;
  private final int mostWaiting;
  private final Object gate = new Object();
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private int underWay;

  PlenaryProducer(
      PlenaryEndpoint endpoint,
      Messages messages,
      Caller bot,
      ConversationId conversation,
      int most,
      int mostWaiting) {
    super(endpoint);
    this.messages = messages;
    this.bot = bot;
    this.conversation = conversation;
    this.most = most;
    this.mostWaiting = mostWaiting;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    synchronized (gate) {
      if (underWay >= most) {
        if (queue.size() >= mostWaiting) {
          exchange.setException(
              new RejectedExecutionException("too many posts wait for " + conversation));
          callback.done(true);
          return true;
        }
        queue.add(new Waiting(exchange, callback));
        return false;
      }
      underWay++;
    }
    send(exchange, callback);
    return false;
  }

  private void send(Exchange exchange, AsyncCallback callback) {
    Future<Outcome> sent;
    try {
      sent = append(exchange);
    } catch (RuntimeException e) {
      sent = Future.failedFuture(e);
    }
    sent.onComplete(
        done -> {
          if (done.failed()) {
            exchange.setException(done.cause());
          } else {
            settle(exchange, done.result());
          }
          next();
          // The rest of the route may block: it is none of an event loop's business.
          ((PlenaryComponent) getEndpoint().getComponent()).goOn(callback);
        });
  }

  private Future<Outcome> append(Exchange exchange) {
    String given = exchange.getMessage().getHeader(PlenaryHeaders.REF, String.class);
    String ref = given == null ? exchange.getExchangeId() : given;
    if (!Ref.isValid(ref)) {
      throw Fault.invalid(PlenaryHeaders.REF, "A ref has 1 to 64 bytes and no control characters.");
    }
    Long target = exchange.getMessage().getHeader(PlenaryHeaders.TARGET, Long.class);
    MessageBody body = body(exchange);
    String path = "camel-" + getEndpoint().getEndpointKey();
    return target == null
        ? messages.post(bot, conversation, new Ref(ref), body, path)
        : messages.edit(bot, conversation, new Ref(ref), target, body, path);
  }

  /** A message body as it is, its JSON, or any text. */
  private static MessageBody body(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    if (body instanceof MessageBody message) {
      return message;
    }
    if (body instanceof JsonObject json) {
      return MessageBody.read(Input.at("body", json));
    }
    String text = exchange.getMessage().getBody(String.class);
    return MessageBody.read(
        Input.at("body", new JsonObject().put("type", "text").put("text", text)));
  }

  private static void settle(Exchange exchange, Outcome outcome) {
    if (outcome instanceof Outcome.Accepted accepted) {
      exchange.getMessage().setHeader(PlenaryHeaders.SEQ, accepted.seq());
    } else if (outcome instanceof Outcome.Refused refused) {
      exchange.setException(refused.why());
    } else {
      exchange.setException(
          Fault.of(Fault.Code.UNKNOWN, "It is not known whether the message was posted."));
    }
  }

  private void next() {
    Waiting waiting;
    synchronized (gate) {
      waiting = queue.poll();
      if (waiting == null) {
        underWay--;
      }
    }
    if (waiting != null) {
      send(waiting.exchange(), waiting.callback());
    }
  }
}
