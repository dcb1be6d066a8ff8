package chat.plenary.bots.wecom;

import static chat.plenary.bots.House.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import chat.plenary.bots.Served;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What robots say, and what they may not. */
class RobotMessagesTest extends RobotHouse {
  @Test
  void membersAreMentionedByUseridAndStrangersAreNot() throws Exception {
    String key = make("R").getString("key");
    person("carol", "carol's own words");
    String bob = served.house.member("bob").account().value();

    send(
        key,
        """
        {"msgtype":"text","text":{"content":"Look <@BOB>, and <@carol>",
         "mentioned_list":["Alice","carol",null,"nobody"],"mentioned_mobile_list":null}}
        """);
    JsonObject said = last();
    assertThat(said.getString("text")).isEqualTo("Look @bob, and @carol @Alice");
    assertThat(said.getJsonArray("mentions"))
        .containsExactly(bob, served.house.alice.account().value());
    assertThat(said.getBoolean("all")).isNull();

    send(key, "{\"msgtype\":\"text\",\"text\":{\"content\":\"Up\",\"mentioned_list\":[\"@all\"]}}");
    assertThat(last().getBoolean("all")).isTrue();
    assertThat(last().getString("text")).isEqualTo("Up @all");
    send(
        key,
        "{\"msgtype\":\"text\",\"text\":{\"content\":\"\",\"mentioned_mobile_list\":[\"@all\"]}}");
    assertThat(last().getString("text")).isEqualTo("@all");

    send(
        key,
        """
        {"msgtype":"markdown","markdown":{"content":"<font color=\\"warning\\">132</font> for <@bob>"}}
        """);
    assertThat(last().getString("type")).isEqualTo("markdown");
    assertThat(last().getString("text")).isEqualTo("132 for @bob");
    assertThat(last().getJsonArray("mentions")).containsExactly(bob);
    send(key, "{\"msgtype\":\"markdown_v2\",\"markdown_v2\":{\"content\":\"for <@bob>\"}}");
    assertThat(last().getString("text")).isEqualTo("for <@bob>");
    assertThat(last().getJsonArray("mentions")).isNull();
  }

  @Test
  void newsAndNoticesAreCards() throws Exception {
    String key = make("R").getString("key");
    send(
        key,
        """
        {"msgtype":"news","news":{"articles":[{"title":"%s","description":"D",
         "url":"https://e.example/a","picurl":"https://e.example/p.png"}]}}
        """
            .formatted("长".repeat(60)));
    JsonObject card = last().getJsonObject("card");
    assertThat(card.getString("card_type")).isEqualTo("news_notice");
    assertThat(card.getJsonObject("main_title").getString("title")).isEqualTo("长".repeat(42));
    assertThat(card.getJsonObject("card_action").getString("url")).isEqualTo("https://e.example/a");

    send(
        key,
        """
        {"msgtype":"news","news":{"articles":[
         {"title":"One [1]","url":"https://e.example/(1)"},
         {"title":"Two","description":"d *2*","url":"https://e.example/2"}]}}
        """);
    assertThat(last().getString("text"))
        .isEqualTo(
            "- **[One \\[1\\]](<https://e.example/(1)>)**\n"
                + "- **[Two](<https://e.example/2>)**  \n  d \\*2\\*");

    JsonObject answer =
        send(
            key,
            """
            {"msgtype":"template_card","text":{"content":""},"template_card":{"card_type":"text_notice",
             "source":{"icon_url":"","desc":"CI","desc_color":"1"},"main_title":{"title":"T","desc":null},
             "emphasis_content":{},"quote_area":null,"sub_title_text":"S",
             "horizontal_content_list":[{"keyname":"K","value":7,"type":1,"url":"https://e.example"}],
             "jump_list":[{"type":1,"title":"J","url":"https://e.example"}],
             "card_action":{"type":1,"url":"https://e.example"},"unknown":{"x":1}}}
            """);
    assertThat(answer.getInteger("errcode")).as(answer.encode()).isZero();
    card = last().getJsonObject("card");
    assertThat(card.getJsonObject("source").getInteger("desc_color")).isEqualTo(1);
    assertThat(card.getJsonArray("horizontal_content_list").getJsonObject(0).getString("value"))
        .isEqualTo("7");
    assertThat(card.fieldNames()).doesNotContain("unknown", "quote_area", "emphasis_content");
  }

