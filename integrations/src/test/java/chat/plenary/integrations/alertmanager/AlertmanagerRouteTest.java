package chat.plenary.integrations.alertmanager;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.integrations.camel.PlenaryComponent;
import chat.plenary.integrations.hook.Hook;
import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.message.EntryView;
import chat.plenary.messaging.store.Store;
import chat.plenary.messaging.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alertmanager's notifications become one card a group of alerts. */
class AlertmanagerRouteTest {
  @TempDir Path directory;
  private final AtomicBoolean storeIsAway = new AtomicBoolean();
  private Assembly assembly;
  private DefaultCamelContext camel;
  private ProducerTemplate template;
  private Hook hook;

  @BeforeEach
  void open() throws Exception {
    assembly = Assembly.open(directory, this::switchable).start();
    ConversationId group = assembly.group("alerts");
    hook =
        new Hook("hook", "alertmanager", assembly.bo.organisation(), group, assembly.bo.account());
    camel = new DefaultCamelContext();
    camel.addComponent("plenary", new PlenaryComponent(assembly.chat.messages()));
    camel.addRoutes(new AlertmanagerRoute(assembly.store, "https://chat.example.org"));
    camel.start();
    template = camel.createProducerTemplate();
  }

  /** The embedded store, but that its operations fail while it is said to be away. */
  private Store switchable(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (storeIsAway.get() && !method.getName().equals("close")) {
                return Future.failedFuture(
                    new StoreException(StoreException.Kind.UNKNOWN, "the store is away", null));
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @AfterEach
  void close() throws Exception {
    storeIsAway.set(false);
    camel.stop();
    assembly.close();
  }

  private static JsonObject alert(String instance, String status) {
    return new JsonObject()
        .put("status", status)
        .put("labels", new JsonObject().put("alertname", "Hot").put("instance", instance))
        .put("annotations", new JsonObject().put("summary", "Too hot"))
        .put("startsAt", "2026-11-24T09:30:00.123Z")
        .put("endsAt", "0001-01-01T00:00:00Z")
        .put("generatorURL", "http://prometheus.example/graph")
        .put("fingerprint", "f-" + instance);
  }

  private static JsonObject notification(String key, String status, JsonObject... alerts) {
    return new JsonObject()
        .put("version", "4")
        .put("groupKey", key)
        .put("truncatedAlerts", 0)
        .put("status", status)
        .put("receiver", "plenary")
        .put("groupLabels", new JsonObject().put("alertname", "Hot"))
        .put("commonLabels", new JsonObject().put("alertname", "Hot").put("severity", "page"))
        .put("commonAnnotations", new JsonObject().put("summary", "Too hot"))
        .put("externalURL", "http://alertmanager.example")
        .put("alerts", new JsonArray(List.of(alerts)));
  }

  private Exchange post(JsonObject body) throws Exception {
    return start(body).get(60, TimeUnit.SECONDS);
  }

  private CompletableFuture<Exchange> start(JsonObject body) {
    return template.asyncSend(
        AlertmanagerRoute.URI,
        exchange -> {
          exchange.setProperty(AlertmanagerRoute.HOOK, hook);
          exchange.getMessage().setBody(body.copy());
        });
  }

  private List<EntryView> cards() throws Exception {
    List<EntryView> cards = new ArrayList<>();
    for (EntryView entry : assembly.history(assembly.alice, hook.group())) {
      if (entry.entry().kind().equals("message.posted")) {
        cards.add(entry);
      }
    }
    return cards;
  }

  private static String title(EntryView card) {
    BsonDocument drawn = card.body().getDocument("card");
    return drawn.getDocument("main_title").getString("title").getValue();
  }

  @Test
  void aGroupOfAlertsIsOneCardThatChangesInPlaceAndFiringAgainIsANewOne() throws Exception {
    assertThat(post(notification("k", "firing", alert("a", "firing"))).getException()).isNull();
    post(notification("k", "firing", alert("a", "firing"), alert("b", "firing")));
    assertThat(cards()).extracting(AlertmanagerRouteTest::title).containsExactly("Firing: Hot (2)");
    post(notification("k", "resolved", alert("a", "resolved"), alert("b", "resolved")));
    assertThat(cards()).extracting(AlertmanagerRouteTest::title).containsExactly("Resolved: Hot");
    post(notification("k", "firing", alert("a", "firing")));
    assertThat(cards())
        .extracting(AlertmanagerRouteTest::title)
        .containsExactly("Resolved: Hot", "Firing: Hot");
  }

  @Test
  void anotherGroupOfAlertsIsAnotherCardAndWhatWasWellAllAlongIsNone() throws Exception {
    post(notification("k1", "firing", alert("a", "firing")));
    post(notification("k2", "firing", alert("b", "firing")));
    post(notification("k3", "resolved", alert("c", "resolved")));
    assertThat(cards()).hasSize(2);
  }

  @Test
  void repetitionsChangeNothingAlsoWhenTheyComeAtOnce() throws Exception {
    List<CompletableFuture<Exchange>> sent = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      sent.add(start(notification("k", "firing", alert("a", "firing"))));
    }
    for (CompletableFuture<Exchange> one : sent) {
      assertThat(one.get(60, TimeUnit.SECONDS).getException()).isNull();
    }
    assertThat(assembly.history(assembly.alice, hook.group()))
        .filteredOn(entry -> entry.entry().kind().startsWith("message."))
        .hasSize(1);
  }

  @Test
  void nothingIsLostWhileTheStoreIsAway() throws Exception {
    post(notification("k", "firing", alert("a", "firing")));
    storeIsAway.set(true);
    JsonObject resolved = notification("k", "resolved", alert("a", "resolved"));
    Exchange failed = post(resolved);
    assertThat(failed.getException()).isNotNull();
    storeIsAway.set(false);
    assertThat(post(resolved).getException()).isNull();
    assertThat(cards()).extracting(AlertmanagerRouteTest::title).containsExactly("Resolved: Hot");
  }

  @Test
  void aBadPayloadIsRefusedWithItsMemberNamed() throws Exception {
    assertThat(field(new JsonObject())).isEqualTo("version");
    assertThat(field(notification("k", "firing").put("version", "5"))).isEqualTo("version");
    assertThat(field(notification("k", "firing"))).isEqualTo("alerts");
    assertThat(field(notification("k", "burning", alert("a", "firing")))).isEqualTo("status");
    assertThat(field(notification("k", "firing", alert("a", "firing").put("startsAt", "noon"))))
        .isEqualTo("alerts[0].startsAt");
    JsonObject odd = alert("a", "firing").put("labels", new JsonObject().put("n", 1));
    assertThat(field(notification("k", "firing", odd))).isEqualTo("alerts[0].labels.n");
    assertThat(cards()).isEmpty();
  }

  private String field(JsonObject body) throws Exception {
    Exception failure = post(body).getException();
    assertThat(failure).isInstanceOf(Fault.class);
    assertThat(((Fault) failure).code()).isEqualTo(Fault.Code.INVALID);
    return ((Fault) failure).field();
  }

  @Test
  void aGroupOfFiveHundredAlertsStillFitsIntoOneMessage() throws Exception {
    JsonObject[] alerts = new JsonObject[500];
    for (int i = 0; i < alerts.length; i++) {
      alerts[i] = alert("host-" + i + ".example.org", "firing");
    }
    assertThat(post(notification("k", "firing", alerts)).getException()).isNull();
    assertThat(title(cards().get(0))).isEqualTo("Firing: Hot (500)");
    assertThat(await(assembly.chat.history().message(assembly.bo, hook.group(), 2))).isNotNull();
  }
}
