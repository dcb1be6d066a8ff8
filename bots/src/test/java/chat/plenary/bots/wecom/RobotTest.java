package chat.plenary.bots.wecom;

import static chat.plenary.bots.House.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.bots.House;
import chat.plenary.bots.Served;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.store.Query;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who makes robots, and which of them can speak. */
class RobotTest extends RobotHouse {
  @Test
  void whoAdministersAGroupMakesARobotAndItsKeyIsToldOnce() throws Exception {
    JsonObject made = make("Deploys");
    String key = made.getString("key");
    assertThat(key).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(made.getString("webhook")).isEqualTo(House.URL + HOOK + key);

    assertThat(send(key, text("v7 is out")))
        .isEqualTo(new JsonObject().put("errcode", 0).put("errmsg", "ok"));
    assertThat(last().getString("text")).isEqualTo("v7 is out");

    JsonObject listed = served.get(served.alice, robots).json();
    assertThat(listed.encode()).doesNotContain(key).doesNotContain("webhook");
    JsonObject one = listed.getJsonArray("robots").getJsonObject(0);
    assertThat(one.getString("id")).isEqualTo(made.getString("id"));
    assertThat(one.getString("name")).isEqualTo("Deploys");
    assertThat(one.getBoolean("active")).isTrue();
    assertThat(await(served.house.store.find(Query.in(Robots.COLLECTION, "_id"))).toString())
        .doesNotContain(key);
  }

  @Test
  void anOwnerOfAGroupNeedNotAdministerTheOrganisation() throws Exception {
    String carol = person("carol", "carol's own words");
    JsonObject create =
        new JsonObject()
            .put("ref", "c")
            .put("kind", "group")
            .put("id", "hers")
            .put("name", "Hers")
            .put("members", new JsonArray());
    String group = served.post(carol, "/api/v1/conversations", create).json().getString("id");
    String hers = "/api/v1/conversations/" + group + "/robots";
    JsonObject made = served.post(carol, hers, new JsonObject().put("name", "R")).json();
    assertThat(code(made.getString("key"), text("hello"))).isZero();

    assertThat(served.post(carol, robots, new JsonObject().put("name", "R")).status())
        .isEqualTo(404);
    await(
        served
            .house
            .chat
            .conversations()
            .changeMembers(
                served.house.alice,
                served.house.group,
                List.of(served.house.member("carol").account()),
                List.of(),
                new Ref("carol")));
    assertThat(served.post(carol, robots, new JsonObject().put("name", "R")).problem())
        .isEqualTo("403 forbidden null");
    assertThat(served.get(carol, robots).status()).isEqualTo(403);
    String id = make("Ours").getString("id");
    assertThat(served.delete(carol, robots + "/" + id)).isEqualTo(403);
    assertThat(served.delete(carol, hers + "/" + id)).isEqualTo(404);
  }

  @Test
  void aGroupHasTwentyRobotsHoweverManyAreMadeAtOnce() throws Exception {
    List<CompletableFuture<Served.Answer>> all = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      all.add(served.begin(served.alice, robots, new JsonObject().put("name", "R" + i)));
    }
    long made = 0;
    for (CompletableFuture<Served.Answer> one : all) {
      int status = await(io.vertx.core.Future.fromCompletionStage(one)).status();
      assertThat(status).isIn(201, 409);
      made += status == 201 ? 1 : 0;
    }
    while (made < Robots.MOST) {
      make("More" + made++);
    }
    assertThat(served.post(served.alice, robots, new JsonObject().put("name", "R")).status())
        .isEqualTo(409);

    List<String> ids = new ArrayList<>();
    String next = "";
    for (int i = 0; i < 9 && next != null; i++) {
      String after = next.isEmpty() ? "" : "&after=" + next;
      JsonObject page = served.get(served.alice, robots + "?limit=7" + after).json();
      page.getJsonArray("robots").forEach(one -> ids.add(((JsonObject) one).getString("id")));
      next = page.getString("next");
    }
    assertThat(ids).hasSize(Robots.MOST).doesNotHaveDuplicates();
    assertThat(served.delete(served.alice, robots + "/" + ids.get(3))).isEqualTo(204);
    make("Again");
  }

  @Test
  void whatCannotSpeakAnswersAsIfItsKeyDidNotExist() throws Exception {
    JsonObject made = make("R");
    String key = made.getString("key");
    AccountId id = new AccountId(made.getString("id"));
    String wrong = "{\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}";
    for (String other : List.of("", "x", key.toUpperCase(Locale.ROOT), key.replace('-', '0'))) {
      assertThat(served.raw(HOOK + other, text("x")).text()).isEqualTo(wrong);
    }
    assertThat(served.raw("/cgi-bin/webhook/send", text("x")).text()).isEqualTo(wrong);

    var organisations = served.house.chat.organisations();
    await(organisations.change(served.house.alice, id, null, null, true, null));
    assertThat(served.raw(HOOK + key, text("x")).text()).isEqualTo(wrong);
    // Nothing is told of the body either.
    assertThat(served.raw(HOOK + key, "{").text()).isEqualTo(wrong);
    assertThat(
            served
                .get(served.alice, robots)
                .json()
                .getJsonArray("robots")
                .getJsonObject(0)
                .getBoolean("active"))
        .isFalse();
    await(organisations.change(served.house.alice, id, null, null, false, null));
    assertThat(code(key, text("x"))).isZero();

    String fresh =
        served
            .post(served.alice, robots + "/" + id.value() + "/key", new JsonObject())
            .json()
            .getString("key");
    assertThat(served.raw(HOOK + key, text("x")).text()).isEqualTo(wrong);
    assertThat(code(fresh, text("x"))).isZero();

    await(
        served
            .house
            .chat
            .conversations()
            .changeMembers(
                served.house.alice, served.house.group, List.of(), List.of(id), new Ref("out")));
    assertThat(served.raw(HOOK + fresh, text("x")).text()).isEqualTo(wrong);
    assertThat(served.delete(served.alice, robots + "/" + id.value())).isEqualTo(204);
    assertThat(served.delete(served.alice, robots + "/" + id.value())).isEqualTo(404);
    assertThat(served.raw(HOOK + fresh, text("x")).text()).isEqualTo(wrong);
  }

  @Test
  void aGroupThatAllPeopleHaveLeftHasNoRobotsAnyMore() throws Exception {
    String key = make("R").getString("key");
    var conversations = served.house.chat.conversations();
    await(conversations.leave(served.house.member("bob"), served.house.group, new Ref("l1")));
    assertThat(code(key, text("x"))).isZero();
    await(conversations.leave(served.house.alice, served.house.group, new Ref("l2")));
    assertThat(code(key, text("x"))).isEqualTo(93000);
  }
}
