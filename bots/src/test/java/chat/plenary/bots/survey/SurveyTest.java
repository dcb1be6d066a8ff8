package chat.plenary.bots.survey;

import static chat.plenary.bots.House.answer;
import static chat.plenary.bots.House.await;
import static chat.plenary.bots.House.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.bots.House;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.delivery.Signals;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.message.CardAnswer;
import chat.plenary.messaging.message.CardView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyTest {
  @TempDir Path directory;

  @Test
  void aPersonIsAskedInPrivateCardByCardAndMayGoBackStopAndResume() throws Exception {
    try (House house = new House(directory, false, List.of("bob"))) {
      Caller bob = house.member("bob");
      begin(house, bob);
      CardView consent = house.view(bob);
      assertThat(title(consent)).isEqualTo("Before we begin");
      CardView first = house.press(bob, "agree");
      assertThat(first.card().getJsonObject("progress").getInteger("value")).isEqualTo(1);
      CardView second = house.press(bob, "skip");
      assertThat(title(second)).startsWith("If you picture");
      CardAnswer picks = fill(second, 2, "");
      CardView third = give(house, bob, picks);
      assertThat(third.card().getJsonObject("progress").getInteger("value")).isEqualTo(3);

      CardView back = house.press(bob, "back");
      assertThat(back.selected()).isEqualTo(picks.selected());
      assertThat(title(house.press(bob, "stop"))).isEqualTo("Stopped");
      assertThat(title(house.view(bob))).isEqualTo("Stopped");
      assertThat(house.press(bob, "resume").selected()).isEqualTo(picks.selected());
      CardView french = await(house.chat.cards().view(bob, house.direct(bob), 2, "fr-FR,fr;q=0.9"));
      assertThat(title(french)).startsWith("Si vous imaginez");

      CardAnswer same = answer("submit", picks.selected(), Map.of());
      assertThat(give(house, bob, same).card()).isEqualTo(third.card());
      assertThat(give(house, bob, same).card()).as("the same ref again").isEqualTo(third.card());
      assertThat(give(house, bob, picks).card()).as("an older ref again").isEqualTo(third.card());
    }
  }

  @Test
  void whatIsWrongIsRefusedAndTheQuestionStays() throws Exception {
    try (House house = new House(directory, false, List.of("bob"))) {
      Caller bob = house.member("bob");
      begin(house, bob);
      refused(() -> house.press(bob, "submit"), Fault.Code.INVALID, "key");
      house.press(bob, "agree");
      List<String> four = List.of("climate", "digital", "economy", "conflict");
      refused(() -> submit(house, bob, "recovery", four), Fault.Code.INVALID, "selected");
      refused(() -> submit(house, bob, "recovery", List.of()), Fault.Code.INVALID, "selected");
      refused(
          () -> submit(house, bob, "recovery", List.of("money")), Fault.Code.INVALID, "selected");
      refused(() -> submit(house, bob, "colour", List.of("blue")), Fault.Code.INVALID, "selected");
      refused(() -> submit(house, bob, "trends", List.of("wmd")), Fault.Code.CONFLICT, "key");
      refused(() -> house.press(bob, "dance"), Fault.Code.INVALID, "key");
      refused(() -> house.press(bob, "send"), Fault.Code.CONFLICT, "key");
      String emoji = "\uD83C\uDF0F";
      refused(
          () ->
              give(
                  house,
                  bob,
                  answer(
                      "submit",
                      Map.of("recovery", List.of("other")),
                      Map.of("recovery.other", emoji.repeat(141)))),
          Fault.Code.INVALID,
          "texts");
      assertThat(title(house.view(bob))).startsWith("What should the international");
      CardView next =
          give(
              house,
              bob,
              answer(
                  "submit",
                  Map.of("recovery", List.of("other")),
                  Map.of("recovery.other", emoji.repeat(140))));
      assertThat(title(next)).startsWith("If you picture");
    }
  }

  @Test
  void whatWasNotSentCanBeDeletedAndBegunAnew() throws Exception {
    try (House house = new House(directory, true, List.of("bob"))) {
      Caller bob = house.member("bob");
      long invitation = begin(house, bob);
      give(house, bob, fill(house.press(bob, "agree"), 3, ""));
      house.press(bob, "stop");
      assertThat(title(house.press(bob, "erase"))).isEqualTo("Before we begin");
      assertThat(house.press(bob, "agree").selected()).isEmpty();
      assertThat(house.take(bob, invitation, "words").state()).isEqualTo(CardView.State.ANSWERED);
      CardView inGroup = await(house.chat.cards().view(bob, house.group, invitation));
      assertThat(inGroup.state()).isEqualTo(CardView.State.ANSWERED);
      assertThat(eventually(house, 1).getInteger("n")).isEqualTo(1);
    }
  }

  @Test
  void fiftyAtOnceAddUpInStepsAndExactlyAtTheClose() throws Exception {
    List<String> people = IntStream.range(0, 50).mapToObj(i -> "p" + i).toList();
    try (House house = new House(directory, false, people)) {
      final long invitation = house.push();
      List<Signals.Signal> signals = new CopyOnWriteArrayList<>();
      house.chat.signals().listen(signals::add);
      all(house, people.subList(0, 9), invitation);
      house.bots.surveys().resultsJson(house.alice, "un75");
      Thread.sleep(700);
      JsonObject few = await(house.bots.surveys().resultsJson(house.alice, "un75"));
      assertThat(few.getValue("n")).isNull();
      assertThat(few.getJsonArray("questions")).isEmpty();
      assertThat(few.getJsonObject("withheld").getString("en")).contains("10");

      all(house, people.subList(9, 48), invitation);
      JsonObject live = eventually(house, 45);
      assertThat(live.getBoolean("exact")).isFalse();
      assertThat(live.getInteger("n") % 5).isZero();
      counts(live).forEach(count -> assertThat(count % 5).isZero());
      assertThat(signals)
          .contains(new Signals.Signal.Results(house.alice.organisation(), "un75"))
          .contains(
              new Signals.Signal.Opened(house.alice.account(), house.alice.organisation(), "un75"));

      all(house, people.subList(48, 50), invitation);
      await(house.bots.surveys().close(house.alice, "un75"));
      JsonObject last = await(house.bots.surveys().resultsJson(house.member("p0"), "un75"));
      assertThat(last.getBoolean("exact")).isTrue();
      assertThat(last.getString("state")).isEqualTo("closed");
      assertThat(last.getInteger("n")).isEqualTo(50);
      JsonObject recovery = last.getJsonArray("questions").getJsonObject(0);
      assertThat(recovery.getInteger("n")).isEqualTo(50);
      assertThat(counts(recovery.getJsonArray("options"))).isEqualTo(150);
      assertThat(last.encode()).doesNotContain("\"message\"").doesNotContain("margin");
      assertThat(last.getJsonObject("note").getString("en")).contains("chose themselves");
      assertThat(house.view(house.member("p0")).state()).isEqualTo(CardView.State.CLOSED);
      refused(() -> house.push(), Fault.Code.GONE, null);
    }
  }

  @Test
  void othersAndMembersWhoDoNotAdministerAreTurnedAway() throws Exception {
    try (House house = new House(directory, false, List.of("bob", "eve"))) {
      final Caller bob = house.member("bob");
      Surveys surveys = house.bots.surveys();
      assertThat(await(surveys.list(bob)).getJsonArray("surveys")).isEmpty();
      assertThat(await(surveys.list(house.alice)).getJsonArray("surveys")).hasSize(1);
      refused(() -> await(surveys.resultsJson(bob, "un75")), Fault.Code.NOT_FOUND, null);
      refused(
          () -> await(surveys.push(bob, "un75", new Ref("r"), List.of(house.group))),
          Fault.Code.FORBIDDEN,
          null);
      refused(
          () -> await(surveys.push(house.alice, "none", new Ref("r"), List.of(house.group))),
          Fault.Code.NOT_FOUND,
          null);
      refused(
          () -> await(surveys.push(house.alice, "un75", new Ref("r"), List.of())),
          Fault.Code.INVALID,
          "groups");
      ConversationId foreign =
          await(
                  house
                      .chat
                      .conversations()
                      .createGroup(bob, "his", "His", List.of(), true, new Ref("c")))
              .id();
      refused(
          () ->
              await(surveys.push(house.alice, "un75", new Ref("r"), List.of(house.group, foreign))),
          Fault.Code.NOT_FOUND,
          "groups[1]");
      await(
          house
              .chat
              .conversations()
              .changeMembers(
                  bob, foreign, List.of(house.alice.account()), List.of(), new Ref("add")));
      refused(
          () -> await(surveys.push(house.alice, "un75", new Ref("r"), List.of(foreign))),
          Fault.Code.FORBIDDEN,
          "groups[0]");
      long first = house.push();
      assertThat(house.push()).as("the same push again").isEqualTo(first);
      JsonObject listed = await(surveys.list(house.alice)).getJsonArray("surveys").getJsonObject(0);
      assertThat(listed.getInteger("invited")).isEqualTo(3);
      assertThat(await(surveys.list(bob)).getJsonArray("surveys")).hasSize(1);
    }
  }

  private static long begin(House house, Caller who) throws Exception {
    long invitation = house.push();
    CardView begun =
        await(
            house
                .chat
                .cards()
                .answer(who, house.group, invitation, answer("begin", Map.of(), Map.of())));
    assertThat(begun.message()).contains("UN75 survey");
    return invitation;
  }

  private static CardView give(House house, Caller who, CardAnswer answer) throws Exception {
    return await(house.chat.cards().answer(who, house.direct(who), 2, answer));
  }

  private static CardView submit(House house, Caller who, String question, List<String> ids)
      throws Exception {
    return give(house, who, answer("submit", Map.of(question, ids), Map.of()));
  }

  private static void all(House house, List<String> people, long invitation) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<CardView>> tasks = new ArrayList<>();
      for (String one : people) {
        tasks.add(() -> house.take(house.member(one), invitation, "words of " + one));
      }
      for (Future<CardView> done : threads.invokeAll(tasks)) {
        assertThat(done.get().state()).isEqualTo(CardView.State.ANSWERED);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** The results once they have come so far. */
  private static JsonObject eventually(House house, int n) throws Exception {
    JsonObject results = new JsonObject();
    for (int i = 0; i < 200; i++) {
      results = await(house.bots.surveys().resultsJson(house.alice, "un75"));
      if (results.getInteger("n") != null && results.getInteger("n") >= n) {
        return results;
      }
      Thread.sleep(50);
    }
    return results;
  }

  private static List<Integer> counts(JsonObject results) {
    List<Integer> counts = new ArrayList<>();
    for (Object question : results.getJsonArray("questions")) {
      for (Object option : ((JsonObject) question).getJsonArray("options")) {
        Integer count = ((JsonObject) option).getInteger("count");
        if (count != null) {
          counts.add(count);
        }
      }
    }
    assertThat(counts).isNotEmpty();
    return counts;
  }

  private static int counts(JsonArray options) {
    return options.stream().mapToInt(one -> ((JsonObject) one).getInteger("count")).sum();
  }

  private static String title(CardView view) {
    return view.card().getJsonObject("main_title").getString("title");
  }

  private static void refused(ThrowingCallable what, Fault.Code code, String field) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(
            Fault.class,
            fault -> {
              assertThat(fault.code()).isEqualTo(code);
              assertThat(fault.field()).isEqualTo(field);
            });
  }
}
