package chat.plenary.integrations.deadletter;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.Assembly;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of exchanges that failed. */
class DeadLettersTest {
  @TempDir Path directory;
  private Assembly assembly;
  private DeadLetters letters;
  private DefaultCamelContext camel;

  @BeforeEach
  void open() throws Exception {
    assembly = Assembly.open(directory).start();
    letters = new DeadLetters(assembly.store, Clock.systemUTC(), route -> "o");
    await(letters.prepare());
    camel = new DefaultCamelContext();
    camel.start();
  }

  @AfterEach
  void close() throws Exception {
    camel.stop();
    assembly.close();
  }

  private Exchange exchange(String id, Object body) {
    Exchange exchange = new DefaultExchange(camel);
    exchange.setExchangeId(id);
    exchange.getMessage().setBody(body);
    return exchange;
  }

  private DeadLetter kept(Exchange exchange, Throwable failure) throws Exception {
    await(letters.keep(exchange, failure));
    // Those of one millisecond stand in no order.
    return await(letters.page("o", null, 10)).letters().stream()
        .filter(letter -> letter.exchange().equals(exchange.getExchangeId()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void secretsOfHeadersAndAddressesAreNotKept() throws Exception {
    Exchange exchange = exchange("x", "body");
    exchange.getMessage().setHeader("Authorization", "Bearer s3cret");
    exchange.getMessage().setHeader("X-Api-Key", "s3cret");
    exchange.getMessage().setHeader("CamelHttpUri", "http://s3cret");
    exchange.getMessage().setHeader("Order", 7);
    exchange.getMessage().setHeader("Object", new Object());
    DeadLetter letter =
        kept(
            exchange,
            new IllegalStateException(
                "calling https://user:s3cret@hooks.example/T0/s3cret?token=s3cret failed"));
    assertThat(letter.toJson().encode()).doesNotContain("s3cret");
    assertThat(letter.headers()).isEqualTo(new JsonObject().put("Order", 7));
    assertThat(letter.error())
        .isEqualTo("IllegalStateException: calling https://hooks.example/… failed");
    assertThat(letter.body()).isEqualTo("body");
  }

  @Test
  void bodiesAreBoundedAndWhatIsNoTextIsKeptToo() throws Exception {
    DeadLetter large = kept(exchange("a", "x".repeat(Snapshot.MAX_BODY + 1)), null);
    assertThat(large.body()).isNull();
    assertThat(large.cut()).isTrue();
    DeadLetter full = kept(exchange("b", "x".repeat(Snapshot.MAX_BODY)), null);
    assertThat(full.body()).hasSize(Snapshot.MAX_BODY);
    DeadLetter binary = kept(exchange("c", new byte[] {(byte) 0xff, 0}), null);
    assertThat(binary.binary()).isTrue();
    assertThat(binary.body()).isEqualTo("/wA=");
    assertThat(kept(exchange("d", new JsonObject().put("a", 1)), null).body())
        .isEqualTo("{\"a\":1}");
  }

  @Test
  void theSameExchangeAgainIsTheSameLetter() throws Exception {
    kept(exchange("x", "body"), new IllegalStateException("one"));
    DeadLetter letter = kept(exchange("x", "body"), new IllegalStateException("two"));
    assertThat(letter.attempts()).isEqualTo(2);
    assertThat(letter.error()).endsWith("two");
    assertThat(await(letters.page("o", null, 10)).letters()).hasSize(1);
  }

  @Test
  void theOldestGoWhenThereAreTooManyAndPagesGoThroughTheRest() throws Exception {
    List<Future<Void>> all = new ArrayList<>();
    for (int i = 0; i < DeadLetters.MOST + 200; i++) {
      all.add(letters.keep(exchange("x" + i, "body"), null));
    }
    await(Future.all(all));
    int seen = 0;
    String after = null;
    do {
      DeadLetters.Page page = await(letters.page("o", after, 100));
      seen += page.letters().size();
      after = page.next();
    } while (after != null);
    assertThat(seen).isBetween(DeadLetters.MOST, DeadLetters.MOST + 50);
  }
}
