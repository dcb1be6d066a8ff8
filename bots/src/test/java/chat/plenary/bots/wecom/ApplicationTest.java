package chat.plenary.bots.wecom;

import static chat.plenary.bots.House.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.bots.Served;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.organisation.Joining;
import chat.plenary.messaging.store.Query;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What administrators who make an application, and its programs, see. */
class ApplicationTest {
  private static final String APPLICATIONS = "/api/v1/applications";
  private static final String TOKEN = "/cgi-bin/gettoken";
  private static final String SEND = "/cgi-bin/message/send";
  private static final String RECALL = "/cgi-bin/message/recall";

  @TempDir Path directory;
  private Served served;
  private JsonObject made;
  private int agentid;
  private String token;

  @BeforeEach
  void open() throws Exception {
    served = new Served(directory);
    made = served.post(served.alice, APPLICATIONS, new JsonObject().put("name", "Build")).json();
    agentid = made.getInteger("agentid");
    token = token(made).getString("access_token");
  }

  @AfterEach
  void close() throws Exception {
    served.close();
  }

  private JsonObject token(JsonObject application) throws Exception {
    return token(application.getString("corpid"), application.getString("secret"));
  }

  private JsonObject token(String corpid, String secret) throws Exception {
    return served.get(null, TOKEN + "?corpid=" + corpid + "&&corpsecret=" + secret).json();
  }

