package chat.plenary.integrations.translation;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.TestClock;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.interpretation.TextTranslator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all engines behind HTTP do, against a local server. */
abstract class EngineContract {
  static final String SECRET = "VERY-SECRET-KEY-0001";
  static final String TEXT = "Good morning everyone, we begin at nine.";
  final TestClock clock = new TestClock();
  Vertx vertx;
  CamelContext camel;
  FakeServer server;
  TextTranslator engine;

  /** The engine at an address. */
  abstract EngineSettings settings(URI address);

  /** What a well server answers. */
  abstract JsonObject answer(HttpServerRequest request, JsonObject body);

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    camel = new DefaultCamelContext();
    camel.start();
    server = new FakeServer(vertx);
    server.answer = this::answer;
    engine = engine(server.address());
  }

  TextTranslator engine(URI address) throws Exception {
    return await(TranslationEngines.open(vertx, camel, clock, List.of(settings(address)))).get(0);
  }

  @AfterEach
  void close() throws Exception {
    await(engine.close());
    server.close();
    camel.stop();
    await(vertx.close());
  }

  Fault refused() {
    Future<String> answer = engine.translate(TEXT, "en", "es");
    try {
      await(answer);
    } catch (Exception e) {
      assertThat(answer.cause()).isInstanceOf(Fault.class);
      assertThat(String.valueOf(answer.cause().getMessage()))
          .doesNotContain(SECRET, TEXT, "SEKRET");
      return (Fault) answer.cause();
    }
    throw new AssertionError("it was translated");
  }

  @Test
  void itTranslatesByARouteOfCamel() throws Exception {
    assertThat(camel.getRoute("translate-" + engine.name())).isNotNull();
    assertThat(await(engine.translate(TEXT, "en", "es"))).isEqualTo("ES " + TEXT);
  }

  @Test
  void noSecretIsInItsWords() {
    assertThat(settings(server.address()).toString()).doesNotContain(SECRET);
    assertThat(engine.toString()).doesNotContain(SECRET);
  }

  @Test
  void failuresAreToldApart() {
    server.plain = "{\"error\": \"SEKRET " + TEXT + "\"}";
    server.status = 400;
    assertThat(refused().code()).isEqualTo(Fault.Code.INVALID);
    server.status = 403;
    assertThat(refused().code()).isEqualTo(Fault.Code.FORBIDDEN);
    server.status = 429;
    Fault tooMany = refused();
    assertThat(tooMany.code()).isEqualTo(Fault.Code.TOO_MANY);
    assertThat(tooMany.retryAfterSeconds()).isEqualTo(7);
    server.status = 500;
    assertThat(refused().code()).isEqualTo(Fault.Code.UNAVAILABLE);
    server.status = 302;
    assertThat(refused().code()).isEqualTo(Fault.Code.UNAVAILABLE);
  }

  @Test
  void answersOfAnotherShapeAreFailures() throws Exception {
    for (String plain :
        List.of(
            "",
            "no JSON",
            "[]",
            "{}",
            "{\"choices\": 7, \"Response\": [], \"translatedText\": 1}",
            "x".repeat(300_000))) {
      server.plain = plain;
      // Some are asked five times a second at the most.
      Thread.sleep(250);
      assertThat(refused().code()).isEqualTo(Fault.Code.UNAVAILABLE);
    }
  }

  @Test
  void aServerThatIsAwayOrSilentIsNotWaitedForForEver() throws Exception {
    server.silent = true;
    assertThat(refused().code()).isEqualTo(Fault.Code.UNAVAILABLE);
    server.close();
    assertThat(refused().code()).isEqualTo(Fault.Code.UNAVAILABLE);
  }
}
