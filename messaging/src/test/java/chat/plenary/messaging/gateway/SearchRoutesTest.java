package chat.plenary.messaging.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.Waiting;
import chat.plenary.messaging.id.OrganisationId;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Search as strangers meet it. */
class SearchRoutesTest {
  @TempDir Path directory;
  private Served served;
  private String alice;
  private String bob;
  private String group;

  @BeforeEach
  void open() throws Exception {
    served = new Served(directory);
    alice = served.token("alice");
    bob = served.token("bob");
    group = served.group(alice, "week-3");
  }

  @AfterEach
  void close() throws Exception {
    served.close();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void say(String token, String ref, String text) throws Exception {
    Served.Answer answer =
        served.post(
            token, "/api/v1/conversations/" + group + "/messages", Served.message(ref, text));
    assertThat(answer.status()).isEqualTo(200);
  }

  private Served.Answer search(String token, String query) throws Exception {
    return served.get(token, "/api/v1/conversations/" + group + "/search?" + query);
  }

  @Test
  void aMemberFindsWhatWasSaid() throws Exception {
    say(alice, "1", "明天有在线会议");
    say(bob, "2", "会议取消了");
    JsonObject answer = search(bob, "q=" + encoded("会议")).json();
    assertThat(answer.getJsonArray("hits")).hasSize(2);
    JsonObject first = answer.getJsonArray("hits").getJsonObject(0);
    assertThat(first.getJsonObject("entry").getString("sender")).isEqualTo(served.bob.value());
    assertThat(first.getJsonArray("excerpt"))
        .isEqualTo(
            new JsonArray()
                .add(new JsonObject().put("text", "会议").put("hit", true))
                .add(new JsonObject().put("text", "取消了")));
    assertThat(answer.getValue("next")).isNull();
    assertThat(answer.getLong("searched")).isEqualTo(1);
    assertThat(answer.getJsonObject("head").getLong("seq")).isEqualTo(3);
    JsonObject page = search(bob, "limit=1&q=" + encoded("会议")).json();
    assertThat(page.getLong("next")).isEqualTo(3);
    assertThat(search(bob, "before=3&q=" + encoded("会议")).json().getJsonArray("hits")).hasSize(1);

    JsonObject everywhere = served.get(bob, "/api/v1/search?q=" + encoded("会")).json();
    JsonObject found = everywhere.getJsonArray("conversations").getJsonObject(0);
    assertThat(found.getString("conversation")).isEqualTo(group);
    assertThat(found.getJsonArray("hits")).hasSize(2);
    assertThat(found.getBoolean("more")).isFalse();
    assertThat(everywhere.getLong("searched")).isEqualTo(1);
    assertThat(everywhere.getValue("next")).isNull();
  }

  @Test
  void aSearchIsNarrowedToPeopleAndTimes() throws Exception {
    say(alice, "1", "budget one");
    String between = served.clock.instant().plusMillis(500).toString();
    served.clock.pass(java.time.Duration.ofSeconds(1));
    say(bob, "2", "budget two");
    assertThat(search(bob, "q=budget&from=" + served.alice.value()).json().getJsonArray("hits"))
        .hasSize(1);
    assertThat(text(search(bob, "q=budget&since=" + between))).isEqualTo("budget two");
    assertThat(text(search(bob, "q=budget&until=" + between))).isEqualTo("budget one");
    assertThat(
            search(bob, "q=budget&since=" + between + "&until=" + between)
                .json()
                .getJsonArray("hits"))
        .isEmpty();
    assertThat(search(bob, "q=budget&kinds=captions").json().getJsonArray("hits")).isEmpty();
    assertThat(search(bob, "q=budget&meeting=mAAAAAAAAAAAAAAAAAAAAAA").json().getJsonArray("hits"))
        .isEmpty();
  }

  private static String text(Served.Answer answer) {
    JsonArray hits = answer.json().getJsonArray("hits");
    assertThat(hits).hasSize(1);
    return hits.getJsonObject(0).getJsonObject("entry").getJsonObject("body").getString("text");
  }

  @ParameterizedTest
  @CsvSource({
    "limit=5, q",
    "q=, q",
    "q=%20, q",
    "q=%22%22, q",
    "q=a+b+c+d+e+f+g+h+i, q",
    "q=a&kinds=files, kinds",
    "q=a&from=nobody, from",
    "q=a&meeting=none, meeting",
    "q=a&since=yesterday, since",
    "q=a&until=2026-12-02, until",
    "q=a&before=0, before",
    "q=a&limit=51, limit",
    "q=a&limit=x, limit",
  })
  void whatIsWrongIsNamed(String query, String field) throws Exception {
    assertThat(search(bob, query).problem()).isEqualTo("400 invalid " + field);
  }

  @Test
  void whatIsWrongWithASearchEverywhereIsNamed() throws Exception {
    String path = "/api/v1/search?";
    assertThat(served.get(bob, path + "q=" + "a".repeat(101)).problem()).isEqualTo("400 invalid q");
    assertThat(served.get(bob, path + "q=a&after=x").problem()).isEqualTo("400 invalid after");
    assertThat(served.get(bob, path + "q=a&after=" + "9".repeat(300)).problem())
        .isEqualTo("400 invalid after");
    assertThat(served.get(bob, path + "q=a&limit=21").problem()).isEqualTo("400 invalid limit");
    assertThat(served.get(bob, path + "q=a&kinds=x").problem()).isEqualTo("400 invalid kinds");
    assertThat(served.get(null, path + "q=a").status()).isEqualTo(401);
  }

  @Test
  void strangersAndRemovedMembersFindNothing() throws Exception {
    say(alice, "1", "the needle");
    OrganisationId other =
        Waiting.await(served.chat.organisations().create("Other", "eve", "Eve", Served.PASSWORD));
    assertThat(other).isNotNull();
    String eve = served.signIn("Other", "eve").getString("accessToken");
    served.join(served.organisation, served.alice, "carol");
    String carol = served.token("carol");
    for (String stranger : new String[] {eve, carol}) {
      assertThat(search(stranger, "q=needle").problem()).isEqualTo("404 not-found");
      assertThat(search(stranger, "q=needle").json())
          .isEqualTo(
              served
                  .get(stranger, "/api/v1/conversations/gAAAAAAAAAAAAAAAAAAAAAA/search?q=needle")
                  .json());
      assertThat(
              served.get(stranger, "/api/v1/search?q=needle").json().getJsonArray("conversations"))
          .isEmpty();
    }
    assertThat(served.get(bob, "/api/v1/search?q=needle").json().getJsonArray("conversations"))
        .hasSize(1);
    JsonObject removal =
        new JsonObject().put("ref", "out").put("remove", new JsonArray().add(served.bob.value()));
    assertThat(
            served
                .call(
                    alice, HttpMethod.POST, "/api/v1/conversations/" + group + "/members", removal)
                .status())
        .isEqualTo(200);
    assertThat(search(bob, "q=needle").problem()).isEqualTo("404 not-found");
    assertThat(served.get(bob, "/api/v1/search?q=needle").json().getJsonArray("conversations"))
        .isEmpty();
    assertThat(
            served
                .get(bob, "/api/v1/conversations/o" + group.substring(1) + "/search?q=a")
                .problem())
        .isEqualTo("404 not-found");
  }
}
