package chat.plenary.bots.wecom;

import static chat.plenary.bots.House.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.bots.Served;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.cp.api.WxCpService;
import me.chanjar.weixin.cp.api.impl.WxCpServiceImpl;
import me.chanjar.weixin.cp.bean.WxCpAgent;
import me.chanjar.weixin.cp.bean.article.NewArticle;
import me.chanjar.weixin.cp.bean.message.WxCpGroupRobotMessage;
import me.chanjar.weixin.cp.bean.message.WxCpMessage;
import me.chanjar.weixin.cp.bean.message.WxCpMessageSendResult;
import me.chanjar.weixin.cp.bean.templatecard.HorizontalContent;
import me.chanjar.weixin.cp.config.impl.WxCpDefaultConfigImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library that was written for WeChat Work, as it is: only the address of the server changes. */
class WxJavaTest {
  @TempDir Path directory;
  private Served served;
  private WxCpDefaultConfigImpl config;
  private WxCpService client;

  @BeforeEach
  void open() throws Exception {
    served = new Served(directory);
    config = new WxCpDefaultConfigImpl();
    config.setBaseApiUrl("http://127.0.0.1:" + served.port);
    client = new WxCpServiceImpl();
    client.setWxCpConfigStorage(config);
  }

  @AfterEach
  void close() throws Exception {
    served.close();
  }

  private JsonArray told(Caller who, ConversationId conversation) throws Exception {
    JsonArray bodies = new JsonArray();
    await(served.house.chat.history().page(who, conversation, 0, -1, 100))
        .entries()
        .forEach(
            entry -> {
              if (entry.entry().kind().equals("message.posted")) {
                bodies.add(entry.toJson().getValue("body"));
              }
            });
    return bodies;
  }

  /** An application that the client speaks for. */
  private JsonObject application() throws Exception {
    JsonObject made =
        served
            .post(served.alice, "/api/v1/applications", new JsonObject().put("name", "App"))
            .json();
    config.setCorpId(made.getString("corpid"));
    config.setCorpSecret(made.getString("secret"));
    config.setAgentId(made.getInteger("agentid"));
    return made;
  }

  @Test
  void itsGroupRobotServicePostsIntoTheGroup() throws Exception {
    String robots = "/api/v1/conversations/" + served.house.group.value() + "/robots";
    String key =
        served
            .post(served.alice, robots, new JsonObject().put("name", "WxJava"))
            .json()
            .getString("key");
    config.setWebhookKey(key);
    var robot = client.getGroupRobotService();

    robot.sendText("Hello", List.of("bob"), null);
    robot.sendMarkdown("**132** <font color=\"warning\">errors</font>");
    robot.sendNews(
        List.of(
            NewArticle.builder()
                .title("News")
                .description("D")
                .url("https://e.example/n")
                .picUrl("https://e.example/p.png")
                .build()));
    WxCpGroupRobotMessage card =
        new WxCpGroupRobotMessage()
            .setMsgType("template_card")
            .setCardType("text_notice")
            .setMainTitleTitle("Disk full")
            .setMainTitleDesc("db1")
            .setHorizontalContents(
                List.of(HorizontalContent.builder().keyname("Host").value("db1").build()))
            .setCardActionType(1)
            .setCardActionUrl("https://e.example/c");
    robot.sendTemplateCardMessage(config.getApiUrl("/cgi-bin/webhook/send?key=") + key, card);

    JsonArray bodies = told(served.house.alice, served.house.group);
    assertThat(bodies).hasSize(4);
    assertThat(bodies.getJsonObject(0).getString("text")).isEqualTo("Hello @bob");
    assertThat(bodies.getJsonObject(0).getJsonArray("mentions"))
        .containsExactly(served.house.member("bob").account().value());
    assertThat(bodies.getJsonObject(1).getString("text")).isEqualTo("**132** errors");
    assertThat(bodies.getJsonObject(2).getJsonObject("card").getString("card_type"))
        .isEqualTo("news_notice");
    assertThat(
            bodies
                .getJsonObject(3)
                .getJsonObject("card")
                .getJsonObject("main_title")
                .getString("title"))
        .isEqualTo("Disk full");

    config.setWebhookKey(key.replace('-', '0'));
    assertThatThrownBy(() -> robot.sendText("x", null, null))
        .isInstanceOfSatisfying(
            WxErrorException.class, e -> assertThat(e.getError().getErrorCode()).isEqualTo(93000));
  }

  @Test
  void itsMessageServiceWritesToMembers() throws Exception {
    JsonObject made = application();

    WxCpMessageSendResult text =
        client
            .getMessageService()
            .send(WxCpMessage.TEXT().toUser("bob|Nobody").content("Hello").build());
    assertThat(text.getErrCode()).isZero();
    assertThat(text.getInvalidUserList()).containsExactly("nobody");
    client
        .getMessageService()
        .send(
            WxCpMessage.TEXTCARD()
                .toUser("bob")
                .title("T")
                .description("D")
                .url("https://e.example")
                .btnTxt("more")
                .build());
    client.getMessageService().send(WxCpMessage.MARKDOWN().toUser("bob").content("**b**").build());
    client
        .getMessageService()
        .send(
            WxCpMessage.NEWS()
                .toUser("bob")
                .addArticle(NewArticle.builder().title("N").url("https://e.example").build())
                .build());
    client
        .getMessageService()
        .send(
            WxCpMessage.TEMPLATECARD()
                .toUser("bob")
                .cardType("text_notice")
                .mainTitleTitle("Card")
                .cardActionType(1)
                .cardActionUrl("https://e.example")
                .build());

    Caller bob = served.house.member("bob");
    ConversationId direct =
        ConversationId.direct(
            bob.organisation(), new AccountId(made.getString("account")), bob.account());
    JsonArray bodies = told(bob, direct);
    assertThat(bodies).hasSize(5);
    assertThat(bodies.getJsonObject(0).getString("text")).isEqualTo("Hello");
    JsonObject textcard = bodies.getJsonObject(1).getJsonObject("card");
    assertThat(textcard.getJsonArray("jump_list").getJsonObject(0).getString("title"))
        .isEqualTo("more");
    assertThat(bodies.getJsonObject(2).getString("type")).isEqualTo("markdown");
    assertThat(bodies.getJsonObject(3).getJsonObject("card")).isNotNull();
    assertThat(bodies.getJsonObject(4).getJsonObject("card")).isNotNull();

    client.getMessageService().recall(text.getMsgId());
    assertThat(told(bob, direct).getValue(0)).isNull();

    WxCpAgent agent = client.getAgentService().get(made.getInteger("agentid"));
    assertThat(agent.getName()).isEqualTo("App");
    assertThat(agent.getClose()).isZero();
  }

  @Test
  void itGetsAnotherTokenWhereItsOwnHasEnded() throws Exception {
    application();
    String token = client.getAccessToken();
    config.updateAccessToken(token.substring(0, token.length() - 2) + "AA", 7_200);

    WxCpMessageSendResult sent =
        client.getMessageService().send(WxCpMessage.TEXT().toUser("bob").content("x").build());
    assertThat(sent.getErrCode()).isZero();
    assertThat(config.getAccessToken()).isNotEqualTo(token.substring(0, token.length() - 2) + "AA");
  }
}
