package chat.plenary.messaging.gateway;

import static chat.plenary.messaging.Waiting.until;
import static chat.plenary.messaging.gateway.Served.message;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.Waiting;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What strangers do over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayTest {
  @TempDir static Path directory;
  private Served served;
  private String alice;
  private String bob;

  @BeforeAll
  void open() throws Exception {
    served = new Served(directory);
    alice = served.token("alice");
    bob = served.token("bob");
  }

  @AfterAll
  void close() throws Exception {
    served.close();
  }

  private JsonArray list(String token, String path, String member) throws Exception {
    return served.get(token, path).json().getJsonArray(member);
  }

  @Test
  void whatAlicePostsBobReadsAndTheSameRefIsTheSameEntry() throws Exception {
    String group = served.group(alice, "talk");
    String path = "/api/v1/conversations/" + group;
    JsonObject first = served.post(alice, path + "/messages", message("r1", "Hello.")).json();

    assertThat(first.getLong("seq")).isEqualTo(2);
    assertThat(served.post(alice, path + "/messages", message("r1", "Hello.")).json())
        .isEqualTo(first);
    assertThat(served.post(alice, path + "/messages", message("r1", "Other.")).problem())
        .isEqualTo("409 conflict ref");
    JsonObject page = served.get(bob, path + "/entries?after=1").json();
    assertThat(page.getJsonObject("head")).isEqualTo(new JsonObject().put("seq", 2).put("m", 1));
    assertThat(page.getJsonArray("entries").getJsonObject(0).getJsonObject("body"))
        .isEqualTo(new JsonObject().put("type", "text").put("text", "Hello."));
  }

  @Test
  void creatingAgainFindsTheSameGroup() throws Exception {
    assertThat(served.group(alice, "again")).isEqualTo(served.group(alice, "again"));
    JsonObject direct =
        new JsonObject().put("ref", "d").put("kind", "direct").put("with", served.bob.value());
    JsonObject hers = served.post(alice, "/api/v1/conversations", direct).json();
    JsonObject his =
        served
            .post(bob, "/api/v1/conversations", direct.copy().put("with", served.alice.value()))
            .json();
    assertThat(his.getString("id")).isEqualTo(hers.getString("id"));
    assertThat(hers.getString("with")).isEqualTo(served.bob.value());
    assertThat(his.getString("with")).isEqualTo(served.alice.value());
  }

  @Test
  void conversationsAreListedPageByPage() throws Exception {
    served.group(alice, "page-1");
    served.group(alice, "page-2");
    JsonObject first = served.get(alice, "/api/v1/conversations?limit=1").json();
    assertThat(first.getJsonArray("conversations")).hasSize(1);
    JsonObject second =
        served.get(alice, "/api/v1/conversations?limit=1&after=" + first.getString("next")).json();
    assertThat(second.getJsonArray("conversations").getJsonObject(0).getString("id"))
        .isGreaterThan(first.getString("next"));
    assertThat(first.getString("cursor")).isNotEmpty();
  }

  @Test
  void syncingTellsWhatChangedSinceACursorOnly() throws Exception {
    String group = served.group(alice, "sync");
    String cursor = served.get(bob, "/api/v1/sync").json().getString("cursor");
    served.post(alice, "/api/v1/conversations/" + group + "/messages", message("s", "Since then."));
    JsonObject page = served.get(bob, "/api/v1/sync?cursor=" + cursor).json();

    assertThat(page.getJsonArray("conversations")).hasSize(1);
    JsonObject told = page.getJsonArray("conversations").getJsonObject(0);
    assertThat(told.getJsonObject("conversation").getString("id")).isEqualTo(group);
    assertThat(told.getJsonArray("entries").getJsonObject(0).getJsonObject("body"))
        .isEqualTo(new JsonObject().put("type", "text").put("text", "Since then."));
    assertThat(page.getBoolean("more")).isFalse();
    assertThat(list(bob, "/api/v1/sync?cursor=" + page.getString("cursor"), "conversations"))
        .isEmpty();
    assertThat(served.get(bob, "/api/v1/sync?cursor=nonsense").problem())
        .isEqualTo("400 invalid cursor");
  }

  @Test
  void whoCameLaterIsNotToldByAnEditWhatWasSaidBefore() throws Exception {
    JsonObject create =
        new JsonObject()
            .put("ref", "c")
            .put("kind", "group")
            .put("id", "later")
            .put("name", "Later")
            .put("history", false);
    String path =
        "/api/v1/conversations/"
            + served.post(alice, "/api/v1/conversations", create).json().getString("id");
    long seq = served.post(alice, path + "/messages", message("a", "x")).json().getLong("seq");
    JsonObject add =
        new JsonObject().put("ref", "b").put("add", new JsonArray().add(served.bob.value()));
    served.post(alice, path + "/members", add);
    served.post(alice, path + "/messages/" + seq + "/edit", message("e", "a secret"));

    JsonObject page = served.get(bob, path + "/entries").json();
    assertThat(page.getLong("from")).isEqualTo(seq + 1);
    assertThat(page.getJsonArray("entries")).hasSize(2);
    assertThat(page.encode()).doesNotContain("secret");
    assertThat(served.get(bob, path + "/messages/" + seq + "/card").problem())
        .isEqualTo("404 not-found");
  }

  @Test
  void theLiveConnectionOpensWithAHello() throws Exception {
    List<String> frames = new CopyOnWriteArrayList<>();
    WebSocketClient client = served.vertx.createWebSocketClient();
    // This client would name an origin, as if it were a page.
    WebSocketConnectOptions there =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(served.gateway.port())
            .setURI("/api/v1/connect")
            .setAllowOriginHeader(false);
    WebSocket socket = Waiting.await(client.connect(there));
    socket.textMessageHandler(frames::add);
    Waiting.await(
        socket.writeTextMessage(new JsonObject().put("type", "hello").put("token", bob).encode()));
    until(() -> frames.stream().anyMatch(f -> f.contains("\"live\"")));
    assertThat(new JsonObject(frames.get(0)).getString("type")).isEqualTo("welcome");
    assertThat(new JsonObject(frames.get(0)).getString("account")).isEqualTo(served.bob.value());
    assertThat(served.gateway.liveConnections()).isEqualTo(1);
    Waiting.await(socket.close());
  }

  @Test
  void readersFollowThePositionAndTheEditIsShown() throws Exception {
    String path = "/api/v1/conversations/" + served.group(alice, "read");
    long seq = served.post(alice, path + "/messages", message("a", "helo")).json().getLong("seq");
    String readers = path + "/messages/" + seq + "/readers";
    assertThat(list(alice, readers, "accounts")).containsExactly(served.bob.value());

    served.call(bob, HttpMethod.PUT, path + "/position", new JsonObject().put("seq", seq));
    assertThat(list(alice, readers + "?state=read", "accounts"))
        .containsExactly(served.bob.value());
    assertThat(served.get(bob, path).json().getLong("unread")).isZero();

    served.post(alice, path + "/messages/" + seq + "/edit", message("b", "hello"));
    JsonObject edited = list(bob, path + "/entries?after=" + (seq - 1), "entries").getJsonObject(0);
    assertThat(edited.getJsonObject("body").getString("text")).isEqualTo("hello");
    assertThat(edited.getJsonObject("edited").getLong("seq")).isEqualTo(seq + 1);

    served.post(alice, path + "/messages/" + seq + "/recall", new JsonObject().put("ref", "c"));
    JsonObject gone = list(bob, path + "/entries?after=" + (seq - 1), "entries").getJsonObject(0);
    assertThat(gone.getValue("body")).isNull();
    assertThat(gone.getJsonObject("recalled").getString("by")).isEqualTo(served.alice.value());
  }

  @Test
  void membersComeAndGoAndWhoIsGoneSeesNothing() throws Exception {
    String path = "/api/v1/conversations/" + served.group(alice, "members");
    assertThat(list(alice, path + "/members", "members")).hasSize(2);
    assertThat(
            served
                .call(
                    bob,
                    HttpMethod.PATCH,
                    path,
                    new JsonObject().put("ref", "x").put("name", "Mine"))
                .problem())
        .isEqualTo("403 forbidden");
    assertThat(
            served
                .call(
                    alice,
                    HttpMethod.PATCH,
                    path,
                    new JsonObject().put("ref", "n").put("name", "Renamed"))
                .status())
        .isEqualTo(200);
    assertThat(served.get(bob, path).json().getString("name")).isEqualTo("Renamed");

    assertThat(served.post(bob, path + "/leave", new JsonObject().put("ref", "l")).status())
        .isEqualTo(200);
    assertThat(served.get(bob, path).problem()).isEqualTo("404 not-found");
    JsonObject back =
        new JsonObject().put("ref", "back").put("add", new JsonArray().add(served.bob.value()));
    assertThat(served.post(alice, path + "/members", back).status()).isEqualTo(200);
    assertThat(served.get(bob, path).status()).isEqualTo(200);
  }

  @Test
  void theCardOfACardIsShownAndAnAnswerWithoutATakerIsGone() throws Exception {
    String path = "/api/v1/conversations/" + served.group(alice, "cards") + "/messages";
    long seq = served.post(alice, path, message("m", "no card")).json().getLong("seq");
    assertThat(served.get(bob, path + "/" + seq + "/card").problem()).isEqualTo("404 not-found");
    JsonObject answer = new JsonObject().put("ref", "a").put("key", "submit");
    assertThat(served.post(bob, path + "/" + seq + "/answer", answer).problem())
        .isEqualTo("404 not-found");
  }

  @Test
  void everyAnswerKeepsBrowsersFromDoingAnythingElseWithIt() throws Exception {
    for (String path : List.of("/api/v1/server", "/api/v1/me", "/nowhere", "/openapi.json")) {
      Served.Answer answer = served.get(null, path);
      assertThat(answer.header("x-content-type-options")).as(path).isEqualTo("nosniff");
      assertThat(answer.header("referrer-policy")).as(path).isEqualTo("no-referrer");
      assertThat(answer.header("content-security-policy")).as(path).contains("default-src 'none'");
      assertThat(answer.header("strict-transport-security")).as(path).isNull();
    }
    Served.Answer behindTls =
        served.raw(
            null, HttpMethod.GET, "/api/v1/server", null, List.of("x-forwarded-proto", "https"));
    assertThat(behindTls.header("strict-transport-security")).isNotNull();
  }

  @Test
  void unknownAddressesAndWrongMethodsAreToldSo() throws Exception {
    assertThat(served.get(alice, "/api/v1/nothing").problem()).isEqualTo("404 not-found");
    assertThat(served.get(null, "/nowhere").header("content-type"))
        .isEqualTo("application/problem+json");
    Served.Answer wrong = served.call(alice, HttpMethod.DELETE, "/api/v1/conversations", null);
    assertThat(wrong.problem()).isEqualTo("405 method-not-allowed");
    assertThat(wrong.header("allow")).isEqualTo("GET, POST");
    Served.Answer head = served.call(null, HttpMethod.HEAD, "/api/v1/server", null);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
    assertThat(head.header("content-length")).isNotEqualTo("0");
    assertThat(served.get(null, "/api/v1/connect").problem()).isEqualTo("426 upgrade-required");
  }
}
