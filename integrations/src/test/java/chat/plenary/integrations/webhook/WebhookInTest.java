package chat.plenary.integrations.webhook;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.integrations.Operators;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.id.ConversationId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks in, by their template. */
@Timeout(300)
class WebhookInTest {
  private static final int POSTING = 24;

  @TempDir Path directory;
  private Operators operators;
  private ConversationId group;

  @BeforeEach
  void open() throws Exception {
    operators = Operators.open(directory);
    group = operators.assembly.group("deals");
  }

  @AfterEach
  void close() throws Exception {
    operators.close();
  }

  private String in(String more) {
    return """
    - templatedRoute:
        routeTemplateRef: webhook-in
        routeId: shop
        parameters:
          - {name: group, value: %s}
          - {name: as, value: %s}
          - {name: organisation, value: %s}
          - {name: secret, value: "shop-secret-in-the-address"}
          - {name: text, value: "**Order {$.order.id}** by {$.customer}: {$.items[*].name}"}
    %s"""
        .formatted(
            group, operators.assembly.bo.account(), operators.assembly.bo.organisation(), more);
  }

  private Future<Response> order(String secret, Map<String, String> headers, String body) {
    return operators.answer(
        operators.assembly.alice,
        "POST",
        "/hooks/{secret}",
        Map.of("secret", secret),
        headers,
        body);
  }

  @Test
  void whatIsPostedBecomesAMessageWhoseValuesAreOnlyText() throws Exception {
    operators.write("shop.yaml", in(""));
    operators.awaitState("shop.yaml", "running");
    String body =
        """
        {"order": {"id": 7}, "customer": "*Eve* @all [x](http://evil.example)\\n# big",
         "items": [{"name": "tea"}, {"name": "milk"}]}""";
    assertThat(await(order("shop-secret-in-the-address", Map.of(), body)).status()).isEqualTo(204);
    assertThat(operators.texts(group))
        .containsExactly(
            "**Order 7** by \\*Eve\\* \\@all \\[x\\]\\(http\\://evil\\.example\\) \\# big: tea, milk");
    assertThatThrownBy(() -> await(order("another-secret-that-is-wrong", Map.of(), body)))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("no such hook");
  }

  @Test
  void aSignatureIsAskedForWhereItIsSetAndADeliveryCountsOnce() throws Exception {
    operators.write(
        "shop.yaml",
        in(
            """
                  - {name: signature, value: github}
                  - {name: signingSecret, value: "what-github-signs-with"}
            """));
    operators.awaitState("shop.yaml", "running");
    String body = "{\"order\": {\"id\": 8}, \"customer\": \"Bo\", \"items\": []}";
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec("what-github-signs-with".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signature =
        "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    Map<String, String> headers =
        Map.of("X-Hub-Signature-256", signature, "X-GitHub-Delivery", "delivery-1");
    assertThatThrownBy(() -> await(order("shop-secret-in-the-address", Map.of(), body)))
        .hasMessageContaining("signature is not genuine");
    assertThatThrownBy(
            () -> await(order("shop-secret-in-the-address", headers, body.replace("8", "9"))))
        .hasMessageContaining("signature is not genuine");
    await(order("shop-secret-in-the-address", headers, body));
    await(order("shop-secret-in-the-address", headers, body));
    assertThat(operators.texts(group)).containsExactly("**Order 8** by Bo: ");
  }

  @Test
  void whileItsRouteIsChangedAHookSaysComeAgainAndNothingIsLostOrDoubled() throws Exception {
    String github =
        """
              - {name: signature, value: github}
              - {name: signingSecret, value: "what-github-signs-with"}
        """;
    operators.write("shop.yaml", in(github));
    operators.awaitState("shop.yaml", "running");
    AtomicInteger again = new AtomicInteger();
    AtomicInteger numbers = new AtomicInteger();
    AtomicBoolean enough = new AtomicBoolean();
    // More than the hook has threads: some of what is posted waits while its route is stopped.
    ExecutorService load = Executors.newFixedThreadPool(POSTING);
    List<java.util.concurrent.Future<Integer>> posting = new ArrayList<>();
    for (int i = 0; i < POSTING; i++) {
      posting.add(
          load.submit(
              () -> {
                int posted = 0;
                int next = numbers.incrementAndGet();
                while (!enough.get()) {
                  if (taken("{\"order\": {\"id\": " + next + "}}", "d" + next)) {
                    posted++;
                    next = numbers.incrementAndGet();
                  } else {
                    again.incrementAndGet();
                  }
                  Thread.sleep(2);
                }
                return posted;
              }));
    }
    for (int round = 0; round < 4; round++) {
      operators.write("shop.yaml", in(github) + "# " + round + "\n");
      Thread.sleep(1_500);
    }
    enough.set(true);
    int posted = 0;
    for (java.util.concurrent.Future<Integer> one : posting) {
      posted += one.get();
    }
    load.shutdown();
    assertThat(operators.texts(group)).hasSize(posted).doesNotHaveDuplicates();
    assertThat(operators.deadLetters()).isEmpty();
    System.out.println(posted + " posts to a hook; " + again.get() + " were told to come again.");
  }

  private boolean taken(String body, String delivery) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec("what-github-signs-with".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signature =
        "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    try {
      await(
          order(
              "shop-secret-in-the-address",
              Map.of("X-Hub-Signature-256", signature, "X-GitHub-Delivery", delivery),
              body));
      return true;
    } catch (ExecutionException e) {
      assertThat(((Fault) e.getCause()).code()).isEqualTo(Fault.Code.UNAVAILABLE);
      return false;
    }
  }

  @Test
  void whatIsNoJsonIsADeadLetterWithItsBody() throws Exception {
    operators.write("shop.yaml", in(""));
    operators.awaitState("shop.yaml", "running");
    await(order("shop-secret-in-the-address", Map.of(), "not json"));
    JsonObject letter = operators.deadLetters().get(0);
    assertThat(letter.getString("body")).isEqualTo("not json");
    assertThat(letter.getString("error")).contains("the body is not a JSON object");
  }

  @Test
  void whatARouteHoldsWhenItIsStoppedByForceIsToldToComeAgain() throws Exception {
    HttpServer silent =
        await(
            operators
                .assembly
                .vertx
                .createHttpServer()
                .requestHandler(request -> {})
                .listen(0, "127.0.0.1"));
    operators.write(
        "slow.yaml",
        """
        - route:
            id: slow
            from:
              uri: plenary-webhook:in
              parameters: {secret: "slow-secret-in-the-address"}
              steps:
                - to: http://localhost:%d/
        """
            .formatted(silent.actualPort()));
    operators.awaitState("slow.yaml", "running");
    List<Future<Response>> posted = new ArrayList<>();
    for (int i = 0; i < POSTING; i++) {
      posted.add(order("slow-secret-in-the-address", Map.of(), "{}"));
    }
    operators.delete("slow.yaml");
    for (Future<Response> one : posted) {
      assertThatThrownBy(() -> await(one))
          .cause()
          .isInstanceOfSatisfying(
              Fault.class, fault -> assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE));
    }
  }
}
