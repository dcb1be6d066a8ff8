package chat.plenary.messaging.caption;

import static chat.plenary.messaging.Assembly.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.account.Caller;
import chat.plenary.messaging.conversation.Kinds;
import chat.plenary.messaging.fault.Fault;
import chat.plenary.messaging.id.Ref;
import chat.plenary.messaging.interpretation.Language;
import chat.plenary.messaging.message.EntryView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captions on their way into the log, and the record of them. */
class CaptionsTest {
  @TempDir Path directory;
  private Floors floors;

  @BeforeEach
  void open() throws Exception {
    floors = Floors.open(directory);
  }

  @AfterEach
  void close() throws Exception {
    floors.close();
  }

  private long take(Captions where, Sentence sentence) throws Exception {
    return await(where.take(floors.meeting(), sentence));
  }

  private List<EntryView> captions() throws Exception {
    return floors.assembly.history(floors.assembly.alice, floors.group).stream()
        .filter(one -> !one.entry().kind().startsWith("conversation."))
        .toList();
  }

  private static List<String> texts(List<CaptionRecord.Line> lines) {
    return lines.stream()
        .map(line -> line.sentence() == null ? "(recalled)" : line.sentence().text())
        .toList();
  }

  @Test
  void aFinishedSentenceIsOneEntryOfTheServiceThatCountsForNobody() throws Exception {
    long seq = take(floors.captions, Floors.said("tencent/1", "We open the meeting.", 5));
    JsonObject entry = captions().get(0).toJson();
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
    long seq = take(floors.captions, sentence);
    assertThat(take(floors.captions, sentence)).isEqualTo(seq);
    assertThat(take(floors.elsewhere, sentence)).isEqualTo(seq);
    assertThat(captions()).hasSize(1);
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
    assertThat(captions()).hasSize(50);
  }

  @Test
  void anotherTextOfTheKeyReplacesItAlsoFromAnotherNode() throws Exception {
    long seq = take(floors.captions, Floors.said("k", "We open the meating.", 5));
    assertThat(take(floors.elsewhere, Floors.said("k", "We open the meeting.", 5))).isEqualTo(seq);
    assertThat(take(floors.captions, Floors.said("k", "We open the meeting now.", 5)))
        .isEqualTo(seq);
    assertThat(captions()).hasSize(3);
    EntryView shown = captions().get(0);
    assertThat(shown.toJson().getJsonObject("body").getString("text"))
        .isEqualTo("We open the meeting now.");
    assertThat(texts(floors.record(floors.assembly.alice, null, 1)))
        .containsExactly("We open the meeting now.");
  }

  @Test
  void whatItSaidBeforeAndWhatIsOlderReplacesNothing() throws Exception {
    Sentence first = Floors.said("k", "First.", 5);
    Sentence second = Floors.said("k", "Second.", 7);
    take(floors.captions, first);
    take(floors.captions, second);
    take(floors.captions, first);
    take(floors.elsewhere, first);
    take(floors.elsewhere, second);
    take(floors.captions, Floors.said("k", "Late and old.", 6));
    take(floors.elsewhere, Floors.said("k", "Late and old.", 6));
    assertThat(captions()).hasSize(2);
    assertThat(texts(floors.record(floors.assembly.alice, null, 1))).containsExactly("Second.");
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
    long seq = take(floors.elsewhere, first);
    assertThat(take(floors.elsewhere, Floors.said("k", "Corrected.", 5))).isEqualTo(seq);
    assertThat(captions().stream().map(one -> one.entry().kind()))
        .containsExactly(Kinds.POSTED, Kinds.EDITED);
  }

  @Test
  void aRecalledCaptionStaysSoAndIsInNoRecord() throws Exception {
    take(floors.captions, Floors.said("a", "Keep this.", 1));
    long seq = take(floors.captions, Floors.said("b", "A secret.", 2));
    await(
        floors
            .assembly
            .chat
            .messages()
            .recall(floors.assembly.alice, floors.group, new Ref("r"), seq, "path"));
    take(floors.captions, Floors.said("b", "A secret again.", 3));
    take(floors.elsewhere, Floors.said("b", "A secret again.", 3));
    assertThat(texts(floors.record(floors.assembly.alice, "es", 2)))
        .containsExactly("Keep this.", "(recalled)");
    CaptionRecord.Page page =
        await(floors.captions.record().export(floors.assembly.alice, Floors.MEETING, 0, null));
    assertThat(Exports.webVtt(page, null)).contains("Keep this.").doesNotContain("secret");
    assertThat(Exports.text(page, null)).contains("Keep this.").doesNotContain("secret");
  }

