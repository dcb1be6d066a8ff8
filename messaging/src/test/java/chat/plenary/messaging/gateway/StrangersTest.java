package chat.plenary.messaging.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.Waiting;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those get who have no business here. */
class StrangersTest {
  private static final String POST = "POST /api/v1/conversations/{id}/messages";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  @TempDir Path directory;
  private Served served;
  private List<Route> routes;
  private String alice;

  @BeforeEach
  void open() throws Exception {
    served = new Served(directory);
    routes = Endpoints.of(served.chat, new Gateway.ServerInfo("0.1.0", false), false);
    alice = served.token("alice");
  }

  @AfterEach
  void close() throws Exception {
    served.close();
  }

  private static String part(String token, int index) {
    return token.split("\\.")[index];
  }

  private static String coded(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  /** The same claims under the same key id, signed by a key of one's own. */
  private static String signedByAnother(String token) throws Exception {
    KeyPair own = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    String claims = part(token, 0) + "." + part(token, 1);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(own.getPrivate());
    signature.update(claims.getBytes(StandardCharsets.US_ASCII));
    return claims + "." + BASE64.encodeToString(signature.sign());
  }

  @Test
  void noTokenButAGenuineOneIsTakenAtAnyEndpoint() throws Exception {
    String claims = decoded(part(alice, 1));
    assertThat(claims).contains(served.alice.value());
    String other = coded(claims.replace(served.alice.value(), served.bob.value()));
    Map<String, String> forged = new LinkedHashMap<>();
    forged.put("none", null);
    forged.put("empty", "");
    forged.put("nonsense", "nonsense");
    forged.put("long", "x".repeat(5_000));
    forged.put("of nobody's bot", "b1." + "x".repeat(43));
    forged.put("cut", alice.substring(0, alice.length() - 2));
    forged.put("of another's claims", part(alice, 0) + "." + other + "." + part(alice, 2));
    forged.put("alg none", coded("{\"alg\":\"none\"}") + "." + part(alice, 1) + ".");
    String header = decoded(part(alice, 0)).replace("EdDSA", "none");
    forged.put("alg none with the key's id", coded(header) + "." + part(alice, 1) + ".");
    forged.put(
        "alg HS256",
        coded(header.replace("none", "HS256")) + "." + part(alice, 1) + "." + part(alice, 2));
    forged.put("of another key", signedByAnother(alice));
    SoftAssertions softly = new SoftAssertions();
    for (Route route : routes) {
      if (route.access() == Route.Access.PUBLIC) {
        continue;
      }
      String path = route.path().replaceAll("\\{[a-z]+}", "1");
      for (Map.Entry<String, String> one : forged.entrySet()) {
        Served.Answer answer = served.call(one.getValue(), route.method(), path, null);
        softly
            .assertThat(answer.problem())
            .as(route.path() + " with a token " + one.getKey())
            .isEqualTo("401 unauthenticated");
      }
    }
    softly.assertAll();
    assertThat(served.get(alice, "/api/v1/me").status()).isEqualTo(200);
  }

  @Test
  void aTokenEndsWithItsTimeItsSessionAndItsAccount() throws Exception {
    String bob = served.token("bob");
    String path = "/api/v1/members/" + served.bob.value();
    assertThat(served.post(alice, path + "/sign-out", null).status()).isEqualTo(204);
    assertThat(served.get(bob, "/api/v1/me").problem()).isEqualTo("401 unauthenticated");

    String again = served.token("bob");
    JsonObject disable = new JsonObject().put("disabled", true);
    assertThat(served.call(alice, HttpMethod.PATCH, path, disable).status()).isEqualTo(200);
    assertThat(served.get(again, "/api/v1/me").problem()).isEqualTo("401 unauthenticated");
    JsonObject signIn = new JsonObject().put("userid", "bob").put("password", Served.PASSWORD);
    assertThat(served.post(null, "/api/v1/sign-in", signIn).problem())
        .isEqualTo("401 unauthenticated");

    served.clock.pass(Duration.ofMinutes(9));
    assertThat(served.get(alice, "/api/v1/me").status()).isEqualTo(200);
    served.clock.pass(Duration.ofMinutes(2));
    assertThat(served.get(alice, "/api/v1/me").problem()).isEqualTo("401 unauthenticated");
  }

  @Test
  void idsOfOthersAnswerLikeIdsThatDoNotExistAndLikeNone() throws Exception {
    OrganisationId rivals =
        Waiting.await(
            served.chat.organisations().create("Rivals", "carol", "Carol", Served.PASSWORD));
    AccountId carol = served.account(rivals, "carol");
    String hers = served.signIn("Rivals", "carol").getString("accessToken");
    JsonObject create =
        new JsonObject().put("ref", "c").put("kind", "group").put("id", "x").put("name", "X");
    String group = served.post(hers, "/api/v1/conversations", create).json().getString("id");
    served.post(hers, "/api/v1/conversations/" + group + "/messages", Served.message("a", "x"));
    JsonObject alone = create.copy().put("id", "alone");
    String bobs =
        served.post(served.token("bob"), "/api/v1/conversations", alone).json().getString("id");

    List<String> conversations =
        List.of(
            group,
            bobs,
            ConversationId.group(served.organisation, "none").value(),
            rivals.value(),
            served.organisation.value(),
            served.alice.value(),
            "nonsense",
            "%F0%9F%8C%8D",
            "x".repeat(300));
    List<String> meetings =
        List.of("m" + "A".repeat(22), served.alice.value(), group, "nonsense", "x".repeat(300));
    List<String> accounts =
        List.of(carol.value(), AccountId.random().value(), rivals.value(), "nonsense");
    SoftAssertions softly = new SoftAssertions();
    for (Route route : routes) {
      if (!route.path().contains("{id}") || route.path().contains("/departments/")) {
        continue;
      }
      JsonObject expected = null;
      for (String id :
          route.path().contains("/conversations/")
              ? conversations
              : route.path().contains("/meetings/") ? meetings : accounts) {
        String path = route.path().replace("{id}", id).replace("{seq}", "2");
        Served.Answer answer = served.call(alice, route.method(), path, body(route));
        softly
            .assertThat(answer.problem())
            .as(route.method() + " " + path)
            .isEqualTo("404 not-found");
        expected = expected == null ? answer.json() : expected;
        softly.assertThat(answer.json()).as(route.method() + " " + path).isEqualTo(expected);
      }
    }
    softly.assertAll();
    assertThat(served.get(hers, "/api/v1/me").status()).as("nobody signed her out").isEqualTo(200);
  }

  private JsonObject body(Route route) {
    JsonObject ref = new JsonObject().put("ref", "r");
    return switch (route.method() + " " + route.path()) {
      case POST, "POST /api/v1/conversations/{id}/messages/{seq}/edit" ->
          Served.message("r", "Hello");
      case "POST /api/v1/conversations/{id}/messages/{seq}/answer" -> ref.put("key", "k");
      case "POST /api/v1/conversations/{id}/members" ->
          ref.put("add", new JsonArray().add(served.bob.value()));
      case "PATCH /api/v1/conversations/{id}" -> ref.put("name", "Mine");
      case "POST /api/v1/conversations/{id}/meetings" -> ref.put("zone", "UTC");
      case "PUT /api/v1/meetings/{id}/rsvp" -> new JsonObject().put("answer", "yes");
      case "POST /api/v1/meetings/{id}/join" -> new JsonObject();
      case "PUT /api/v1/conversations/{id}/position" -> new JsonObject().put("seq", 1);
      case "PATCH /api/v1/members/{id}" -> new JsonObject().put("name", "Mine");
      case "POST /api/v1/members/{id}/tickets" -> new JsonObject().put("count", 1);
      default -> route.requestSchema() == null ? null : ref;
    };
  }

  @Test
  void accountsOfOthersAreNobodyWhereverTheyAreNamed() throws Exception {
    OrganisationId rivals =
        Waiting.await(
            served.chat.organisations().create("Rivals", "carol", "Carol", Served.PASSWORD));
    for (String id : List.of(served.account(rivals, "carol").value(), AccountId.random().value())) {
      JsonObject create =
          new JsonObject()
              .put("ref", "c")
              .put("kind", "group")
              .put("id", "with-" + id.charAt(3))
              .put("name", "X")
              .put("members", new JsonArray().add(id));
      assertThat(served.post(alice, "/api/v1/conversations", create).problem())
          .isEqualTo("404 not-found members");
      JsonObject direct = new JsonObject().put("ref", "d").put("kind", "direct").put("with", id);
      assertThat(served.post(alice, "/api/v1/conversations", direct).problem())
          .isEqualTo("404 not-found with");
      assertThat(served.get(alice, "/api/v1/accounts?ids=" + id).json().getJsonArray("accounts"))
          .isEmpty();
    }
  }
}
