package chat.plenary.messaging.conversation;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.content.Bson;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Command;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.State;
import chat.plenary.messaging.store.Index;
import chat.plenary.messaging.store.sim.DrivenStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Old state and entries make the same as what is read anew, whatever the rows have caught up with.
 */
class ConversationFoldTest {
  private static final OrganisationId HOME = OrganisationId.of("home");
  private static final ConversationId GROUP = ConversationId.group(HOME, "g");
  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

  private final DrivenStore store = new DrivenStore();
  private final List<AccountId> people =
      IntStream.range(0, 8).mapToObj(i -> AccountId.of("person", String.valueOf(i))).toList();
  private final ConversationMachine machine =
      new ConversationMachine(store, Clock.fixed(NOW, ZoneOffset.UTC), new Limits(6, day(), day()));
  private final Rows rows = new Rows(store);
  private final List<Entry> log = new ArrayList<>();

  private static Duration day() {
    return Duration.ofDays(1);
  }

  @BeforeEach
  void prepare() throws Exception {
    for (Index index : Rows.indexes()) {
      await(store.index(index));
    }
    await(store.index(Index.of("entries", "c", "seq")));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void whatWasFoldedLiveEqualsWhatIsReadFromTheRows(long seed) throws Exception {
    Random random = new Random(seed);
    ConversationState live = play(random, 120);

    Projection projection = new Projection(store);
    int taken = 0;
    while (taken < log.size()) {
      int until = Math.min(log.size(), taken + 1 + random.nextInt(20));
      await(projection.take(0, log.subList(taken, until)));
      if (random.nextInt(3) == 0) {
        await(projection.take(0, log.subList(taken, until)));
      }
      taken = until;
      assertSame(folded(await(rows.state(GROUP))), live);
    }
  }

  @Test
  void aRecallTakesTheBodyAndThoseOfItsEdits() throws Exception {
    ConversationState state = folded(ConversationState.none(GROUP));
    state = append(state, people.get(0), Kinds.CREATED, created());
    state = append(state, people.get(0), Kinds.POSTED, text("a secret"));
    state = append(state, people.get(0), Kinds.EDITED, edit(2, "a better secret"));
    state = append(state, people.get(0), Kinds.RECALLED, target(2));
    await(new Projection(store).take(0, log));

    List<BsonDocument> stored =
        await(store.get("entries", log.stream().map(ConversationFoldTest::entryId).toList()));
    assertThat(stored.get(0)).containsKey("body");
    assertThat(stored.get(1)).doesNotContainKeys("body", "h");
    assertThat(stored.get(2)).doesNotContainKeys("body", "h");
    BsonDocument mark = await(rows.marks(GROUP, List.of(2L))).get(0);
    assertThat(mark).containsKey("rc").doesNotContainKeys("body", "ed");
    assertThat(state.seq()).isEqualTo(4);
  }

  @Test
  void aMentionIsKeptUntilItIsReadAndForgottenWhenItsMessageIsRecalled() throws Exception {
    ConversationState state = folded(ConversationState.none(GROUP));
    state = append(state, people.get(0), Kinds.CREATED, created());
    BsonDocument first = text("@you");
    first.append("mentions", Bson.strings(List.of(people.get(1).value())));
    state = append(state, people.get(0), Kinds.POSTED, first);
    append(state, people.get(0), Kinds.POSTED, first);
    Projection projection = new Projection(store);
    await(projection.take(0, log));
    await(projection.take(0, log));
    assertThat(mentions(people.get(1))).containsExactly(2L, 3L);

    log.add(entry(state.after(log.get(2)), people.get(0), Kinds.RECALLED, target(2)));
    await(projection.take(0, log.subList(3, 4)));
    assertThat(mentions(people.get(1))).containsExactly(3L);
  }

  @Test
  void aRemovedMemberSeesTheRemovalAndNothingAfterAndComesBackToWhatIsTheirs() {
    ConversationState state = folded(ConversationState.none(GROUP));
    state = append(state, people.get(0), Kinds.CREATED, created());
    state = append(state, people.get(0), Kinds.CHANGED, history(false));
    state = append(state, people.get(0), Kinds.MEMBERS, members(List.of(), List.of(people.get(1))));
    state = append(state, people.get(0), Kinds.POSTED, text("behind your back"));
    state = append(state, people.get(0), Kinds.MEMBERS, members(List.of(people.get(1)), List.of()));
    Member back = state.members().get(people.get(1));
    assertThat(back.sees(3)).isTrue();
    assertThat(back.sees(4)).isFalse();
    assertThat(back.sees(5)).isTrue();
    assertThat(back.current()).isTrue();
  }

  @Test
  void theOneWhoHasBeenThereLongestInheritsAGroupWhoseOwnerLeaves() {
    ConversationState state = folded(ConversationState.none(GROUP));
    state = append(state, people.get(0), Kinds.CREATED, created());
    state = append(state, people.get(0), Kinds.MEMBERS, members(List.of(people.get(5)), List.of()));
    state = append(state, people.get(0), Kinds.MEMBERS, members(List.of(), List.of(people.get(0))));
    assertThat(state.members().get(people.get(5)).role()).isEqualTo(GroupRole.MEMBER);
    ConversationState after = state;
    assertThat(List.of(people.get(1), people.get(2)))
        .extracting(account -> after.members().get(account).role())
        .containsOnlyOnce(GroupRole.OWNER);
  }

  /** Plays random commands of random people; only what is judged acceptable becomes an entry. */
  private ConversationState play(Random random, int commands) throws Exception {
    ConversationState state = ConversationState.none(GROUP);
    state = append(state, people.get(0), Kinds.CREATED, created());
    for (int i = 0; i < commands; i++) {
      AccountId who = people.get(random.nextInt(people.size()));
      AccountId other = people.get(random.nextInt(people.size()));
      long target = 1L + random.nextInt((int) state.seq());
      String kind;
      BsonDocument body;
      switch (random.nextInt(9)) {
        case 0 -> {
          kind = Kinds.MEMBERS;
          body = members(List.of(other), List.of());
        }
        case 1 -> {
          kind = Kinds.MEMBERS;
          body = members(List.of(), List.of(other));
        }
        case 2 -> {
          kind = Kinds.CHANGED;
          body = history(random.nextBoolean());
        }
        case 3 -> {
          kind = Kinds.RECALLED;
          body = target(target);
        }
        case 4, 5 -> {
          kind = Kinds.EDITED;
          body = edit(target, "edit " + i);
        }
        default -> {
          kind = Kinds.POSTED;
          body = text("message " + i);
        }
      }
      Command command = new Command(GROUP, who, new Ref("r" + i), kind, 1, body, false, "p");
      Supplier<Future<UnaryOperator<State>>> lacking = machine.lacks(state, command);
      if (lacking != null) {
        state = (ConversationState) await(lacking.get()).apply(state);
      }
      if (machine.judge(state, command) == null) {
        state = append(state, who, kind, body);
      }
    }
    return state;
  }

  private ConversationState folded(ConversationState from) {
    ConversationState state = from;
    for (Entry entry : log) {
      if (entry.seq() > state.seq()) {
        state = state.after(entry);
      }
    }
    return state;
  }

  private static void assertSame(ConversationState found, ConversationState expected) {
    assertThat(found.seq()).isEqualTo(expected.seq());
    assertThat(found.n()).isEqualTo(expected.n());
    assertThat(found.m()).isEqualTo(expected.m());
    assertThat(found.name()).isEqualTo(expected.name());
    assertThat(found.history()).isEqualTo(expected.history());
    assertThat(found.speaking()).isEqualTo(expected.speaking());
    assertThat(found.size()).isEqualTo(expected.size());
    assertThat(found.members()).isEqualTo(expected.members());
  }

  private ConversationState append(
      ConversationState state, AccountId sender, String kind, BsonDocument body) {
    Entry entry = entry(state, sender, kind, body);
    log.add(entry);
    try {
      await(store.insert("entries", List.of(stored(entry))));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return state.after(entry);
  }

  private static Entry entry(
      ConversationState state, AccountId sender, String kind, BsonDocument body) {
    long m = state.m() + (kind.equals(Kinds.POSTED) ? 1 : 0);
    return new Entry(
        GROUP, 0, state.n() + 1, state.seq() + 1, m, sender, "ref", NOW, kind, 1, body);
  }

  private static String entryId(Entry entry) {
    return String.format("00/%016x", entry.n());
  }

  private static BsonDocument stored(Entry entry) {
    return new BsonDocument("_id", new BsonString(entryId(entry)))
        .append("c", new BsonString(entry.conversation().value()))
        .append("seq", new BsonInt64(entry.seq()))
        .append("s", new BsonString(entry.sender().value()))
        .append("at", new BsonDateTime(entry.at().toEpochMilli()))
        .append("e", new BsonString(entry.kind()))
        .append("h", new BsonString("hash"))
        .append("body", entry.body());
  }

  private BsonDocument created() {
    return new BsonDocument("kind", new BsonString("group"))
        .append("organisation", new BsonString(HOME.value()))
        .append("name", new BsonString("Week 3"))
        .append("history", BsonBoolean.TRUE)
        .append("members", Bson.strings(List.of(people.get(1).value(), people.get(2).value())));
  }

  private static BsonDocument history(boolean shown) {
    return new BsonDocument("history", BsonBoolean.valueOf(shown))
        .append("languages", Bson.strings(shown ? List.of("en", "es") : List.of("fr")))
        .append("translation", new BsonString(shown ? "outside" : "off"));
  }

  private static BsonDocument members(List<AccountId> add, List<AccountId> remove) {
    return new BsonDocument("add", Bson.strings(add.stream().map(AccountId::value).toList()))
        .append("remove", Bson.strings(remove.stream().map(AccountId::value).toList()));
  }

  private static BsonDocument text(String text) {
    return MessageBody.text(text).toBson();
  }

  private static BsonDocument target(long seq) {
    return new BsonDocument("target", new BsonInt64(seq));
  }

  private static BsonDocument edit(long seq, String text) {
    return target(seq).append("body", text(text));
  }

  private List<Long> mentions(AccountId account) throws Exception {
    BsonDocument row =
        await(store.get(Rows.MEMBERS, List.of(Rows.memberId(GROUP, account)))).get(0);
    return row.getArray("men").stream().map(value -> value.asNumber().longValue()).toList();
  }
}
