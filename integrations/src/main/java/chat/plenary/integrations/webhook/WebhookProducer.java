package chat.plenary.integrations.webhook;

import chat.plenary.integrations.camel.PlenaryHeaders;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Posts the body to an outside system, signed anew at each attempt, and goes on when it answered
 * with 2xx. The exchange's id names the delivery, so that a receiver knows a repetition.
 */
final class WebhookProducer extends DefaultAsyncProducer {
  private final WebhookEndpoint endpoint;
  private final Calls calls;
  private final Clock clock;
  private final URI to;
  private final String secret;

  WebhookProducer(WebhookEndpoint endpoint, Calls calls, Clock clock, URI to, String secret) {
    super(endpoint);
    this.endpoint = endpoint;
    this.calls = calls;
    this.clock = clock;
    this.to = to;
    this.secret = secret;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    String text = exchange.getMessage().getBody(String.class);
    byte[] body = (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
    long now = clock.instant().getEpochSecond();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "Plenary");
    headers.put(Signature.DELIVERY, exchange.getExchangeId());
    headers.put(Signature.TIMESTAMP, String.valueOf(now));
    headers.put(Signature.SIGNATURE, Signature.sign(secret, now, body));
    String event = exchange.getMessage().getHeader(PlenaryHeaders.EVENT, String.class);
    if (event != null && event.matches("[a-z]{1,32}")) {
      headers.put("Plenary-Event", event);
    }
    calls
        .post(to, headers, body, endpoint.getTimeout())
        .onComplete(
            done -> {
              if (done.failed()) {
                exchange.setException(done.cause());
              }
              // The rest of the route may block: it is none of an event loop's business.
              ((WebhookComponent) endpoint.getComponent()).goOn(callback);
            });
    return false;
  }
}
