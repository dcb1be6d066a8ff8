package chat.plenary.integrations.alertmanager;

import chat.plenary.integrations.camel.PlenaryHeaders;
import chat.plenary.integrations.hook.Hook;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * {@code direct:alertmanager}: takes what Alertmanager posted to a hook (body: a JSON object,
 * header {@link #HOOK}) and makes one card a group of alerts, which changes in place. It answers
 * only when the card is durable, so whoever posted keeps what was not, and posts it again:
 * Alertmanager repeats what was answered with a 5xx.
 */
public final class AlertmanagerRoute extends RouteBuilder {
  /** Where to send what came. */
  public static final String URI = "direct:alertmanager";

  /** Exchange property: the {@link Hook} that was posted to. */
  public static final String HOOK = "plenaryHook";

  private static final String PLACE = "plenaryAlertPlace";
  private static final String SHOWN = "plenaryAlertShown";
  private static final String FIRING = "plenaryAlertFiring";
  private static final String AGAIN = "plenaryAlertAgain";
  private static final String TRIES = "plenaryAlertTries";
  private static final String SETTLED = "plenaryAlertSettled";
  private static final int MAX_TRIES = 5;

  private final AlertCards cards;
  private final String publicUrl;

  /**
   * The route.
   *
   * @param publicUrl this server's own address, for cards whose Alertmanager names none
   */
  public AlertmanagerRoute(Store store, String publicUrl) {
    this.cards = new AlertCards(store);
    this.publicUrl = publicUrl;
  }

  @Override
  public void configure() {
    from(URI)
        .routeId("alertmanager")
        .errorHandler(noErrorHandler())
        .process(this::read)
        .loopDoWhile(exchange -> exchange.getProperty(AGAIN, true, Boolean.class))
        .process(step(this::find))
        .choice()
        .when(exchange -> !exchange.getProperty(SETTLED, false, Boolean.class))
        .doTry()
        .toD(
            "plenary:group/${exchangeProperty.group}?as=${exchangeProperty.bot}"
                + "&organisation=${exchangeProperty.organisation}",
            100)
        .doCatch(Fault.class)
        .onWhen(AlertmanagerRoute::isConflict)
        .setProperty("conflict", constant(true))
        .end()
        .process(step(this::settle))
        .end()
        .end();
  }

  private static boolean isConflict(Exchange exchange) {
    return exchange.getProperty(Exchange.EXCEPTION_CAUGHT) instanceof Fault fault
        && fault.code() == Fault.Code.CONFLICT;
  }

  private void read(Exchange exchange) {
    Hook hook = exchange.getProperty(HOOK, Hook.class);
    Notification notification =
        Notification.read(Input.of(exchange.getMessage().getBody(JsonObject.class)));
    MessageBody.Card card = AlertCard.of(notification, publicUrl);
    exchange.setProperty("group", hook.group().value());
    exchange.setProperty("bot", hook.bot().value());
    exchange.setProperty("organisation", hook.organisation().value());
    exchange.setProperty(FIRING, notification.firing());
    exchange.setProperty(SHOWN, hash(card.toJson().encode()));
    exchange.setProperty(PLACE, hash(hook.id() + "\n" + notification.groupKey()));
    exchange.getMessage().setBody(card);
  }

  /** Finds the card of these alerts and what to do: post, replace, or nothing. */
  private Future<Void> find(Exchange exchange) {
    Object known = exchange.getProperty(PLACE);
    String id = known instanceof AlertCards.Place place ? place.id() : String.valueOf(known);
    return cards
        .place(id)
        .map(
            place -> {
              boolean firing = exchange.getProperty(FIRING, Boolean.class);
              boolean same =
                  place.shown().equals(exchange.getProperty(SHOWN))
                      || (place.seq() == 0 && !firing);
              exchange.setProperty(PLACE, place);
              exchange.setProperty(SETTLED, same);
              exchange.setProperty(AGAIN, !same);
              exchange.setProperty("conflict", false);
              exchange.getMessage().setHeader(PlenaryHeaders.REF, place.ref());
              long target = place.target(firing);
              if (target > 0) {
                exchange.getMessage().setHeader(PlenaryHeaders.TARGET, target);
              } else {
                exchange.getMessage().removeHeader(PlenaryHeaders.TARGET);
              }
              return null;
            });
  }

  /**
   * The entry is durable: the row says so. A conflict means that this step was made with something
   * else to show, by another node or before a crash; then the row moves on without being believed,
   * and the next round shows ours.
   */
  private Future<Void> settle(Exchange exchange) {
    AlertCards.Place place = exchange.getProperty(PLACE, AlertCards.Place.class);
    boolean conflict = exchange.getProperty("conflict", false, Boolean.class);
    boolean firing = exchange.getProperty(FIRING, Boolean.class);
    int tries = exchange.getProperty(TRIES, 0, Integer.class) + 1;
    exchange.setProperty(TRIES, tries);
    if (tries > MAX_TRIES) {
      return Future.failedFuture(
          Fault.of(Fault.Code.UNAVAILABLE, "Others keep changing this card: try again."));
    }
    long target = place.target(firing);
    Long appended = exchange.getMessage().getHeader(PlenaryHeaders.SEQ, Long.class);
    long seq = target > 0 || appended == null ? target : appended;
    String shown = conflict ? "" : exchange.getProperty(SHOWN, String.class);
    return cards
        .moved(place, conflict ? place.seq() : seq, shown, !conflict && !firing)
        .map(
            moved -> {
              exchange.setProperty(AGAIN, conflict || !moved);
              return null;
            });
  }

  private interface Step {
    Future<Void> take(Exchange exchange);
  }

  private static AsyncProcessorSupport step(Step step) {
    return new AsyncProcessorSupport() {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        step.take(exchange)
            .onComplete(
                done -> {
                  if (done.failed()) {
                    exchange.setException(done.cause());
                  }
                  callback.done(false);
                });
        return false;
      }
    };
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