  private JsonObject call(String path, JsonObject body) throws Exception {
    Served.Answer answer = served.raw(path + "?access_token=" + token, body.encode() + "\n");
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  private JsonObject message(String to, String text) {
    return new JsonObject()
        .put("touser", to)
        .put("msgtype", "text")
        .put("agentid", agentid)
        .put("text", new JsonObject().put("content", text))
        .put("safe", 0);
  }

  private List<String> told(Caller who) throws Exception {
    ConversationId direct =
        ConversationId.direct(
            who.organisation(), new AccountId(made.getString("account")), who.account());
    List<String> texts = new ArrayList<>();
    await(served.house.chat.history().page(who, direct, 0, -1, 100))
        .entries()
        .forEach(
            entry -> {
              if (entry.entry().kind().equals("message.posted")) {
                JsonObject body = entry.toJson().getJsonObject("body");
                texts.add(body == null ? null : body.getString("text"));
              }
            });
    return texts;
  }

  private Caller bob() throws Exception {
    return served.house.member("bob");
  }

  @Test
  void anAdministratorMakesAnApplicationAndItsSecretIsToldOnce() throws Exception {
    assertThat(agentid).isEqualTo(1_000_002);
    assertThat(made.getString("corpid")).isEqualTo(served.house.alice.organisation().value());
    String secret = made.getString("secret");
    JsonObject listed = served.get(served.alice, APPLICATIONS).json();
    assertThat(listed.encode()).doesNotContain(secret);
    assertThat(listed.getJsonArray("applications").getJsonObject(0).getBoolean("active")).isTrue();
    assertThat(await(served.house.store.find(Query.in(Applications.COLLECTION, "_id"))).toString())
        .doesNotContain(secret);
    JsonObject second =
        served.post(served.alice, APPLICATIONS, new JsonObject().put("name", "Two")).json();
    assertThat(second.getInteger("agentid")).isEqualTo(1_000_003);
    JsonObject page = served.get(served.alice, APPLICATIONS + "?limit=1").json();
    assertThat(
            served
                .get(served.alice, APPLICATIONS + "?limit=1&after=" + page.getString("next"))
                .json()
                .getJsonArray("applications")
                .getJsonObject(0)
                .getInteger("agentid"))
        .isEqualTo(1_000_003);

    var carol = new Joining.Candidate("carol", "C", "carol's own words", Role.MEMBER, List.of());
    await(served.house.chat.organisations().add(served.house.alice, List.of(carol)));
    String hers = served.signIn("carol", "carol's own words");
    assertThat(served.get(hers, APPLICATIONS).status()).isEqualTo(403);
    assertThat(served.post(hers, APPLICATIONS, new JsonObject().put("name", "X")).status())
        .isEqualTo(403);
    assertThat(served.delete(hers, APPLICATIONS + "/" + agentid)).isEqualTo(403);
    assertThat(served.delete(served.alice, APPLICATIONS + "/1000099")).isEqualTo(404);
  }

  @Test
  void aTokenIsGotForTheSecretAndNothingElse() throws Exception {
    JsonObject answer = token(made);
    assertThat(answer.getInteger("errcode")).isZero();
    assertThat(answer.getString("errmsg")).isEqualTo("ok");
    assertThat(answer.getInteger("expires_in")).isEqualTo(7_200);
    assertThat(answer.getString("access_token")).hasSizeLessThanOrEqualTo(512);
    String query = TOKEN + "?corpid=" + made.getString("corpid");
    assertThat(
            served
                .raw(query + "&corpsecret=" + made.getString("secret"), "")
                .json()
                .getInteger("errcode"))
        .isZero();

    String secret = made.getString("secret");
    assertThat(served.get(null, TOKEN).json().getInteger("errcode")).isEqualTo(41002);
    assertThat(served.get(null, query).json().getInteger("errcode")).isEqualTo(41004);
    assertThat(token("ww1", secret).getInteger("errcode")).isEqualTo(40013);
    assertThat(token(made.getString("corpid"), "x").getInteger("errcode")).isEqualTo(40001);
    OrganisationId other =
        await(
            served
                .house
                .chat
                .organisations()
                .create("Council", "zoe", "Zoe", "correct horse battery"));
    assertThat(token(other.value(), secret).getInteger("errcode")).isEqualTo(40001);
  }

  @Test
  void aMessageArrivesInTheDirectConversationWithTheBot() throws Exception {
    JsonObject answer = call(SEND, message("BOB | nobody|Zed ", "built"));
    assertThat(answer.getInteger("errcode")).isZero();
    assertThat(answer.getString("invaliduser")).isEqualTo("nobody|zed");
    assertThat(answer.fieldNames())
        .contains(
            "errmsg", "invalidparty", "invalidtag", "unlicenseduser", "msgid", "response_code");
    assertThat(told(bob())).containsExactly("built");

    call(SEND, message("@all", "to all").put("agentid", "" + agentid).put("safe", "0"));
    assertThat(told(bob())).containsExactly("built", "to all");
    assertThat(told(served.house.alice)).containsExactly("to all");

    JsonObject parties = call(SEND, message("bob", "x").put("toparty", "1|2").put("totag", "" + 7));
    assertThat(parties.getInteger("errcode")).isZero();
    assertThat(parties.getString("invalidparty")).isEqualTo("1|2");
    assertThat(parties.getString("invalidtag")).isEqualTo("7");
    assertThat(call(SEND, message("", "x").put("toparty", "1")).getInteger("errcode"))
        .isEqualTo(81013);
    assertThat(call(SEND, message("nobody", "x")).getInteger("errcode")).isEqualTo(81013);
    assertThat(call(SEND, message(" | ", "x")).getInteger("errcode")).isEqualTo(40063);
    assertThat(call(SEND, message("u|".repeat(1_001), "x")).getInteger("errcode")).isEqualTo(40032);
    assertThat(call(SEND, message("bob", "x").put("agentid", 1)).getInteger("errcode"))
        .isEqualTo(40056);
    assertThat(call(SEND, message("bob", "x").putNull("agentid")).getInteger("errcode"))
        .isEqualTo(41011);
    assertThat(call(SEND, message("bob", " ")).getInteger("errcode")).isEqualTo(44004);
    assertThat(call(SEND, message("bob", "x").put("msgtype", "video")).getInteger("errcode"))
        .isEqualTo(40008);
  }

  @Test
  void textsAndCardsAreWhatMembersRead() throws Exception {
    call(
        SEND,
        message("bob", "See <a href=\"https://e.example/1\">the log</a>\n" + "长".repeat(900)));
    String text = told(bob()).get(0);
    assertThat(text).startsWith("See the log ( https://e.example/1 )\n长").endsWith("长");
    assertThat(text.length()).isLessThan(720);

    JsonObject card =
        message("bob", "")
            .put("msgtype", "textcard")
            .put(
                "textcard",
                new JsonObject()
                    .put("title", "T")
                    .put("description", "<div class=\"gray\">today</div><div>One<br>two</div>")
                    .put("url", "https://e.example"));
    assertThat(call(SEND, card).getInteger("errcode")).isZero();
    assertThat(told(bob()).get(1)).isEqualTo("T\ntoday\nOne\ntwo");
    card.getJsonObject("textcard").remove("url");
    assertThat(call(SEND, card).getString("errmsg"))
        .isEqualTo("textcard.url missing. invalid Request Parameter");
  }

  @Test
  void theSameRequestIsOneMessageWhereThatIsAskedFor() throws Exception {
    JsonObject once = message("bob", "once").put("enable_duplicate_check", 1);
    List<CompletableFuture<Served.Answer>> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(served.begin(null, SEND + "?access_token=" + token, once));
    }
    List<String> ids = new ArrayList<>();
    for (CompletableFuture<Served.Answer> one : all) {
      ids.add(await(io.vertx.core.Future.fromCompletionStage(one)).json().getString("msgid"));
    }
    assertThat(ids).containsOnly(ids.get(0)).doesNotContainNull();
    assertThat(call(SEND, once).getString("msgid")).isEqualTo(ids.get(0));
    assertThat(told(bob())).containsExactly("once");

    call(SEND, message("bob", "again"));
    call(SEND, message("bob", "again"));
    assertThat(told(bob())).containsExactly("once", "again", "again");
  }

