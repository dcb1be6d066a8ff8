package chat.plenary.bots;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bots elsewhere, and whoever is asked by one, do over HTTP. */
class BotsOverHttpTest {
  private static final String FEED = "/api/v1/feed";

  @TempDir Path directory;
  private Served served;
  private JsonObject bot;
  private String token;

  @BeforeEach
  void open() throws Exception {
    served = new Served(directory);
    bot = bot("count");
    token = bot.getString("token");
  }

  @AfterEach
  void close() throws Exception {
    served.close();
  }

  @Test
  void aSurveyIsAskedInTheLanguageOfTheRequest() throws Exception {
    String group = served.house.group.value();
    String pushes = "/api/v1/surveys/un75/pushes";
    JsonObject push = new JsonObject().put("ref", "p").put("groups", new JsonArray().add(group));
    JsonObject pushed = served.post(served.alice, pushes, push).json();
    long seq = pushed.getJsonArray("messages").getJsonObject(0).getLong("seq");
    String invitation = message(group, seq);

    assertThat(title(served.get(served.alice, invitation + "/card")))
        .isEqualTo("The world in 2045: one minute, seven questions");
    assertThat(title(served.get(served.alice, invitation + "/card", "Accept-Language", "fr-CH")))
        .isEqualTo("Le monde en 2045 : une minute, sept questions");
    served.post(served.alice, invitation + "/answer", press("b", "begin")).json();
    JsonObject direct =
        new JsonObject().put("ref", "d").put("kind", "direct").put("with", pushed.getString("bot"));
    String conversation =
        served.post(served.alice, "/api/v1/conversations", direct).json().getString("id");
    String card = message(conversation, 2);

    String french = "de;q=0.9, fr;q=0.8, en;q=0.1";
    Served.Answer asked =
        served.post(served.alice, card + "/answer", press("a", "agree"), "Accept-Language", french);
    assertThat(title(asked)).startsWith("Quelles devraient être les priorités");
    assertThat(title(served.get(served.alice, card + "/card"))).startsWith("What should");
    assertThat(title(served.get(served.alice, card + "/card", "Accept-Language", ",;q=x,é")))
        .startsWith("What should");
  }

  @Test
  void aFeedThatWaitsIsWokenByWhatIsSaid() throws Exception {
    String group = group("woken", bot);
    String cursor = drain(token, null).getString("cursor");
    CompletableFuture<Served.Answer> waiting =
        served.begin(token, FEED + "?wait=50&cursor=" + cursor, null);
    Thread.sleep(200);
    assertThat(waiting).isNotDone();
    say(group, "wake up");
    JsonObject page = waiting.get(60, TimeUnit.SECONDS).json();
    assertThat(page.getJsonArray("items").encode()).contains("wake up");
    assertThat(page.getString("cursor")).isNotEqualTo(cursor);
  }

  @Test
  void aForgedCursorIsRefusedByName() throws Exception {
    String cursor = drain(token, null).getString("cursor");
    String log = cursor.substring(0, cursor.lastIndexOf('.'));
    for (String forged :
        List.of("x", ".", "AQEA.0", log, log + ".-1", log + "." + "z".repeat(99), "A" + cursor)) {
      assertThat(served.get(token, FEED + "?cursor=" + forged).problem())
          .as(forged)
          .isEqualTo("400 invalid cursor");
    }
    assertThat(served.get(token, FEED + "?wait=51").problem()).isEqualTo("400 invalid wait");
    assertThat(served.get(token, FEED + "?limit=101").problem()).isEqualTo("400 invalid limit");
    assertThat(served.get(served.alice, FEED).problem()).isEqualTo("403 forbidden null");
    assertThat(served.get("b1.forged", FEED).status()).isEqualTo(401);
  }

  @Test
  void theCursorOfAnotherBotShowsNothingOfThatBot() throws Exception {
    JsonObject other = bot("other");
    final String begin = drain(other.getString("token"), null).getString("cursor");
    String others = group("others", other);
    say(others, "for the other alone");
    String own = group("own", bot);
    say(own, "for this one");
    String card = ask(others, other.getString("token"));
    served.post(served.alice, card + "/answer", choose("r1", "a")).json();

    JsonArray items = drain(token, begin).getJsonArray("items");
    assertThat(items.encode()).contains("for this one").doesNotContain("other alone");
    assertThat(items.stream().map(one -> (JsonObject) one))
        .noneMatch(one -> one.containsKey("answer"))
        .allSatisfy(
            one -> assertThat(one.getJsonObject("entry").getString("conversation")).isEqualTo(own));
    assertThat(drain(other.getString("token"), begin).getJsonArray("items").encode())
        .contains("for the other alone", "\"answer\"")
        .doesNotContain("for this one");
  }

