package chat.plenary.messaging.caption;

import static chat.plenary.messaging.Waiting.await;
import static chat.plenary.messaging.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.account.Caller;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the record of a meeting shows, to whom and in which language. */
class CaptionRecordTest extends FloorsCase {
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
  void theRecordIsForPresentMembersAndShowsThemWhatIsTheirs() throws Exception {
    floors.take(Floors.said("a", "Before.", 1));
    Caller stranger = floors.join("stranger", false);
    assertThatThrownBy(() -> floors.record(stranger, null)).hasMessageContaining("no such meeting");
    Caller guest = floors.join("guest", true);
    assertThat(Floors.texts(floors.record(guest, null, 1))).containsExactly("Before.");
    floors.remove(guest.account());
    assertThatThrownBy(() -> floors.record(guest, null)).hasMessageContaining("no such meeting");
    assertThatThrownBy(
            () ->
                await(floors.captions.record().page(guest, "mBBBBBBBBBBBBBBBBBBBBBB", 0, 10, null)))
        .hasMessageContaining("no such meeting");
  }

  @Test
  void messagesBetweenCaptionsAreNoneOfTheRecord() throws Exception {
    for (int i = 0; i < 5; i++) {
      floors.take(Floors.said("k" + i, "No. " + i, i));
      for (int j = 0; j < 60; j++) {
        floors.assembly.post(floors.assembly.alice, floors.group, i + "/" + j, "Chat.");
      }
    }
    assertThat(Floors.texts(floors.record(floors.assembly.alice, null, 5)))
        .containsExactly("No. 0", "No. 1", "No. 2", "No. 3", "No. 4");
  }

  @Test
  void aTranslationThatCameWithItIsNotMadeAgain() throws Exception {
    floors.translator = Floors.numbers();
    Sentence plain = Floors.said("k", "We meet again.", 1);
    floors.take(
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
  void aRecalledCaptionStaysSoAndIsInNoRecord() throws Exception {
    floors.take(Floors.said("a", "Keep this.", 1));
    long seq = floors.take(Floors.said("b", "A secret.", 2));
    floors.recall(seq);
    floors.take(Floors.said("b", "A secret again.", 3));
    floors.take(floors.elsewhere, Floors.said("b", "A secret again.", 3));
    assertThat(Floors.texts(floors.record(floors.assembly.alice, "es", 2)))
        .containsExactly("Keep this.", "(recalled)");
    CaptionRecord.Page page =
        await(floors.captions.record().export(floors.assembly.alice, Floors.MEETING, 0, null));
    assertThat(Exports.webVtt(page, null)).contains("Keep this.").doesNotContain("secret");
    assertThat(Exports.text(page, null)).contains("Keep this.").doesNotContain("secret");
  }

  @Test
  void anEditOfACaptionThatWasRecalledShowsNothingOfItAnywhere() throws Exception {
    long seq = floors.take(Floors.said("a", "A slip.", 1));
    floors.take(Floors.said("a", "Another slip.", 2));
    assertThat(Floors.texts(floors.record(floors.assembly.bo, null, 1)))
        .containsExactly("Another slip.");
    assertThat(floors.export(floors.assembly.bo, "en")).contains("Another slip.");
    floors.recall(seq);
    assertThat(Floors.texts(floors.record(floors.assembly.bo, null, 1)))
        .containsExactly("(recalled)");
    assertThat(floors.export(floors.assembly.bo, "en")).doesNotContain("slip");
    // A listener takes what was said out of the log itself, a moment later.
    until(() -> !floors.shown().toString().contains("slip"));
    assertThat(floors.shown().toString()).contains("message.recalled").doesNotContain("slip");
  }
}