  @Test
  void thousandsOfSentencesStandOnceAndInOrderInEachLanguage() throws Exception {
    floors.translator = Floors.numbers();
    int many = 3_000;
    List<Future<Long>> all = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      Captions where = i % 2 == 0 ? floors.captions : floors.elsewhere;
      Sentence sentence = Floors.said("k" + i, "Sentence " + i + ".", i);
      all.add(where.take(floors.meeting(), sentence));
      if (i % 10 == 0) {
        // Twice, at the other node.
        all.add(floors.captions.take(floors.meeting(), sentence));
      }
      if (all.size() >= 500) {
        for (Future<Long> one : all) {
          await(one);
        }
        all.clear();
      }
    }
    for (Future<Long> one : all) {
      await(one);
    }
    for (String language : List.of("es", "fr")) {
      List<CaptionRecord.Line> lines = floors.record(floors.assembly.bo, language, many);
      assertThat(lines).hasSize(many);
      assertThat(lines.stream().map(CaptionRecord.Line::key)).doesNotHaveDuplicates();
      assertThat(lines.stream().map(CaptionRecord.Line::seq)).isSorted();
      assertThat(lines)
          .allSatisfy(
              line -> assertThat(line.translation().text()).isEqualTo(language + ":" + line.seq()));
    }
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
    assertThat(texts(floors.record(floors.assembly.alice, null, 500)))
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
  void theRecordIsForPresentMembersAndShowsThemWhatIsTheirs() throws Exception {
    take(floors.captions, Floors.said("a", "Before.", 1));
    Caller stranger = floors.join("stranger", false);
    assertThatThrownBy(() -> floors.record(stranger, null)).hasMessageContaining("no such meeting");
    Caller guest = floors.join("guest", true);
    assertThat(texts(floors.record(guest, null, 1))).containsExactly("Before.");
    await(
        floors
            .assembly
            .chat
            .conversations()
            .changeMembers(
                floors.assembly.alice,
                floors.group,
                List.of(),
                List.of(guest.account()),
                new Ref("out")));
    assertThatThrownBy(() -> floors.record(guest, null)).hasMessageContaining("no such meeting");
    assertThatThrownBy(
            () ->
                await(floors.captions.record().page(guest, "mBBBBBBBBBBBBBBBBBBBBBB", 0, 10, null)))
        .hasMessageContaining("no such meeting");
  }

  @Test
  void messagesBetweenCaptionsAreNoneOfTheRecord() throws Exception {
    for (int i = 0; i < 5; i++) {
      take(floors.captions, Floors.said("k" + i, "No. " + i, i));
      for (int j = 0; j < 60; j++) {
        floors.assembly.post(floors.assembly.alice, floors.group, i + "/" + j, "Chat.");
      }
    }
    assertThat(texts(floors.record(floors.assembly.alice, null, 5)))
        .containsExactly("No. 0", "No. 1", "No. 2", "No. 3", "No. 4");
  }

  @Test
  void aTranslationThatCameWithItIsNotMadeAgain() throws Exception {
    floors.translator = Floors.numbers();
    Sentence plain = Floors.said("k", "We meet again.", 1);
    take(
        floors.captions,
        new Sentence(
            "k",
            plain.speaker(),
            "en",
            plain.text(),
            plain.from(),
            plain.to(),
            List.of(Translation.by("tencent", "Tencent", "es", "Nos vemos.")),
            Sentence.By.PROVIDER,
            true,
            false));
    assertThat(floors.record(floors.assembly.bo, "es", 1).get(0).translation())
        .isEqualTo(Translation.by("tencent", "Tencent", "es", "Nos vemos."));
    assertThat(floors.record(floors.assembly.bo, "fr", 1).get(0).translation().engine())
        .isEqualTo("numbers");
    assertThat(floors.record(floors.assembly.bo, "en-GB", 1).get(0).translation()).isNull();
  }

  @Test
  void whilePeopleInterpretNoMachineIsAskedAndTheirWordsStandInItsPlace() throws Exception {
    floors.translator = Floors.numbers();
    Caller inter = floors.join("inter", true);
    Caller alice = floors.assembly.alice;
    await(
        floors
            .captions
            .floor()
            .assign(
                alice,
                Floors.MEETING,
                List.of(new Interpreters.Interpreter(inter.account(), "fr", false))));
    take(floors.captions, Floors.said("a", "Before duty.", 1));
    await(floors.captions.floor().duty(inter, Floors.MEETING, "fr", true));
    take(floors.captions, Floors.said("b", "We vote.", 3));
    await(
        floors
            .captions
            .typing()
            .type(inter, Floors.MEETING, new Typing.Typed("1", "fr", "Nous votons.", true)));
    List<CaptionRecord.Line> lines = floors.record(alice, "fr", 3);
    assertThat(lines.get(0).translation().engine()).isEqualTo("numbers");
    assertThat(lines.get(1).translation()).isNull();
    assertThat(lines.get(1).interpreted()).containsExactly("fr");
    assertThat(lines.get(2).sentence().by()).isEqualTo(Sentence.By.INTERPRETER);
    assertThat(floors.record(alice, "es", 3).get(1).translation().engine()).isEqualTo("numbers");

    String french = export(alice, "fr");
    assertThat(french).contains("fr:").contains("Nous votons.").doesNotContain("We vote.");
    assertThat(export(alice, "es")).contains("es:").doesNotContain("Nous votons.");
    assertThat(export(alice, null)).contains("We vote.").doesNotContain("Nous votons.");
  }

