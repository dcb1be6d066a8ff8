package chat.plenary.bots.survey;

import static chat.plenary.bots.House.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.bots.House;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.account.Role;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Timers;
import chat.plenary.messaging.message.CardView;
import chat.plenary.messaging.organisation.Joining;
import chat.plenary.messaging.organisation.OrganisationState;
import chat.plenary.messaging.store.Query;
import chat.plenary.messaging.store.Store;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a process that died left is gone on with, without those whom it concerns. */
@Timeout(300)
class UpkeepTest {
  @TempDir Path directory;
  private House house;

  @BeforeEach
  void open() throws Exception {
    house = new House(directory, false, List.of());
    reopen(house.store);
  }

  /** The bots over a store; of their own accord they do nothing, so that the test says when. */
  private void reopen(Store store) throws Exception {
    Timers never =
        new Timers() {
          @Override
          public Clock clock() {
            return house.timers.clock();
          }

          @Override
          public void after(Duration delay, Runnable task) {}
        };
    house.reopen(store, never);
  }

  @AfterEach
  void close() throws Exception {
    house.close();
  }

  /** An organisation that is asked. */
  private record Asked(Caller owner, ConversationId group, long invitation, List<Caller> people) {}

  @Test
  void whatWasCutOffWhileItWasSentIsSentWithoutItsPerson() throws Exception {
    Asked asked = asked("one", 1);
    DyingStore counting = new DyingStore(house.store, 0, false);
    ready(asked, asked.people().get(0));
    reopen(counting);
    send(asked, asked.people().get(0));
    int begun = 0;
    // Before the seventh operation nothing of it stands anywhere.
    for (int last = 7; last <= counting.operations(); last++) {
      Asked next = asked("send-" + last, 1);
      Caller person = next.people().get(0);
      ready(next, person);
      reopen(new DyingStore(house.store, last, last % 2 == 1));
      send(next, person);
      reopen(house.store);
      begun += stage(next).equals("SENDING") ? 1 : 0;
      await(house.bots.surveys().sweep());
      assertThat(stage(next)).as("after " + last).isEqualTo("DONE");
      assertThat(rows(next, Answers.ANSWERS)).hasSize(1);
    }
    assertThat(begun).isGreaterThan(3);
  }

  @Test
  void aCloseThatWasCutOffAnywhereIsBroughtToItsEnd() throws Exception {
    Asked first = asked("first", 4);
    left(first);
    DyingStore counting = new DyingStore(house.store, 0, false);
    reopen(counting);
    await(house.bots.surveys().close(first.owner(), "un75"));
    int begun = 0;
    for (int last = 1; last <= counting.operations(); last++) {
      boolean happens = last % 2 == 0;
      Asked next = asked("close-" + last, 4);
      left(next);
      reopen(new DyingStore(house.store, last, happens));
      await(
          house
              .bots
              .surveys()
              .close(next.owner(), "un75")
              .transform(done -> Future.succeededFuture()));
      reopen(house.store);
      if (run(next).getString("st").getValue().equals("OPEN")) {
        await(house.bots.surveys().close(next.owner(), "un75"));
      } else {
        begun++;
        await(house.bots.surveys().sweep());
      }
      assertThat(run(next).getString("st").getValue()).as("after " + last).isEqualTo("CLOSED");
      assertThat(rows(next, Drafts.ROWS)).isEmpty();
      assertThat(rows(next, Answers.ANSWERS)).hasSize(2);
      BsonDocument results = await(house.store.get(Results.COLLECTION, List.of(key(next)))).get(0);
      assertThat(results.getBoolean("last").getValue()).isTrue();
      assertThat(results.getDocument("t").getNumber("n").longValue()).isEqualTo(2);
      assertThat(await(house.store.get("survey_secrets", List.of(key(next))))).isEmpty();
      assertThat(await(house.store.find(Query.in(Drafts.KEYS, "_id").limit(10)))).isEmpty();
    }
    assertThat(begun).isGreaterThan(20);
  }

  @Test
  void aKeyThatACutOffRequestLeftGoesAtTheClose() throws Exception {
    Asked asked = asked("cut", 1);
    Caller person = asked.people().get(0);
    for (int last = 1; keys(asked) == 0 || !rows(asked, Drafts.ROWS).isEmpty(); last++) {
      assertThat(last).as("a request is cut off between key and draft").isLessThan(40);
      reopen(new DyingStore(house.store, last, true));
      try {
        begin(asked, person);
      } catch (Fault expected) {
        // It was cut off.
      }
      reopen(house.store);
    }
    await(house.bots.surveys().close(asked.owner(), "un75"));
    assertThat(keys(asked)).isZero();
  }

