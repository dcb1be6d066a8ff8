package chat.plenary.messaging.caption;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.message.EntryView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Captions on their way into the log. */
class CaptionsTest extends FloorsCase {
  @Test
  void aFinishedSentenceIsOneEntryOfTheServiceThatCountsForNobody() throws Exception {
    long seq = floors.take(Floors.said("tencent/1", "We open the meeting.", 5));
    JsonObject entry = floors.shown().get(0).toJson();
    assertThat(entry.getLong("seq")).isEqualTo(seq);
    assertThat(entry.getLong("m")).isZero();
    assertThat(entry.getString("sender"))
        .isEqualTo(Caller.service(floors.assembly.alice.organisation()).account().value());
    assertThat(entry.getJsonObject("body"))
        .isEqualTo(
            new JsonObject(
                """
                {"type":"caption","meeting":"mAAAAAAAAAAAAAAAAAAAAAA","key":"tencent/1",
                 "speaker":{"account":null,"name":"Alice Adams"},"language":"en",
                 "text":"We open the meeting.","from":"2026-12-02T14:00:05.000Z",
                 "to":"2026-12-02T14:00:06.000Z","translations":[],"by":"provider"}
                """));
  }

  @Test
  void theSameSentenceAgainDoesNothingWhereverItIsGiven() throws Exception {
    Sentence sentence = Floors.said("tencent/1", "We open the meeting.", 5);
    long seq = floors.take(sentence);
    assertThat(floors.take(sentence)).isEqualTo(seq);
    assertThat(floors.take(floors.elsewhere, sentence)).isEqualTo(seq);
    assertThat(floors.shown()).hasSize(1);
  }

  @Test
  void twoNodesThatHearTheSameAtOnceMakeOneEntry() throws Exception {
    List<Future<Long>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Sentence sentence = Floors.said("s" + i, "Sentence " + i + ".", i);
      all.add(floors.captions.take(floors.meeting(), sentence));
      all.add(floors.elsewhere.take(floors.meeting(), sentence));
    }
    await(Future.all(all));
    assertThat(floors.shown()).hasSize(50);
  }

  @Test
  void anotherTextOfTheKeyReplacesItAlsoFromAnotherNode() throws Exception {
    long seq = floors.take(Floors.said("k", "We open the meating.", 5));
    assertThat(floors.take(floors.elsewhere, Floors.said("k", "We open the meeting.", 5)))
        .isEqualTo(seq);
    assertThat(floors.take(Floors.said("k", "We open the meeting now.", 5))).isEqualTo(seq);
    assertThat(floors.shown()).hasSize(3);
    EntryView shown = floors.shown().get(0);
    assertThat(shown.toJson().getJsonObject("body").getString("text"))
        .isEqualTo("We open the meeting now.");
    assertThat(Floors.texts(floors.record(floors.assembly.alice, null, 1)))
        .containsExactly("We open the meeting now.");
  }

  @Test
  void whatItSaidBeforeAndWhatIsOlderReplacesNothing() throws Exception {
    Sentence first = Floors.said("k", "First.", 5);
    Sentence second = Floors.said("k", "Second.", 7);
    floors.take(first);
    floors.take(second);
    floors.take(first);
    floors.take(floors.elsewhere, first);
    floors.take(floors.elsewhere, second);
    floors.take(Floors.said("k", "Late and old.", 6));
    floors.take(floors.elsewhere, Floors.said("k", "Late and old.", 6));
    assertThat(floors.shown()).hasSize(2);
    assertThat(Floors.texts(floors.record(floors.assembly.alice, null, 1)))
        .containsExactly("Second.");
  }

  @Test
  void aNodeThatWasKilledBetweenHearingAndWritingLosesNothing() throws Exception {
    // It had written the entry and told nobody: its row comes of the entry, the retry finds it.
    Sentence first = Floors.said("k", "First.", 5);
    var body = first.body(Floors.MEETING, List.of());
    await(
        floors
            .assembly
            .chat
            .messages()
            .post(
                Caller.service(floors.assembly.alice.organisation()),
                floors.group,
                new Ref("caption/" + Floors.MEETING + "/k"),
                body,
                "killed"));
    long seq = floors.take(floors.elsewhere, first);
    assertThat(floors.take(floors.elsewhere, Floors.said("k", "Corrected.", 5))).isEqualTo(seq);
    assertThat(floors.shown().stream().map(one -> one.entry().kind()))
        .containsExactly(Kinds.POSTED, Kinds.EDITED);
  }

  @Test
  void whatOneNodeHearsStandsInTheOrderInWhichItWasFinished() throws Exception {
    List<Future<Long>> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.add(floors.captions.take(floors.meeting(), Floors.said("k" + i, "No. " + i, i)));
    }
    for (Future<Long> one : all) {
      await(one);
    }
    assertThat(Floors.texts(floors.record(floors.assembly.alice, null, 500)))
        .isEqualTo(IntStream.range(0, 500).mapToObj(i -> "No. " + i).toList());
  }

  @Test
  void noMoreThanAThousandWait() {
    List<Future<Long>> all = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      all.add(floors.captions.take(floors.meeting(), Floors.said("k" + i, "No. " + i, i)));
    }
    Future.join(all).onComplete(done -> {});
    assertThat(all.stream().filter(Future::failed))
        .isNotEmpty()
        .allSatisfy(one -> assertThat(((Fault) one.cause()).code()).isEqualTo(Fault.Code.TOO_MANY));
  }

  @Test
  void textsFromOutsideAreOneLineAndTurnNothing() {
    Sentence sentence = Floors.said("k", " One\n two\u202e three\u0007 ", 1);
    assertThat(sentence.text()).isEqualTo("One  two three");
    Sentence large = Floors.said("k", "\u4f1a".repeat(9_000), 1);
    assertThat(large.body(Floors.MEETING, List.of()).toJson().toBuffer().length())
        .isLessThanOrEqualTo(16 * 1024);
    assertThat(Language.same("en", large.language())).isTrue();
    assertThat(Duration.between(large.from(), large.to())).isEqualTo(Duration.ofSeconds(1));
  }
}