  private String export(Caller reader, String language) throws Exception {
    return Exports.text(
        await(floors.captions.record().export(reader, Floors.MEETING, 0, language)), language);
  }

  @Test
  void theGroupIsToldWhenTheRosterChangesAndNotWhenItMayNot() throws Exception {
    Caller one = floors.join("one", true);
    Caller alice = floors.assembly.alice;
    List<Interpreters.Interpreter> named =
        List.of(new Interpreters.Interpreter(one.account(), "fr", false));
    assertThatThrownBy(() -> await(floors.captions.floor().assign(one, Floors.MEETING, named)))
        .hasMessageContaining("Only the organiser");
    assertThat(floors.changed).isEmpty();
    await(floors.captions.floor().assign(alice, Floors.MEETING, named));
    assertThat(floors.changed).containsExactly(Floors.MEETING);
    await(floors.captions.floor().duty(one, Floors.MEETING, "fr", true));
    assertThat(floors.changed).hasSize(2);
  }

  @Test
  void anEditOfACaptionThatWasRecalledShowsNothingOfItAnywhere() throws Exception {
    long seq = take(floors.captions, Floors.said("a", "A slip.", 1));
    take(floors.captions, Floors.said("a", "Another slip.", 2));
    assertThat(texts(floors.record(floors.assembly.bo, null, 1))).containsExactly("Another slip.");
    assertThat(export(floors.assembly.bo, "en")).contains("Another slip.");
    await(
        floors
            .assembly
            .chat
            .messages()
            .recall(floors.assembly.alice, floors.group, new Ref("r"), seq, "path"));
    assertThat(texts(floors.record(floors.assembly.bo, null, 1))).containsExactly("(recalled)");
    assertThat(export(floors.assembly.bo, "en")).doesNotContain("slip");
    // A listener takes what was said out of the log itself, a moment later.
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (captions().toString().contains("slip") && System.nanoTime() < until) {
      Thread.sleep(20);
    }
    assertThat(captions().toString()).contains("message.recalled").doesNotContain("slip");
  }

  @Test
  void onlyOneIsOnDutyForALanguageAndTakesItOver() throws Exception {
    Caller one = floors.join("one", true);
    Caller two = floors.join("two", true);
    Caller alice = floors.assembly.alice;
    Interpreters interpreters = floors.captions.interpreters();
    List<Interpreters.Interpreter> named =
        List.of(
            new Interpreters.Interpreter(one.account(), "fr", false),
            new Interpreters.Interpreter(two.account(), "fr", false),
            new Interpreters.Interpreter(two.account(), "es", false));
    assertThatThrownBy(() -> await(floors.captions.floor().assign(one, Floors.MEETING, named)))
        .hasMessageContaining("Only the organiser");
    await(floors.captions.floor().assign(alice, Floors.MEETING, named));
    await(floors.captions.floor().duty(one, Floors.MEETING, "fr", true));
    await(floors.captions.floor().duty(two, Floors.MEETING, "es", true));
    await(floors.captions.floor().duty(two, Floors.MEETING, "fr", true));
    assertThat(await(interpreters.roster(Floors.MEETING)))
        .containsExactly(
            new Interpreters.Interpreter(one.account(), "fr", false),
            new Interpreters.Interpreter(two.account(), "fr", true),
            new Interpreters.Interpreter(two.account(), "es", true));
    assertThat(interpreters.interpreted(Floors.MEETING, "fr")).isTrue();
    assertThat(await(interpreters.isInterpreted(Floors.MEETING, "ar"))).isFalse();
    assertThatThrownBy(() -> await(floors.captions.floor().duty(one, Floors.MEETING, "es", true)))
        .hasMessageContaining("not named");
    // Who stays is still on duty; who is not named any more may not type any more.
    await(floors.captions.floor().assign(alice, Floors.MEETING, named.subList(2, 3)));
    assertThat(await(interpreters.roster(Floors.MEETING)).get(0).on()).isTrue();
    assertThatThrownBy(
            () ->
                await(
                    floors
                        .captions
                        .typing()
                        .type(one, Floors.MEETING, new Typing.Typed("1", "fr", "Non.", true))))
        .hasMessageContaining("Only hosts");
  }

  @Test
  void nobodyTypesInAMeetingThatIsOver() {
    floors.meeting(Floors.MEETING, false);
    assertThatThrownBy(
            () ->
                await(
                    floors
                        .captions
                        .typing()
                        .type(
                            floors.assembly.alice,
                            Floors.MEETING,
                            new Typing.Typed("1", "en", "Hello?", true))))
        .hasMessageContaining("over");
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
