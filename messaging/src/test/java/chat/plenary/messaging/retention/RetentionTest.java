package chat.plenary.messaging.retention;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.Assembly;
import chat.plenary.messaging.SlowStore;
import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.caption.Floors;
import chat.plenary.messaging.content.MessageBody;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.log.Entry;
import chat.plenary.messaging.log.Outcome;
import chat.plenary.messaging.log.VertxTimers;
import chat.plenary.messaging.message.EntryView;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an organisation keeps no longer: seen from a time in the future. */
class RetentionTest {
  private Floors floors;
  private Assembly assembly;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    floors = Floors.open(directory);
    assembly = floors.assembly;
  }

  @AfterEach
  void close() throws Exception {
    floors.close();
  }

  /** As a node sees it so many days from now. */
  private Retention after(int days) {
    Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(days));
    return new Retention(
        assembly.chat.log(),
        assembly.store,
        assembly.chat.organisations(),
        new VertxTimers(assembly.vertx, clock));
  }

  /** Goes on until there is nothing more to do. */
  private static void finish(Retention retention) throws Exception {
    for (int i = 0; i < 100 && await(retention.round()); i++) {
      // once more
    }
  }

  /** An organisation's row follows its log by a moment. */
  private void keep(Caller admin, int days) throws Exception {
    await(assembly.chat.organisations().keep(admin, days));
    for (int i = 0; i < 1_000; i++) {
      if (await(assembly.chat.organisations().keeping()).getOrDefault(admin.organisation(), 0)
          == days) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError("the row does not say so");
  }

  private long post(String ref, String text) throws Exception {
    return ((Outcome.Accepted) assembly.post(assembly.alice, floors.group, ref, text)).seq();
  }

  private List<Entry> log() throws Exception {
    return await(assembly.chat.log().read(floors.group, 1, 1_000, 1_000));
  }

  private List<Entry> recalls() throws Exception {
    return log().stream().filter(entry -> entry.kind().equals(Kinds.RECALLED)).toList();
  }

  private void untilGoneFromTheLog(String text) throws Exception {
    until(() -> !log().toString().contains(text));
  }

  @Test
  void withoutASettingEverythingIsKept() throws Exception {
    post("m", "For ever.");
    assertThat(await(after(100_000).round())).isFalse();
    assertThat(recalls()).isEmpty();
  }

  @Test
  void whatIsTooOldIsRecalledOnceWithItsEditsAndNumbersStay() throws Exception {
    keep(assembly.alice, 30);
    long first = post("a", "An old secret.");
    await(
        assembly
            .chat
            .messages()
            .edit(
                assembly.alice,
                floors.group,
                new Ref("e"),
                first,
                MessageBody.text("A corrected secret."),
                "path"));
    long second = post("b", "Another old secret.");

    finish(after(29));
    assertThat(recalls()).isEmpty();

    // Two nodes that both believe it is their turn.
    await(Future.all(after(31).round(), after(31).round()));
    finish(after(31));
    assertThat(recalls())
        .extracting(entry -> entry.body().getNumber("target").longValue())
        .containsExactly(first, second);
    assertThat(recalls())
        .extracting(Entry::sender)
        .containsOnly(AccountId.service(assembly.alice.organisation()));
    List<Entry> entries = log();
    for (int i = 0; i < entries.size(); i++) {
      assertThat(entries.get(i).seq()).isEqualTo(i + 1L);
    }
    EntryView shown = assembly.history(assembly.bo, floors.group).get((int) first - 1);
    assertThat(shown.body()).isNull();
    assertThat(shown.toJson().getJsonObject("recalled").getString("by"))
        .isEqualTo(AccountId.service(assembly.alice.organisation()).value());
    untilGoneFromTheLog("secret");

    // It is over for good: nothing is left to do, to edit, or to say twice.
    finish(after(31));
    assertThat(recalls()).hasSize(2);
    assertThat(assembly.post(assembly.alice, floors.group, "a", "An old secret."))
        .isInstanceOfSatisfying(
            Outcome.Accepted.class, accepted -> assertThat(accepted.seq()).isEqualTo(first));
  }

  @Test
  void whatWasRecalledBeforeStaysRecalledByWhoDidSo() throws Exception {
    keep(assembly.alice, 1);
    long seq = post("m", "A slip.");
    await(assembly.chat.messages().recall(assembly.alice, floors.group, new Ref("r"), seq, "path"));
    finish(after(2));
    assertThat(recalls()).extracting(Entry::sender).containsExactly(assembly.alice.account());
  }

  @Test
  void captionsGoFromTheRecordAndFromWhatIsExported() throws Exception {
    await(floors.captions.take(floors.meeting(), Floors.said("a", "Spoken long ago.", 1)));
    assertThat(floors.record(assembly.bo, null, 1)).hasSize(1);
    keep(assembly.alice, 1);
    finish(after(2));
    assertThat(floors.record(assembly.bo, null, 1).get(0).sentence()).isNull();
    assertThat(await(floors.captions.record().export(assembly.bo, Floors.MEETING, 0, null)).lines())
        .isEmpty();
    untilGoneFromTheLog("long ago");
  }

  @Test
  void moreThanOneStepIsTakenInSteps() throws Exception {
    keep(assembly.alice, 1);
    int many = Retention.BATCH + 20;
    for (int i = 0; i < many; i++) {
      post("m" + i, "Number " + i);
    }
    assertThat(await(after(2).round())).isTrue();
    assertThat(recalls()).hasSizeBetween(1, Retention.BATCH);
    finish(after(2));
    assertThat(recalls()).hasSize(many);
  }

  @Test
  void aLaneRestsUntilItsNextMessageIsTooOldOrTheTimeChanges() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    SlowStore counting = new SlowStore(assembly.store);
    counting.before(
        (doing, collection) -> {
          reads.addAndGet(doing == SlowStore.Doing.READ ? 1 : 0);
          return Future.succeededFuture();
        });
    AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    Clock clock =
        new Clock() {
          @Override
          public Instant instant() {
            return Instant.now().plus(ahead.get());
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    Retention retention =
        new Retention(
            assembly.chat.log(),
            counting,
            assembly.chat.organisations(),
            new VertxTimers(assembly.vertx, clock));
    post("m", "Kept for ten days.");
    keep(assembly.alice, 10);
    finish(retention);
    assertThat(reads.getAndSet(0)).isPositive();
    finish(retention);
    assertThat(reads).hasValue(0);

    ahead.set(Duration.ofDays(5));
    finish(retention);
    assertThat(reads).hasValue(0);
    assertThat(recalls()).isEmpty();

    keep(assembly.alice, 4);
    finish(retention);
    assertThat(recalls()).hasSize(1);

    // What is posted meanwhile has its own time.
    post("n", "Kept for four days.");
    ahead.set(Duration.ofDays(20));
    finish(retention);
    assertThat(recalls()).hasSize(2);
  }

  @Test
  void otherOrganisationsKeepTheirOwn() throws Exception {
    var other =
        await(assembly.chat.organisations().create("Other", "eve", "Eve", "correct horse battery"));
    post("m", "Ours.");
    AccountId eve = AccountId.of(other.value(), "owner", "eve");
    keep(new Caller(eve, other, null, assembly.alice.role(), false), 1);
    finish(after(2));
    assertThat(recalls()).isEmpty();
  }

  @Test
  void onlyWhoAdministersSaysForHowLong() {
    assertThatThrownBy(() -> await(assembly.chat.organisations().keep(assembly.bo, 1)))
        .cause()
        .isInstanceOfSatisfying(
            Fault.class, fault -> assertThat(fault.code()).isEqualTo(Fault.Code.FORBIDDEN));
  }
}