  @Test
  void aRemovedBotSeesNothingBeyondItsRemoval() throws Exception {
    String group = group("removed", bot);
    say(group, "before");
    final String early = drain(token, null).getString("cursor");
    JsonObject remove =
        new JsonObject()
            .put("ref", "remove")
            .put("add", new JsonArray())
            .put("remove", new JsonArray().add(bot.getString("id")));
    served.post(served.alice, "/api/v1/conversations/" + group + "/members", remove).json();
    say(group, "behind its back");

    JsonArray all = drain(token, null).getJsonArray("items");
    assertThat(all.encode()).contains("before").doesNotContain("behind");
    JsonArray rest = drain(token, early).getJsonArray("items");
    assertThat(rest).hasSize(1);
    assertThat(rest.getJsonObject(0).getJsonObject("entry").getString("kind"))
        .isEqualTo("members.changed");
    assertThat(served.get(token, "/api/v1/conversations/" + group + "/entries").status())
        .isEqualTo(404);
  }

  @Test
  void anAnswerToTheCardOfABotElsewhereComesOnce() throws Exception {
    String group = group("lunch", bot);
    String card = ask(group, token);
    for (int i = 0; i < 3; i++) {
      JsonObject view = served.post(served.alice, card + "/answer", choose("r1", "a")).json();
      assertThat(view.getString("state")).isEqualTo("answered");
    }
    assertThat(served.post(served.alice, card + "/answer", choose("r2", "b")).problem())
        .isEqualTo("409 conflict ref");
    JsonObject page = drain(token, null);
    List<JsonObject> answers =
        page.getJsonArray("items").stream()
            .map(one -> ((JsonObject) one).getJsonObject("answer"))
            .filter(one -> one != null)
            .toList();
    assertThat(answers).hasSize(1);
    assertThat(answers.get(0).getString("ref")).isEqualTo("r1");
    assertThat(answers.get(0).getString("account")).isEqualTo(served.house.alice.account().value());
    assertThat(drain(token, page.getString("cursor")).getJsonArray("items")).isEmpty();
  }

  private JsonObject bot(String userid) throws Exception {
    return served
        .post(
            served.alice,
            "/api/v1/bots",
            new JsonObject().put("userid", userid).put("name", userid))
        .json();
  }

  private String group(String id, JsonObject member) throws Exception {
    JsonObject create =
        new JsonObject()
            .put("ref", "create")
            .put("kind", "group")
            .put("id", id)
            .put("name", id)
            .put("members", new JsonArray().add(member.getString("id")));
    return served.post(served.alice, "/api/v1/conversations", create).json().getString("id");
  }

  private void say(String group, String text) throws Exception {
    JsonObject body = new JsonObject().put("type", "text").put("text", text);
    served
        .post(
            served.alice,
            "/api/v1/conversations/" + group + "/messages",
            new JsonObject().put("ref", text).put("body", body))
        .json();
  }

  /** A bot puts a vote into a group; the path of its message. */
  private String ask(String group, String asking) throws Exception {
    JsonObject card =
        new JsonObject(
            """
            {"card_type": "vote_interaction", "task_id": "t", "main_title": {"title": "Lunch?"},
             "checkbox": {"question_key": "q", "mode": 0, "option_list":
              [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]},
             "submit_button": {"text": "Send", "key": "submit"}}
            """);
    JsonObject body = new JsonObject().put("type", "card").put("text", "?").put("card", card);
    JsonObject posted =
        served
            .post(
                asking,
                "/api/v1/conversations/" + group + "/messages",
                new JsonObject().put("ref", "ask").put("body", body))
            .json();
    return message(group, posted.getLong("seq"));
  }

  /** Everything from a cursor on, and the cursor after it. */
  private JsonObject drain(String asking, @org.jspecify.annotations.Nullable String from)
      throws Exception {
    JsonArray all = new JsonArray();
    String cursor = from;
    while (true) {
      JsonObject page =
          served
              .get(asking, FEED + "?limit=7" + (cursor == null ? "" : "&cursor=" + cursor))
              .json();
      cursor = page.getString("cursor");
      all.addAll(page.getJsonArray("items"));
      if (page.getJsonArray("items").isEmpty()) {
        return new JsonObject().put("items", all).put("cursor", cursor);
      }
    }
  }

  private static String message(String conversation, long seq) {
    return "/api/v1/conversations/" + conversation + "/messages/" + seq;
  }

  private static JsonObject press(String ref, String key) {
    return new JsonObject().put("ref", ref).put("key", key);
  }

  private static JsonObject choose(String ref, String option) {
    JsonObject selected =
        new JsonObject().put("question_key", "q").put("option_ids", new JsonArray().add(option));
    return press(ref, "submit").put("selected", new JsonArray().add(selected));
  }

  private static String title(Served.Answer view) {
    return view.json().getJsonObject("card").getJsonObject("main_title").getString("title");
  }
}
