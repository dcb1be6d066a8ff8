package chat.plenary.messaging.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.Features;
import chat.plenary.messaging.http.Route;
import chat.plenary.messaging.meeting.MeetingSettings;
import chat.plenary.messaging.meeting.RecordingProvider;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a request is told by a problem that names it, at every endpoint. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final List<String> JSON = List.of("content-type", "application/json");

  @TempDir static Path directory;
  private final Map<String, JsonObject> good = new LinkedHashMap<>();
  private Served served;
  private List<Route> routes;
  private String alice;
  private String group;
  private String meeting;
  private long seq;

  @BeforeAll
  void open() throws Exception {
    served =
        new Served(
            directory,
            Features.none().with(MeetingSettings.of(List.of(new RecordingProvider("tencent")))));
    routes = Endpoints.of(served.chat, new Gateway.ServerInfo("0.1.0", false), false);
    alice = served.token("alice");
    group = served.group(alice, "bad-input");
    seq =
        served
            .post(alice, "/api/v1/conversations/" + group + "/messages", Served.message("m", "Hi"))
            .json()
            .getLong("seq");
    String one = "/api/v1/conversations/{id}";
    good("POST /api/v1/sign-in", "userid", "alice", "password", "wrong password");
    good("POST /api/v1/sign-in/ticket", "ticket", "t1.x");
    good("POST /api/v1/session/refresh", "refreshToken", "r1.x");
    good("POST /api/v1/session/sign-out", "refreshToken", "r1.x");
    good.put("POST /api/v1/setup", new ProtocolSamples().of("request POST /api/v1/setup"));
    JsonObject candidate = new JsonObject().put("userid", "x").put("name", "X");
    good("POST /api/v1/members", "members", new JsonArray().add(candidate));
    good("PATCH /api/v1/members/{id}", "name", "Other");
    good("POST /api/v1/members/{id}/tickets", "count", 1);
    good("POST /api/v1/bots", "userid", "bot", "name", "Bot");
    good("PUT /api/v1/organisation/retention", "days", 0);
    good("PUT /api/v1/departments/{id}", "name", "Press");
    good.put(
        "POST /api/v1/conversations",
        new JsonObject()
            .put("ref", "c")
            .put("kind", "group")
            .put("id", "chosen")
            .put("name", "Name"));
    good("PATCH " + one, "ref", "p", "name", "Bad input");
    good("POST " + one + "/members", "ref", "m1", "add", accounts(served.bob.value()));
    good("POST " + one + "/leave", "ref", "l");
    good("PUT " + one + "/position", "seq", 1);
    good.put("POST " + one + "/messages", Served.message("r", "Hello"));
    good.put("POST " + one + "/messages/{seq}/edit", Served.message("e", "Hello"));
    good("POST " + one + "/messages/{seq}/recall", "ref", "rc");
    good("POST " + one + "/messages/{seq}/answer", "ref", "a", "key", "k");
    String path = "/api/v1/meetings/{id}";
    good("POST " + one + "/meetings", "ref", "m", "zone", "UTC");
    good("PATCH " + path, "ref", "c", "title", "Bad input");
    for (String what : List.of("/cancel", "/end", "/retry")) {
      good("POST " + path + what, "ref", "x");
    }
    good("POST " + path + "/join");
    good("PUT " + path + "/rsvp", "answer", "yes");
    JsonObject called =
        served
            .post(alice, at(one, group) + "/meetings", good.get("POST " + one + "/meetings"))
            .json();
    meeting = called.getJsonObject("meeting").getString("id");
  }

  @AfterAll
  void close() throws Exception {
    assertThat(
            served.post(alice, at(one(), group) + "/messages", Served.message("end", ".")).status())
        .as("the server is unharmed")
        .isEqualTo(200);
    served.close();
  }

  private static String one() {
    return "/api/v1/conversations/{id}";
  }

  private static JsonArray accounts(String... ids) {
    return new JsonArray(List.of(ids));
  }

  private void good(String endpoint, Object... members) {
    JsonObject body = new JsonObject();
    for (int i = 0; i < members.length; i += 2) {
      body.put((String) members[i], members[i + 1]);
    }
    good.put(endpoint, body);
  }

  private String at(String path, String id) {
    return path.replace("{id}", id).replace("{seq}", Long.toString(seq));
  }

  private String path(Route route) {
    String id =
        route.path().contains("/conversations/")
            ? group
            : route.path().contains("/meetings/") ? meeting : served.bob.value();
    return at(route.path(), route.path().contains("/departments/") ? "press" : id);
  }

  private static JsonObject properties(Route route) {
    JsonObject schema = route.requestSchema();
    JsonObject object =
        schema.containsKey("oneOf") ? schema.getJsonArray("oneOf").getJsonObject(0) : schema;
    return object.getJsonObject("properties");
  }

  private static JsonArray required(Route route) {
    JsonObject schema = route.requestSchema();
    JsonObject object =
        schema.containsKey("oneOf") ? schema.getJsonArray("oneOf").getJsonObject(0) : schema;
    return object.getJsonArray("required", new JsonArray());
  }

  private List<Route> taking() {
    List<Route> taking = routes.stream().filter(route -> route.requestSchema() != null).toList();
    assertThat(taking)
        .extracting(route -> route.method() + " " + route.path())
        .containsExactlyInAnyOrderElementsOf(good.keySet());
    return taking;
  }

  private static Object wrong(JsonObject schema) {
    return switch (String.valueOf(schema.getValue("type"))) {
      case "integer" -> "one";
      case "boolean" -> "yes";
      case "array" -> "no list";
      default -> 7;
    };
  }

  private void named(SoftAssertions softly, Route route, JsonObject body, String field)
      throws Exception {
    Served.Answer answer = served.call(alice, route.method(), path(route), body);
    softly
        .assertThat(answer.problem())
        .as(route.method() + " " + route.path() + " " + body)
        .matches("400 invalid " + java.util.regex.Pattern.quote(field) + "([.\\[].*)?");
  }

  @Test
  void whatIsMissingOrOfTheWrongTypeOrUnknownIsNamed() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    for (Route route : taking()) {
      JsonObject base = good.get(route.method() + " " + route.path());
      named(softly, route, base.copy().put("surprise", 1), "surprise");
      for (Map.Entry<String, Object> property : properties(route)) {
        String name = property.getKey();
        Object wrong = wrong((JsonObject) property.getValue());
        named(softly, route, base.copy().put(name, wrong), name);
        if (required(route).contains(name)) {
          JsonObject without = base.copy();
          without.remove(name);
          named(softly, route, without, name);
          named(softly, route, base.copy().putNull(name), name);
        }
      }
    }
    softly.assertAll();
  }

  @Test
  void whatIsNoJsonObjectIsToldSo() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    Map<String, String> wrong =
        Map.of(
            "[]",
            "400 invalid body",
            "nonsense",
            "400 invalid body",
            "{\"ref\":",
            "400 invalid body",
            "{} {}",
            "400 invalid body",
            "\ufeff",
            "400 invalid body",
            "{\"twice\":1,\"twice\":2}",
            "400 invalid twice",
            "{\"x\":{\"twice\":1,\"twice\":2}}",
            "400 invalid x.twice",
            "{\"half\":\"\\ud83d\"}",
            "400 invalid half",
            "{\"nul\\u0000\":1}",
            "400 invalid nul?",
            "{\"deep\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}",
            "400 invalid deep");
    for (Route route : taking()) {
      for (Map.Entry<String, String> one : wrong.entrySet()) {
        Served.Answer answer = served.raw(alice, route.method(), path(route), one.getKey(), JSON);
        softly
            .assertThat(answer.problem())
            .as(route.path() + " " + one.getValue())
            .startsWith(one.getValue());
      }
      String large = "{\"x\":\"" + "x".repeat(66_000) + "\"}";
      softly
          .assertThat(served.raw(alice, route.method(), path(route), large, JSON).problem())
          .as(route.path())
          .isEqualTo("413 too-large body");
      softly
          .assertThat(
              served
                  .raw(
                      alice, route.method(), path(route), "{}", List.of("content-type", "text/xml"))
                  .problem())
          .as(route.path())
          .isEqualTo("415 unsupported-media-type");
    }
    softly.assertAll();
  }

  @Test
  void pagesHaveBounds() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    for (Route route : routes) {
      // What is searched for has to be given.
      String given = route.path().endsWith("/search") ? "?q=word&" : "?";
      for (Route.Parameter parameter : route.parameters()) {
        if (parameter.schema().getString("type").equals("integer")) {
          long min = parameter.schema().getLong("minimum");
          long max = parameter.schema().getLong("maximum");
          for (String value :
              List.of("" + (min - 1), "" + (max + 1), "x", "", "1e1", "1.0", "9".repeat(30))) {
            String url = path(route) + given + parameter.name() + "=" + value;
            softly
                .assertThat(served.get(alice, url).problem())
                .as(url)
                .isEqualTo("400 invalid " + parameter.name());
          }
          softly
              .assertThat(
                  served.get(alice, path(route) + given + parameter.name() + "=" + max).status())
              .isEqualTo(200);
        }
      }
    }
    String conversation = at(one(), group);
    for (String url :
        List.of(
            "/api/v1/conversations?after=x",
            conversation + "/members?after=x",
            conversation + "/messages/" + seq + "/readers?after=x")) {
      softly.assertThat(served.get(alice, url).problem()).isEqualTo("400 invalid after");
    }
    softly
        .assertThat(
            served.get(alice, conversation + "/messages/" + seq + "/readers?state=x").problem())
        .isEqualTo("400 invalid state");
    softly.assertAll();
  }

  @Test
  void messagesAreNamedByWhatIsWrongInThem() throws Exception {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("{'type':'text','text':''}", "400 invalid body.text");
    wrong.put("{'type':'text','text':'" + "x".repeat(8_001) + "'}", "400 invalid body.text");
    wrong.put("{'type':'text','text':'" + "語".repeat(7_000) + "'}", "413 too-large body.text");
    wrong.put("{'type':'shout','text':'x'}", "400 invalid body.type");
    wrong.put("{'type':'system','text':'x'}", "400 invalid body.type");
    wrong.put("{'type':'card','text':'x'}", "400 invalid body.card");
    wrong.put("{'type':'card','card':{'card_type':'x'}}", "400 invalid body.card.card_type");
    wrong.put("{'type':'text','text':'x','quote':999}", "404 not-found body.quote");
    wrong.put("{'type':'text','text':'x','all':1}", "400 invalid body.all");
    wrong.put("{'type':'text','text':'x','mentions':['b']}", "400 invalid body.mentions[0]");
    wrong.put(
        "{'type':'text','text':'x','mentions':['aAAAAAAAAAAAAAAAAAAAAAA']}",
        "400 invalid body.mentions[0]");
    SoftAssertions softly = new SoftAssertions();
    int i = 0;
    for (Map.Entry<String, String> one : wrong.entrySet()) {
      JsonObject body = new JsonObject(one.getKey().replace('\'', '"'));
      JsonObject message = new JsonObject().put("ref", "wrong-" + i++).put("body", body);
      softly
          .assertThat(served.post(alice, at(one(), group) + "/messages", message).problem())
          .as(one.getKey().substring(0, Math.min(60, one.getKey().length())))
          .isEqualTo(one.getValue());
    }
    for (String ref : List.of("", "x".repeat(65), "a\nb", "é".repeat(33))) {
      softly
          .assertThat(
              served
                  .post(alice, at(one(), group) + "/messages", Served.message(ref, "x"))
                  .problem())
          .isEqualTo("400 invalid ref");
    }
    softly.assertAll();
  }

  @Test
  void namesAreWhatTheyLookLike() throws Exception {
    JsonObject change = new JsonObject().put("ref", "n1");
    String path = at(one(), group);
    for (String name : List.of("\u202e", " ", "\u0000", "x".repeat(51))) {
      assertThat(served.call(alice, HttpMethod.PATCH, path, change.put("name", name)).problem())
          .isEqualTo("400 invalid name");
    }
    String emoji = "🌍".repeat(50);
    served.call(alice, HttpMethod.PATCH, path, change.put("name", " \u202e" + emoji + "\u0007 "));
    assertThat(served.get(alice, path).json().getString("name")).isEqualTo(emoji);
  }
}