  @Test
  void whatCannotBeTakenIsToldByItsCode() throws Exception {
    String key = make("R").getString("key");
    String article = "{\"title\":\"T\",\"url\":\"https://e.example\"}";
    JsonObject refused = new JsonObject();
    refused.put(text(""), 44004);
    refused.put(text(" \\n"), 0);
    refused.put(text("x".repeat(5_121)), 40058);
    refused.put("{\"msgtype\":\"markdown\",\"markdown\":{\"content\":null}}", 44004);
    refused.put("{\"msgtype\":\"markdown\"}", 44004);
    refused.put("{\"msgtype\":\"image\",\"image\":{\"base64\":\"x\",\"md5\":\"y\"}}", 40008);
    refused.put("{\"msgtype\":\"file\",\"file\":{\"media_id\":\"x\"}}", 40008);
    refused.put("{\"msgtype\":\"voice\"}", 40008);
    refused.put("{\"msgtype\":\"textcard\"}", 40008);
    refused.put("{\"text\":{\"content\":\"x\"}}", 40008);
    refused.put("{\"msgtype\":\"text\",\"text\":\"x\"}", 40058);
    refused.put("{\"msgtype\":\"news\",\"news\":{\"articles\":[]}}", 40058);
    refused.put(
        "{\"msgtype\":\"news\",\"news\":{\"articles\":["
            + (article + ",").repeat(8)
            + article
            + "]}}",
        45008);
    refused.put(
        "{\"msgtype\":\"news\",\"news\":{\"articles\":[{\"title\":\"T\",\"url\":\"javascript:1\"}]}}",
        40058);
    refused.put(
        "{\"msgtype\":\"template_card\",\"template_card\":{\"card_type\":\"vote_interaction\"}}",
        48002);
    refused.put("{\"msgtype\":\"template_card\",\"template_card\":{}}", 40058);
    refused.put("", 40035);
    refused.put("[]", 40035);
    refused.put("{\"msgtype\":", 40035);
    refused.put("[".repeat(20_000), 40035);
    refused.put(text("x".repeat(70_000)), 45002);
    for (String body : refused.fieldNames()) {
      assertThat(code(key, body))
          .as(body.substring(0, Math.min(80, body.length())))
          .isEqualTo(refused.getInteger(body));
    }
    assertThat(send(key, text("x".repeat(5_121))).getString("errmsg"))
        .isEqualTo("text.content exceed max length 5120. invalid Request Parameter");
    assertThat(
            send(
                    key,
                    "{\"msgtype\":\"markdown\",\"markdown\":{\"content\":\"%s\"}}"
                        .formatted("长".repeat(1_366)))
                .getString("errmsg"))
        .isEqualTo("markdown.content exceed max length 4096. invalid Request Parameter");
    assertThat(
            send(
                    key,
                    """
                    {"msgtype":"template_card","template_card":{"card_type":"text_notice",
                     "main_title":{"title":"T"}}}
                    """)
                .getString("errmsg"))
        .startsWith("template_card.card_action ");
  }

  @Test
  void aRobotSpeaksTwentyTimesAMinute() throws Exception {
    String key = make("R").getString("key");
    List<CompletableFuture<Served.Answer>> all = new ArrayList<>();
    for (int i = 0; i < 26; i++) {
      all.add(served.begin(null, HOOK + key, new JsonObject(text("m" + i))));
    }
    List<Integer> codes = new ArrayList<>();
    for (CompletableFuture<Served.Answer> one : all) {
      codes.add(await(io.vertx.core.Future.fromCompletionStage(one)).json().getInteger("errcode"));
    }
    assertThat(codes).containsOnly(0, 45009);
    assertThat(codes.stream().filter(code -> code == 0)).hasSize(Pace.MOST);
    assertThat(send(key, text("more")).getString("errmsg")).isEqualTo("api freq out of limit");
    // Another robot of the group has a minute of its own.
    assertThat(code(make("S").getString("key"), text("x"))).isZero();
  }

  @Test
  void keysAreNotLogged() throws Exception {
    ListAppender<ILoggingEvent> seen = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Logger ours = (Logger) LoggerFactory.getLogger("chat.plenary");
    Level before = ours.getLevel();
    seen.start();
    root.addAppender(seen);
    ours.setLevel(Level.DEBUG);
    try {
      String key = make("R").getString("key");
      for (String body : List.of(text("x"), "{", text(""))) {
        send(key, body);
      }
      storeIsClosed = true;
      await(served.house.store.close());
      assertThat(code(key, text("x"))).isEqualTo(-1);
      assertThat(seen.list).isNotEmpty();
      assertThat(seen.list)
          .allSatisfy(
              event ->
                  assertThat(event.getFormattedMessage() + event.getThrowableProxy())
                      .doesNotContain(key));
    } finally {
      ours.setLevel(before);
      root.detachAppender(seen);
    }
  }
}
