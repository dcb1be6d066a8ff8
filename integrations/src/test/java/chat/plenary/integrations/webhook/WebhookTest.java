package chat.plenary.integrations.webhook;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.integrations.Operators;
import chat.plenary.messaging.http.Response;
import chat.plenary.messaging.id.ConversationId;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks out, by their template, and dead letters. */
@Timeout(300)
class WebhookTest {
  private static final String SECRET = "a-secret-of-32-characters-or-so!";

  private final List<JsonObject> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusing = new AtomicInteger();
  @TempDir Path directory;
  private Operators operators;
  private ConversationId group;
  private HttpServer receiver;

  @BeforeEach
  void open() throws Exception {
    operators = Operators.open(directory);
    group = operators.assembly.group("deals");
    receiver =
        await(
            operators
                .assembly
                .vertx
                .createHttpServer()
                .requestHandler(
                    request ->
                        request
                            .body()
                            .onSuccess(
                                body -> {
                                  JsonObject headers = new JsonObject();
                                  request
                                      .headers()
                                      .forEach(h -> headers.put(h.getKey(), h.getValue()));
                                  int status = refusing.get();
                                  received.add(
                                      new JsonObject()
                                          .put("headers", headers)
                                          .put("body", body.toString())
                                          .put("status", status));
                                  request
                                      .response()
                                      .setStatusCode(status == 0 ? 204 : status)
                                      .end();
                                }))
                .listen(0, "127.0.0.1"));
  }

  @AfterEach
  void close() throws Exception {
    operators.close();
  }

  private String out(String url) {
    return """
    - templatedRoute:
        routeTemplateRef: webhook-out
        routeId: crm
        parameters:
          - {name: group, value: %s}
          - {name: as, value: %s}
          - {name: organisation, value: %s}
          - {name: url, value: "%s"}
          - {name: secret, value: "%s"}
    """
        .formatted(
            group,
            operators.assembly.bo.account(),
            operators.assembly.bo.organisation(),
            url,
            SECRET);
  }

  private void sending(String host) throws Exception {
    operators.write(
        "crm.yaml", out("http://" + host + ":" + receiver.actualPort() + "/in?tenant=1"));
    until(
        "the route's turn",
        () -> {
          JsonObject file = operators.file("crm.yaml");
          return file != null
              && !file.getJsonArray("routes").isEmpty()
              && file.getJsonArray("routes").getJsonObject(0).getBoolean("turn");
        });
  }

  private void post(String text) throws Exception {
    operators.assembly.post(operators.assembly.alice, group, "ref-" + text, text);
  }

  private List<String> delivered() {
    return received.stream()
        .filter(one -> one.getInteger("status") == 0)
        .map(one -> new JsonObject(one.getString("body")).getJsonObject("body").getString("text"))
        .toList();
  }