  private int keys(Asked asked) throws Exception {
    return rows(asked, Drafts.KEYS).size();
  }

  /** One has sent, one was cut off at that, one is being asked, and one erased. */
  private void left(Asked asked) throws Exception {
    ready(asked, asked.people().get(0));
    send(asked, asked.people().get(0));
    ready(asked, asked.people().get(1));
    reopen(new DyingStore(house.store, 8, false));
    send(asked, asked.people().get(1));
    reopen(house.store);
    begin(asked, asked.people().get(2));
    begin(asked, asked.people().get(3));
    press(asked, asked.people().get(3), "erase");
    assertThat(rows(asked, Drafts.ROWS).stream().map(row -> row.getString("st").getValue()))
        .containsExactlyInAnyOrder("DONE", "SENDING", "OPEN", "ERASED");
  }

  private Asked asked(String name, int count) throws Exception {
    OrganisationId home =
        await(house.chat.organisations().create(name, "owner", "O", "correct horse battery"));
    OrganisationState state =
        (OrganisationState) await(house.chat.log().state(ConversationId.of(home)));
    Caller owner = new Caller(state.byUserid("owner").id(), home, null, Role.OWNER, false);
    List<Joining.Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      candidates.add(new Joining.Candidate("p" + i, "P", null, Role.MEMBER, List.of()));
    }
    List<AccountId> members = new ArrayList<>();
    await(house.chat.organisations().add(owner, candidates))
        .forEach(joined -> members.add(joined.id()));
    ConversationId group =
        await(
                house
                    .chat
                    .conversations()
                    .createGroup(owner, "g", "G", members, true, new Ref("create")))
            .id();
    long invitation =
        await(house.bots.surveys().push(owner, "un75", new Ref("p"), List.of(group)))
            .getJsonArray("messages")
            .getJsonObject(0)
            .getLong("seq");
    List<Caller> people =
        members.stream().map(id -> new Caller(id, home, null, Role.MEMBER, false)).toList();
    return new Asked(owner, group, invitation, people);
  }

  /** Answers everything, and does not send it yet. */
  private void ready(Asked asked, Caller person) throws Exception {
    CardView view = begin(asked, person);
    while (view.card().getJsonObject("submit_button") != null) {
      view = press(asked, person, "skip");
    }
  }

  private CardView begin(Asked asked, Caller person) throws Exception {
    await(
        house
            .chat
            .cards()
            .answer(
                person,
                asked.group(),
                asked.invitation(),
                House.answer("begin", Map.of(), Map.of())));
    return press(asked, person, "agree");
  }

  private CardView press(Asked asked, Caller person, String key) throws Exception {
    return await(
        house
            .chat
            .cards()
            .answer(person, direct(asked, person), 2, House.answer(key, Map.of(), Map.of())));
  }

  /** Presses send; whether that is answered is another matter. */
  private void send(Asked asked, Caller person) throws Exception {
    ConversationId direct = direct(asked, person);
    await(
        house
            .chat
            .cards()
            .answer(person, direct, 2, House.answer("send", Map.of(), Map.of()))
            .transform(done -> Future.succeededFuture()));
  }

  private ConversationId direct(Asked asked, Caller person) throws Exception {
    OrganisationState state =
        (OrganisationState)
            await(house.chat.log().state(ConversationId.of(asked.owner().organisation())));
    return ConversationId.direct(
        asked.owner().organisation(), state.byUserid("un75").id(), person.account());
  }

  private String stage(Asked asked) throws Exception {
    return rows(asked, Drafts.ROWS).get(0).getString("st").getValue();
  }

  private static String key(Asked asked) {
    return new Run(asked.owner().organisation(), "un75").key();
  }

  private BsonDocument run(Asked asked) throws Exception {
    return await(house.store.get("survey_runs", List.of(key(asked)))).get(0);
  }

  private List<BsonDocument> rows(Asked asked, String collection) throws Exception {
    return await(house.store.find(Query.in(collection, "i").where("s", key(asked)).limit(100)));
  }
}
