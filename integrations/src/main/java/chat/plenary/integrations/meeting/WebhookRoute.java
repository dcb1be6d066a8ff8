package chat.plenary.integrations.meeting;

import chat.plenary.integrations.meeting.wire.Webhook;
import chat.plenary.messaging.meeting.MeetingEvent;
import chat.plenary.messaging.meeting.MeetingEvents;
import io.vertx.core.Future;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/**
 * {@code direct:meeting-webhook}: takes what was posted and verified (body: a {@link
 * Webhook.Notice}). What was taken before is passed over, as far as this node remembers: a notice
 * is remembered only when it is durable, so two of the same at once are both taken, and it is for
 * {@link MeetingEvents} that they come to the same, as they do when another node got the other.
 */
final class WebhookRoute extends RouteBuilder {
  static final String URI = "direct:meeting-webhook";

  /** Exchange property: the provider's name. */
  static final String PROVIDER = "plenaryMeetingProvider";

  /** Exchange property: by what the same again is known. */
  static final String KEY = "plenaryMeetingNotice";

  private static final int REMEMBERED = 5_000;

  private final Map<String, Webhook> webhooks;
  private final MeetingEvents events;

  WebhookRoute(Map<String, Webhook> webhooks, MeetingEvents events) {
    this.webhooks = webhooks;
    this.events = events;
  }

  @Override
  public void configure() {
    from(URI)
        .routeId("meeting-webhook")
        .errorHandler(noErrorHandler())
        .idempotentConsumer(exchangeProperty(KEY))
        .idempotentRepository(MemoryIdempotentRepository.memoryIdempotentRepository(REMEMBERED))
        .eager(false)
        .skipDuplicate(true)
        .process(new Take())
        .end();
  }

  private static String provider(Exchange exchange) {
    return exchange.getProperty(PROVIDER, String.class);
  }

  private final class Take extends AsyncProcessorSupport {
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      Webhook.Notice notice = exchange.getMessage().getBody(Webhook.Notice.class);
      String provider = provider(exchange);
      Webhook webhook = webhooks.get(provider);
      if (webhook == null) {
        throw new IllegalStateException("no webhook of " + provider);
      }
      Future<Void> taken = webhook.keep(notice);
      // In the order in which they were told.
      for (MeetingEvent event : notice.events()) {
        taken = taken.compose(v -> events.take(provider, event));
      }
      taken.onComplete(
          done -> {
            if (done.failed()) {
              exchange.setException(done.cause());
            }
            callback.done(false);
          });
      return false;
    }
  }
}
