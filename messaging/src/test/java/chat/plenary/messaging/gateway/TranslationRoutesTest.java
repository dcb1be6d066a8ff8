package chat.plenary.messaging.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.http.Pages;
import chat.plenary.messaging.http.Route;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Translations over HTTP: who may ask what, and what is refused. */
class TranslationRoutesTest {
  @TempDir Path directory;
  private Served served;
  private String alice;
  private String bob;
  private String group;

  @BeforeEach
  void open() throws Exception {
    // The endpoints are made when they are asked: the chat that they are over does not exist
    // before.
    List<Route> routes = new ArrayList<>();
    for (Route route : new TranslationRoutes(null).routes()) {
      routes.add(
          new Route(
              route.method(),
              route.path(),
              route.access(),
              route.summary(),
              route.requestSchema(),
              route.responseSchema(),
              request -> same(route).handler().apply(request),
              route.parameters(),
              route.manners()));
    }
    served = new Served(directory, routes, Pages.none(), Served.options());
    alice = served.token("alice");
    bob = served.token("bob");
    JsonObject create =
        new JsonObject()
            .put("ref", "c")
            .put("kind", "group")
            .put("id", "g")
            .put("name", "Group")
            .put("members", new JsonArray().add(served.bob.value()));
    group = served.post(alice, "/api/v1/conversations", create).json().getString("id");
  }

  private Route same(Route route) {
    return new TranslationRoutes(TestTranslations.open(served.store, served.chat))
        .routes().stream()
            .filter(one -> one.path().equals(route.path()) && one.method().equals(route.method()))
            .findFirst()
            .orElseThrow();
  }

  @AfterEach
  void close() throws Exception {
    served.close();
  }

  private Served.Answer put(String token, String path, JsonObject body) throws Exception {
    return served.call(token, HttpMethod.PUT, path, body);
  }

  private Served.Answer patch(String token, JsonObject body) throws Exception {
    return served.call(token, HttpMethod.PATCH, "/api/v1/conversations/" + group, body);
  }

  @Test
  void aGroupSaysWhatItSpeaksAndWhereItsTextsMayGo() throws Exception {
    JsonObject speaks =
        new JsonObject()
            .put("ref", "s")
            .put("languages", new JsonArray().add("en").add("ZH-hant").add("en"))
            .put("translation", "outside");
    assertThat(patch(bob, speaks).problem()).startsWith("403 forbidden");
    assertThat(patch(alice, speaks).status()).isEqualTo(200);
    JsonObject shown = served.get(bob, "/api/v1/conversations/" + group).json();
    assertThat(shown.getJsonArray("languages")).containsExactly("en", "zh-Hant");
    assertThat(shown.getString("translation")).isEqualTo("outside");
    for (Object wrong : List.of("english", "e", "en-", "../x", "en-latin1")) {
      JsonArray languages = new JsonArray().add(wrong);
      assertThat(patch(alice, new JsonObject().put("ref", "w").put("languages", languages)).text())
          .contains("languages[0]");
    }
    assertThat(
            patch(alice, new JsonObject().put("ref", "w").put("translation", "everywhere")).text())
        .contains("\"translation\"");
    JsonArray seven = new JsonArray(List.of("en", "es", "fr", "ru", "zh", "ar", "de"));
    assertThat(patch(alice, new JsonObject().put("ref", "w").put("languages", seven)).text())
        .contains("at most 6");
  }

  @Test
  void aMemberSaysWhichLanguageTheyRead() throws Exception {
    String path = "/api/v1/me/language";
    assertThat(served.get(bob, path).json()).isEqualTo(new JsonObject().putNull("language"));
    assertThat(put(bob, path, new JsonObject().put("language", "pt-br")).json())
        .isEqualTo(new JsonObject().put("language", "pt-BR"));
    assertThat(served.get(bob, path).json().getString("language")).isEqualTo("pt-BR");
    assertThat(served.get(alice, path).json().getString("language")).isNull();
    assertThat(put(bob, path, new JsonObject().put("language", "klingon")).text())
        .contains("language");
    assertThat(put(bob, path, new JsonObject().putNull("language")).json().getString("language"))
        .isNull();
    assertThat(served.get(null, path).status()).isEqualTo(401);
  }

  @Test
  void theGlossaryIsTheAdministrators() throws Exception {
    String path = "/api/v1/organisation/glossary";
    JsonObject term =
        new JsonObject()
            .put("from", "chair")
            .put("to", "presidencia")
            .put("language", "en")
            .put("into", "es");
    JsonObject terms = new JsonObject().put("terms", new JsonArray().add(term));
    assertThat(put(bob, path, terms).problem()).startsWith("403 forbidden");
    assertThat(put(alice, path, terms).json()).isEqualTo(terms);
    assertThat(served.get(alice, path).json()).isEqualTo(terms);
    assertThat(put(alice, path, new JsonObject()).text()).contains("\"terms\"");
    JsonObject long_ = term.copy().put("to", "x".repeat(101));
    assertThat(
            put(alice, path, new JsonObject().put("terms", new JsonArray().add(term).add(long_)))
                .text())
        .contains("terms[1].to");
    JsonArray many = new JsonArray();
    for (int i = 0; i <= 500; i++) {
      many.add(term);
    }
    assertThat(put(alice, path, new JsonObject().put("terms", many)).text())
        .contains("at most 500");
  }

  @Test
  void translationsAreTheMembersAndBounded() throws Exception {
    String path = "/api/v1/conversations/" + group + "/translations";
    JsonObject post =
        new JsonObject()
            .put("ref", "m")
            .put("body", new JsonObject().put("type", "text").put("text", "We begin at nine."));
    long seq =
        served
            .post(alice, "/api/v1/conversations/" + group + "/messages", post)
            .json()
            .getLong("seq");
    JsonObject found = served.get(bob, path + "?language=es&from=1&to=" + seq).json();
    assertThat(found.getJsonArray("pending")).containsExactly((int) seq);
    assertThat(served.get(bob, path).text()).contains("\"language\"");
    assertThat(served.get(bob, path + "?language=x").text()).contains("\"language\"");
    assertThat(served.get(bob, path + "?language=es&from=1&to=101").text()).contains("\"to\"");
    assertThat(served.get(bob, path + "?language=es&from=0").text()).contains("\"from\"");
    assertThat(served.get(bob, path + "?language=es&from=900&to=950").json())
        .isEqualTo(
            new JsonObject().put("translations", new JsonArray()).put("pending", new JsonArray()));
    served.join(served.organisation, served.alice, "carol");
    assertThat(served.get(served.token("carol"), path + "?language=es").problem())
        .startsWith("404 not-found");
  }
}
