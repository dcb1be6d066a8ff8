package chat.plenary.bots.feed;

import static chat.plenary.bots.House.answer;
import static chat.plenary.bots.House.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.bots.House;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.fault.Input;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.message.CardAnswer;
import chat.plenary.messaging.message.CardView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedTest {
  @TempDir Path directory;
  private House house;
  private Caller bot;
  private Feed feed;

  @BeforeEach
  void open() throws Exception {
    house = new House(directory, false, List.of("bob"));
    AccountId id = await(house.chat.organisations().addBot(house.alice, "count", "Count")).id();
    bot = new Caller(id, house.alice.organisation(), null, Role.MEMBER, true);
    feed = await(Feed.open(house.chat, house.store, house.timers));
  }

  @AfterEach
  void close() throws Exception {
    house.close();
  }

  @Test
  void everyEntryComesOnceInOrderAndAgainFromAnyCursor() throws Exception {
    List<ConversationId> groups = new ArrayList<>();
    for (int g = 0; g < 5; g++) {
      groups.add(group("g" + g));
      for (int i = 0; i < 60; i++) {
        post(groups.get(g), "m" + i);
      }
    }
    List<JsonObject> items = new ArrayList<>();
    String middle = null;
    String cursor = null;
    int beforeMiddle = 0;
    for (JsonArray page = null; page == null || !page.isEmpty(); ) {
      JsonObject answer = await(feed.page(bot, cursor, 17, 0));
      page = answer.getJsonArray("items");
      page.forEach(one -> items.add(((JsonObject) one).getJsonObject("entry")));
      cursor = answer.getString("cursor");
      if (middle == null && items.size() > 150) {
        middle = cursor;
        beforeMiddle = items.size();
      }
    }
    assertThat(items).hasSize(5 * 61);
    for (ConversationId group : groups) {
      assertThat(
              items.stream()
                  .filter(one -> one.getString("conversation").equals(group.value()))
                  .map(one -> one.getInteger("seq")))
          .containsExactlyElementsOf(
              java.util.stream.IntStream.rangeClosed(1, 61).boxed().toList());
    }
    int again = 0;
    for (JsonArray page = null; page == null || !page.isEmpty(); again += page.size()) {
      JsonObject answer = await(feed.page(bot, middle, 100, 0));
      page = answer.getJsonArray("items");
      middle = answer.getString("cursor");
    }
    assertThat(again).isEqualTo(5 * 61 - beforeMiddle);
  }

  @Test
  void whoWaitsIsWokenByAnEntryAndByAnAnswer() throws Exception {
    ConversationId group = group("g");
    String cursor = await(feed.page(bot, null, 100, 0)).getString("cursor");
    Future<JsonObject> waiting = feed.page(bot, cursor, 100, 30);
    Thread.sleep(100);
    assertThat(waiting.isComplete()).isFalse();
    long seq = post(group, "hello");
    JsonObject woken = await(waiting);
    assertThat(woken.getJsonArray("items").getJsonObject(0).getJsonObject("entry").getLong("seq"))
        .isEqualTo(seq);
    long card = card(group);
    cursor = await(feed.page(bot, woken.getString("cursor"), 100, 0)).getString("cursor");
    waiting = feed.page(bot, cursor, 100, 30);
    CardAnswer yes = answer("submit", Map.of("q", List.of("a")), Map.of());
    await(house.chat.cards().answer(house.alice, group, card, yes));
    JsonObject given =
        await(waiting).getJsonArray("items").getJsonObject(0).getJsonObject("answer");
    assertThat(given.getString("account")).isEqualTo(house.alice.account().value());
    assertThat(given.getLong("seq")).isEqualTo(card);
    assertThat(given.getJsonArray("selected").getJsonObject(0).getJsonArray("option_ids"))
        .containsExactly("a");
    assertThat(await(feed.page(bot, cursor, 100, 1)).getJsonArray("items")).hasSize(1);
  }

  @Test
  void anAnswerIsCheckedAgainstItsCardAndCountsOnce() throws Exception {
    ConversationId group = group("g");
    long card = card(group);
    refused(group, card, answer("nope", Map.of(), Map.of()), "key");
    refused(group, card, answer("submit", Map.of("x", List.of("a")), Map.of()), "selected");
    refused(group, card, answer("submit", Map.of("q", List.of("z")), Map.of()), "selected");
    refused(
        group, card, answer("submit", Map.of("q", List.of("a", "b", "c")), Map.of()), "selected");
    refused(group, card, answer("submit", Map.of(), Map.of("t", "words")), "texts");
    CardAnswer good = answer("submit", Map.of("q", List.of("a", "b")), Map.of());
    for (int i = 0; i < 3; i++) {
      CardView view = await(house.chat.cards().answer(house.alice, group, card, good));
      assertThat(view.state()).isEqualTo(CardView.State.ANSWERED);
      assertThat(view.selected()).isEqualTo(Map.of("q", List.of("a", "b")));
    }
    refused(group, card, answer("submit", Map.of("q", List.of("c")), Map.of()), "ref");
    JsonArray items = await(feed.page(bot, null, 100, 0)).getJsonArray("items");
    assertThat(items.stream().filter(one -> ((JsonObject) one).containsKey("answer"))).hasSize(1);
  }

  @Test
  void answersAtOnceAreNumberedWithoutGaps() throws Exception {
    ConversationId group = group("g");
    long card = card(group);
    StoredAnswers answers = new StoredAnswers(house.store, house.timers.clock());
    List<Future<?>> given = new ArrayList<>();
    var posted =
        new chat.plenary.messaging.message.PostedCard(
            group, card, bot.account(), new JsonObject().put("card_type", "button_interaction"));
    for (int i = 0; i < 20; i++) {
      given.add(answers.add(house.alice, posted, answer("k", Map.of(), Map.of())));
    }
    for (Future<?> one : given) {
      await(one);
    }
    assertThat(
            await(answers.after(bot.account(), 0, 100)).stream()
                .map(row -> row.getInt64("i").getValue()))
        .containsExactlyElementsOf(java.util.stream.LongStream.rangeClosed(1, 20).boxed().toList());
  }

  @Test
  void whatIsNoCursorAndWhoIsNoBotIsRefused() {
    for (String wrong : List.of("", "x", "AQEA.", "AQEA.zz.-1", "../../etc", "A".repeat(5_000))) {
      assertThatThrownBy(() -> await(feed.page(bot, wrong, 10, 0)))
          .isInstanceOfSatisfying(
              Fault.class, fault -> assertThat(fault.field()).isEqualTo("cursor"));
    }
    assertThatThrownBy(() -> await(feed.page(house.alice, null, 10, 0)))
        .isInstanceOfSatisfying(
            Fault.class, fault -> assertThat(fault.code()).isEqualTo(Fault.Code.FORBIDDEN));
  }

  @Test
  void aRemovedBotIsToldUpToItsRemovalAndNothingBeyond() throws Exception {
    ConversationId group = group("g");
    post(group, "before");
    await(
        house
            .chat
            .conversations()
            .changeMembers(
                house.alice, group, List.of(), List.of(bot.account()), new Ref("remove")));
    post(group, "behind its back");
    JsonArray items = await(feed.page(bot, null, 100, 0)).getJsonArray("items");
    assertThat(items).hasSize(3);
    assertThat(items.encode()).doesNotContain("behind");
  }

  private ConversationId group(String id) throws Exception {
    return await(
            house
                .chat
                .conversations()
                .createGroup(house.alice, id, id, List.of(bot.account()), true, new Ref("create")))
        .id();
  }

  private long post(ConversationId group, String text) throws Exception {
    return seq(
        house.chat.messages().post(house.alice, group, new Ref(text), MessageBody.text(text), "p"));
  }

  private long card(ConversationId group) throws Exception {
    JsonObject card =
        new JsonObject(
            """
            {"card_type": "vote_interaction", "task_id": "t", "main_title": {"title": "Lunch?"},
             "checkbox": {"question_key": "q", "mode": 1, "most": 2, "option_list":
              [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}, {"id": "c", "text": "C"}]},
             "submit_button": {"text": "Send", "key": "submit"}}
            """);
    MessageBody body =
        MessageBody.read(
            Input.of(new JsonObject().put("type", "card").put("text", "Lunch?").put("card", card)));
    return seq(house.chat.messages().post(bot, group, new Ref("card"), body, "p"));
  }

  private static long seq(Future<Outcome> outcome) throws Exception {
    return ((Outcome.Accepted) await(outcome)).seq();
  }

  private void refused(ConversationId group, long card, CardAnswer answer, String field) {
    assertThatThrownBy(() -> await(house.chat.cards().answer(house.alice, group, card, answer)))
        .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.field()).isEqualTo(field));
  }
}