  @Test
  void aRequestThatWasToldToComeAgainIsTheSameMessage() throws Exception {
    Sent sent = new Sent(served.house.store, Clock.systemUTC());
    Application application =
        await(
                new Applications(served.house.chat, served.house.store)
                    .find(served.house.alice.organisation(), agentid))
            .application();
    Sent.Begun first = await(sent.begin(application, "request", null));
    await(sent.busy(first));
    Sent.Begun second = await(sent.begin(application, "request", null));
    assertThat(second.msgid()).isEqualTo(first.msgid());
    Sent.Begun other = await(sent.begin(application, "request", null));
    assertThat(other.msgid()).isNotEqualTo(first.msgid());

    Sent.Begun once = await(sent.begin(application, "other", Duration.ofMinutes(1)));
    await(sent.busy(once));
    assertThat(await(sent.begin(application, "other", Duration.ofMinutes(1)))).isEqualTo(once);
    Sent later =
        new Sent(served.house.store, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(61)));
    assertThat(await(later.begin(application, "other", Duration.ofMinutes(1))).msgid())
        .isNotEqualTo(once.msgid());
  }

  @Test
  void aMessageIsTakenBackFromAllWhoHaveIt() throws Exception {
    String msgid = call(SEND, message("bob|alice", "oops")).getString("msgid");
    assertThat(call(RECALL, new JsonObject().put("msgid", msgid)).getInteger("errcode")).isZero();
    assertThat(told(bob())).containsExactly((String) null);
    assertThat(told(served.house.alice)).containsExactly((String) null);
    assertThat(call(RECALL, new JsonObject().put("msgid", msgid)).getInteger("errcode")).isZero();
    assertThat(call(RECALL, new JsonObject()).getInteger("errcode")).isEqualTo(40058);

    JsonObject second =
        served.post(served.alice, APPLICATIONS, new JsonObject().put("name", "Two")).json();
    final String own = call(SEND, message("bob", "mine")).getString("msgid");
    token = token(second).getString("access_token");
    assertThat(call(RECALL, new JsonObject().put("msgid", own)).getInteger("errcode"))
        .isEqualTo(40058);
    assertThat(told(bob())).containsExactly(null, "mine");
  }

  @Test
  void tokensEndWithTheirTimeTheirSecretAndTheirApplication() throws Exception {
    String send = SEND + "?access_token=";
    JsonObject hello = message("bob", "hello");
    assertThat(served.raw(SEND, hello.encode()).json().getInteger("errcode")).isEqualTo(41001);
    assertThat(served.raw(send + "x", hello.encode()).json().getInteger("errcode"))
        .isEqualTo(40014);
    String forged = token.substring(0, token.length() - 2) + "AA";
    assertThat(served.raw(send + forged, hello.encode()).json().getInteger("errcode"))
        .isEqualTo(42001);

    AccessTokens old =
        new AccessTokens(
            served.house.chat.log().secret("wecom access tokens"),
            Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-7_201)));
    Application application =
        await(
                new Applications(served.house.chat, served.house.store)
                    .find(served.house.alice.organisation(), agentid))
            .application();
    assertThat(
            served.raw(send + old.issue(application), hello.encode()).json().getInteger("errcode"))
        .isEqualTo(42001);

    await(
        served
            .house
            .chat
            .organisations()
            .change(served.house.alice, application.account(), null, null, true, null));
    assertThat(call(SEND, hello).getInteger("errcode")).isEqualTo(50003);
    assertThat(token(made).getInteger("errcode")).isEqualTo(50003);
    await(
        served
            .house
            .chat
            .organisations()
            .change(served.house.alice, application.account(), null, null, false, null));
    assertThat(call(SEND, hello).getInteger("errcode")).isZero();

    JsonObject fresh =
        served
            .post(served.alice, APPLICATIONS + "/" + agentid + "/secret", new JsonObject())
            .json();
    assertThat(call(SEND, hello).getInteger("errcode")).isEqualTo(42001);
    assertThat(token(made).getInteger("errcode")).isEqualTo(40001);
    token = token(fresh).getString("access_token");
    assertThat(call(SEND, hello).getInteger("errcode")).isZero();
    assertThat(served.delete(served.alice, APPLICATIONS + "/" + agentid)).isEqualTo(204);
    assertThat(call(SEND, hello).getInteger("errcode")).isEqualTo(42001);
    assertThat(token(fresh).getInteger("errcode")).isEqualTo(40001);
  }

  @Test
  void anApplicationTellsOfItself() throws Exception {
    String query = "/cgi-bin/agent/get?agentid=" + agentid + "&access_token=" + token;
    JsonObject answer = served.get(null, query).json();
    assertThat(answer.getInteger("agentid")).isEqualTo(agentid);
    assertThat(answer.getString("name")).isEqualTo("Build");
    assertThat(answer.fieldNames())
        .contains(
            "square_logo_url",
            "description",
            "allow_userinfos",
            "allow_partys",
            "allow_tags",
            "close",
            "redirect_domain",
            "report_location_flag",
            "isreportenter",
            "home_url",
            "customized_publish_status");
    assertThat(
            served
                .get(null, query.replace("agentid=" + agentid, "agentid=7"))
                .json()
                .getInteger("errcode"))
        .isEqualTo(40056);
  }
}