  @Test
  void whatIsPostedGoesOutSignedAndInOrder() throws Exception {
    sending("localhost");
    post("one");
    post("two");
    post("three");
    until("three", () -> delivered().size() == 3);
    assertThat(delivered()).containsExactly("one", "two", "three");
    JsonObject headers = received.get(0).getJsonObject("headers");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signed =
        headers.getString("Plenary-Timestamp") + "." + received.get(0).getString("body");
    assertThat(headers.getString("Plenary-Signature"))
        .isEqualTo(
            "v1=" + HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
    assertThat(headers.getString("Plenary-Event")).isEqualTo("message");
    assertThat(
            received.stream()
                .map(one -> one.getJsonObject("headers").getString("Plenary-Delivery")))
        .doesNotHaveDuplicates();
  }

  @Test
  void whatFailsIsTriedAgainInItsPlaceAndThenADeadLetterThatCanBeSentAgain() throws Exception {
    sending("localhost");
    refusing.set(503);
    post("one");
    until("attempts", () -> received.size() == 4);
    until("a dead letter", () -> operators.deadLetters().size() == 1);
    assertThat(
            received.stream()
                .map(one -> one.getJsonObject("headers").getString("Plenary-Delivery")))
        .containsOnly(received.get(0).getJsonObject("headers").getString("Plenary-Delivery"));
    refusing.set(0);
    post("two");
    until("two", () -> delivered().size() == 1);
    JsonObject letter = operators.deadLetters().get(0);
    assertThat(letter.getString("route")).isEqualTo("crm");
    assertThat(letter.getString("error")).contains("503").doesNotContain("tenant");
    assertThat(letter.getValue("body")).isNull();
    assertThat(letter.getJsonObject("entry").getString("conversation")).isEqualTo(group.value());
    replay(letter);
    until("it to go", () -> operators.deadLetters().isEmpty());
    assertThat(delivered()).containsExactly("two", "one");
  }

  private void replay(JsonObject letter) throws Exception {
    Response answer =
        operators.call(
            "POST", "/api/v1/dead-letters/{id}/replay", Map.of("id", letter.getString("id")));
    assertThat(answer.status()).isEqualTo(202);
  }

  @Test
  void whatARefusalSaysCannotBeMendedIsNotTriedAgainAndAFailedReplayStays() throws Exception {
    sending("localhost");
    refusing.set(410);
    post("one");
    until("a dead letter", () -> operators.deadLetters().size() == 1);
    assertThat(received).hasSize(1);
    replay(operators.deadLetters().get(0));
    until("the second failure", () -> operators.deadLetters().get(0).getInteger("attempts") == 2);
    String id = operators.deadLetters().get(0).getString("id");
    operators.call("DELETE", "/api/v1/dead-letters/{id}", Map.of("id", id));
    assertThat(operators.deadLetters()).isEmpty();
    assertThatThrownBy(
            () -> operators.call("DELETE", "/api/v1/dead-letters/{id}", Map.of("id", id)))
        .hasMessageContaining("no such dead letter");
  }

  @Test
  void innerNetworksAreNotCalledUnlessAllowed() throws Exception {
    // localhost is allowed in these tests, its address is not.
    sending("127.0.0.1");
    post("one");
    until("a dead letter", () -> operators.deadLetters().size() == 1);
    assertThat(operators.deadLetters().get(0).getString("error")).contains("inner network");
    assertThat(received).isEmpty();
  }

  @Test
  void camelsOwnHttpIsHeldToTheSame() throws Exception {
    String route =
        """
        - route:
            id: %s
            from:
              uri: timer:%s?repeatCount=1&delay=0
              steps:
                - setBody: {constant: '{"body":{"text":"ping"}}'}
                - setHeader: {name: CamelHttpMethod, constant: POST}
                - to: http://%s:%d/x
        """;
    int port = receiver.actualPort();
    operators.write("in.yaml", route.formatted("inner", "inner", "127.0.0.1", port));
    until(
        "a failure",
        () -> {
          JsonObject page =
              operators
                  .call("GET", "/api/v1/dead-letters", Map.of("of", "nobody"))
                  .body()
                  .toJsonObject();
          return page.encode().contains("inner network");
        });
    assertThat(received).isEmpty();
    operators.write("out.yaml", route.formatted("allowed", "allowed", "localhost", port));
    until("a call", () -> received.size() == 1);
  }

  @Test
  void addressesOfInnerNetworksAreKnown() throws Exception {
    for (String inner :
        List.of(
            "127.0.0.1",
            "10.0.0.1",
            "192.168.1.1",
            "172.16.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1")) {
      assertThat(Addresses.isInside(InetAddress.getByName(inner))).as(inner).isTrue();
    }
    for (String outer : List.of("8.8.8.8", "2606:4700::1111", "100.128.0.1")) {
      assertThat(Addresses.isInside(InetAddress.getByName(outer))).as(outer).isFalse();
    }
    Addresses some = new Addresses(List.of("*.example.org", "LOCALHOST"));
    assertThat(some.resolve("localhost")).isNotEmpty();
    assertThatThrownBy(() -> some.resolve("127.0.0.1")).hasMessageContaining("inner network");
  }

  @Test
  void aSignedTimeMayBeOffByFiveMinutesOnly() {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers =
        Map.of(
            "Plenary-Timestamp", "1000", "Plenary-Signature", Signature.sign(SECRET, 1000, body));
    assertThat(Signature.plenary.isGenuine(SECRET, body, headers::get, 1300)).isTrue();
    assertThat(Signature.plenary.isGenuine(SECRET, body, headers::get, 1301)).isFalse();
    assertThat(Signature.plenary.isGenuine("other", body, headers::get, 1000)).isFalse();
    assertThat(Signature.plenary.isGenuine(SECRET, body, Map.<String, String>of()::get, 1000))
        .isFalse();
  }
}
