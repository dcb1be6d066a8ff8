package chat.plenary.messaging.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.Waiting;
import chat.plenary.messaging.account.Secret;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.http.Problem;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.message.CardAnswer;
import chat.plenary.messaging.message.CardHandler;
import chat.plenary.messaging.message.CardView;
import chat.plenary.messaging.message.PostedCard;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The page from which a stranger writes a client says what the server does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtocolTest {
  @TempDir static Path directory;
  private final ProtocolSamples samples;
  private Served served;
  private List<Route> routes;

  ProtocolTest() throws Exception {
    samples = new ProtocolSamples();
  }

  @BeforeAll
  void open() throws Exception {
    served = Served.empty(directory);
    routes =
        new ArrayList<>(Endpoints.of(served.chat, new Gateway.ServerInfo("0.1.0", false), false));
    routes.addAll(
        new OperatorRoutes(served.chat.accounts(), served.chat.organisations(), null).routes());
    // Described without being asked.
    routes.addAll(new CaptionRoutes(null).routes());
    routes.addAll(new VoiceRoutes(null).routes());
    routes.addAll(new TranslationRoutes(TestTranslations.open(served.store, served.chat)).routes());
  }

  @AfterAll
  void close() throws Exception {
    served.close();
  }

  private JsonObject schema(String kind, String endpoint) {
    Route route =
        routes.stream()
            .filter(one -> (one.method() + " " + one.path()).equals(endpoint))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no endpoint " + endpoint));
    return kind.equals("request") ? route.requestSchema() : route.responseSchema();
  }

  @Test
  void everySampleOfARequestOrAnAnswerFitsItsSchema() {
    List<String> checked = new ArrayList<>();
    for (ProtocolSamples.Sample sample : samples.all) {
      String kind = sample.title().split(" ", 2)[0];
      JsonObject schema =
          switch (kind) {
            case "request", "response" -> schema(kind, sample.title().split(" ", 2)[1]);
            case "conversation" -> ConversationSchemas.CONVERSATION;
            case "entry" -> ConversationSchemas.ENTRY;
            case "problem" -> OpenApi.PROBLEM;
            default -> null;
          };
      if (schema != null) {
        assertThat(Schemas.errors(schema, sample.json())).as(sample.title()).isEmpty();
        checked.add(sample.title());
      }
    }
    assertThat(checked).hasSizeGreaterThanOrEqualTo(12);
    assertThat(
            Schemas.errors(
                ConversationSchemas.ENTRY, samples.of("entry").put("seq", "not a number")))
        .as("it can fail")
        .isNotEmpty();
  }

  @Test
  void everyEndpointIsOnThePageAndThePageNamesNoOther() {
    String ours =
        samples.page.substring(0, samples.page.indexOf("## 7."))
            + samples.page.substring(samples.page.indexOf("## 11."));
    Matcher matcher =
        Pattern.compile("`?(GET|POST|PUT|PATCH|DELETE) ([/…][^`?\\s]+)").matcher(ours);
    Set<String> named = new TreeSet<>(Set.of("GET /.well-known/jwks.json", "GET /api/v1/sync"));
    while (matcher.find()) {
      named.add(
          matcher.group(1) + " " + matcher.group(2).replace("…", "/api/v1/conversations/{id}"));
    }
    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            routes.stream().map(route -> route.method() + " " + route.path()).toList());
  }

  @Test
  void everyCodeOfAFaultIsInTheTable() {
    for (Fault.Code code : Fault.Code.values()) {
      Problem problem = Problem.of(Fault.of(code, "Why."));
      assertThat(samples.page).contains("| `" + problem.type() + "` | " + code.status() + " |");
    }
  }

  /** What a server answers has the members that its sample has, and fits its schema. */
  private void alike(String endpoint, JsonObject sample, JsonObject answer) {
    assertThat(Schemas.errors(schema("response", endpoint), answer)).as(endpoint).isEmpty();
    assertThat(answer.fieldNames()).as(endpoint).isEqualTo(sample.fieldNames());
  }

  /** Takes cards' answers as a bot of this process does. */
  private static final class Poll implements CardHandler {
    @Override
    public Future<CardView> view(
        chat.plenary.messaging.account.Caller viewer, PostedCard posted, String languages) {
      return Future.succeededFuture(CardView.open());
    }

    @Override
    public Future<CardView> answer(
        chat.plenary.messaging.account.Caller viewer,
        PostedCard posted,
        CardAnswer answer,
        String languages) {
      return Future.succeededFuture(
          new CardView(CardView.State.ANSWERED, null, answer.selected(), "Thank you."));
    }
  }

  @Test
  void theDocumentedCallsDoWhatThePageSays() throws Exception {
    served.chat.cards().handleOthers(new Poll());
    assertThat(served.get(null, "/api/v1/server").json().getBoolean("setUp")).isFalse();
    Secret link = Waiting.await(served.chat.organisations().setUp().offer());
    JsonObject setUp = samples.of("request POST /api/v1/setup").put("token", link.text());
    Served.Answer made = served.post(null, "/api/v1/setup", setUp);
    assertThat(made.status()).isEqualTo(201);
    alike("POST /api/v1/setup", samples.of("response POST /api/v1/setup"), made.json());
    assertThat(served.post(null, "/api/v1/setup", setUp).problem()).isEqualTo("410 gone");

    JsonObject signedIn =
        served.post(null, "/api/v1/sign-in", samples.of("request POST /api/v1/sign-in")).json();
    JsonObject sample = samples.of("response POST /api/v1/sign-in");
    alike("POST /api/v1/sign-in", sample, signedIn);
    assertThat(signedIn.getJsonObject("account").fieldNames())
        .isEqualTo(sample.getJsonObject("account").fieldNames());
    String token = signedIn.getString("accessToken");

    JsonObject member = new JsonObject().put("userid", "nour").put("name", "Nour");
    String nour =
        served
            .post(
                token,
                "/api/v1/members",
                new JsonObject().put("members", new JsonArray().add(member)))
            .json()
            .getJsonArray("members")
            .getJsonObject(0)
            .getString("id");
    JsonObject create =
        samples.of("request POST /api/v1/conversations").put("members", new JsonArray().add(nour));
    JsonObject group = served.post(token, "/api/v1/conversations", create).json();
    alike("POST /api/v1/conversations", samples.of("conversation"), group);
    assertThat(served.post(token, "/api/v1/conversations", create).json()).isEqualTo(group);

    String path = "/api/v1/conversations/" + group.getString("id");
    String posting = "POST /api/v1/conversations/{id}/messages";
    JsonObject accepted =
        served.post(token, path + "/messages", samples.of("request " + posting)).json();
    alike(posting, samples.of("response " + posting), accepted);
    JsonObject mention = samples.of("entry").getJsonObject("body");
    mention.put("mentions", new JsonArray().add(nour));
    JsonObject again = new JsonObject().put("ref", "m").put("body", mention);
    long seq = served.post(token, path + "/messages", again).json().getLong("seq");
    JsonObject page = served.get(token, path + "/entries?after=" + (seq - 1)).json();
    JsonObject entry = page.getJsonArray("entries").getJsonObject(0);
    alike(
        "GET /api/v1/conversations/{id}/entries",
        new JsonObject().putNull("entries").putNull("head").putNull("from"),
        page);
    assertThat(entry.fieldNames()).isEqualTo(samples.of("entry").fieldNames());
    assertThat(entry.getJsonObject("body")).isEqualTo(mention);
    answersItsCard(token, path);
    findsWhatWasSaid(token, path, accepted);
  }

  private void findsWhatWasSaid(String token, String path, JsonObject accepted) throws Exception {
    String one = "GET /api/v1/conversations/{id}/search";
    JsonObject sample = samples.of("response " + one);
    JsonObject found = served.get(token, path + "/search?q=morning").json();
    alike(one, sample, found);
    JsonObject hit = found.getJsonArray("hits").getJsonObject(0);
    JsonObject shown = sample.getJsonArray("hits").getJsonObject(0);
    assertThat(hit.getJsonObject("entry").getLong("seq")).isEqualTo(accepted.getLong("seq"));
    assertThat(hit.getJsonObject("entry").fieldNames())
        .isEqualTo(shown.getJsonObject("entry").fieldNames());
    assertThat(hit.getJsonArray("excerpt")).isEqualTo(shown.getJsonArray("excerpt"));
    String all = "GET /api/v1/search";
    JsonObject everywhere = served.get(token, "/api/v1/search?q=morning").json();
    alike(all, samples.of("response " + all), everywhere);
    assertThat(everywhere.getJsonArray("conversations").getJsonObject(0).getJsonArray("hits"))
        .isEqualTo(found.getJsonArray("hits"));
  }

  private void answersItsCard(String token, String path) throws Exception {
    JsonObject choice =
        new JsonObject()
            .put("card_type", "button_interaction")
            .put("main_title", new JsonObject().put("title", "Which?"))
            .put("task_id", "t1")
            .put(
                "button_list",
                new JsonArray().add(new JsonObject().put("text", "Send").put("key", "submit")));
    JsonObject body =
        new JsonObject().put("type", "card").put("text", "Which?").put("card", choice);
    Served.Answer posted =
        served.post(
            token, path + "/messages", new JsonObject().put("ref", "card").put("body", body));
    assertThat(posted.status()).as(posted.text()).isEqualTo(200);
    String message = path + "/messages/" + posted.json().getLong("seq");
    String endpoint = "POST /api/v1/conversations/{id}/messages/{seq}/answer";
    JsonObject sample = samples.of("response " + endpoint);
    JsonObject answer =
        served.post(token, message + "/answer", samples.of("request " + endpoint)).json();
    alike(endpoint, sample, answer);
    assertThat(answer).isEqualTo(sample);
    assertThat(served.call(token, HttpMethod.GET, message + "/card", null).json().fieldNames())
        .isEqualTo(sample.fieldNames());
  }
}
