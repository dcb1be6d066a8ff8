package chat.plenary.lab.captions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Records that break one rule each are caught, and a good one is not. */
class JudgeTest {
  private final Speech speech = new Speech(30, 5, 1_000_000);
  private final Judge judge = new Judge(speech.sentences(), "p/");

  private List<Judge.Line> lines(String language) {
    List<Judge.Line> lines = new ArrayList<>();
    for (Speech.Sentence sentence : speech.sentences()) {
      Speech.Version newest = sentence.newest();
      String own = newest.translations().get(language);
      String made = own == null ? Speech.translated(newest.text(), language) : own;
      lines.add(
          new Judge.Line(
              lines.size() + 3L,
              "p/" + sentence.key(),
              newest.text(),
              language.isEmpty() ? null : made,
              null));
    }
    return lines;
  }

  private static Judge.Line with(Judge.Line line, String text, String translation) {
    return new Judge.Line(line.seq(), line.key(), text, translation, null);
  }

  private void broken(String rule) {
    assertThat(judge.problems()).isNotEmpty().allMatch(words -> words.startsWith(rule + ":"));
  }

  @Test
  void whatWasSaidIsGood() {
    judge.record(lines(""), Set.of("p/s1", "p/s29"));
    judge.translated(lines(""), lines("es"), "es");
    judge.export(
        lines("es"),
        lines("es").stream().map(one -> new Judge.Cue(one.key(), one.translation())).toList(),
        "es");
    assertThat(judge.problems()).isEmpty();
  }

  @Test
  void aSpeechHasEverySentenceInItsWebhooksAndTheSameSeedSaysTheSame() {
    assertThat(speech.webhooks()).isEqualTo(new Speech(30, 5, 1_000_000).webhooks());
    List<Speech.Version> told = speech.webhooks().stream().flatMap(List::stream).toList();
    speech.sentences().forEach(one -> assertThat(told).containsAll(one.versions()));
    assertThat(told.size()).isGreaterThan(Set.copyOf(told).size());
  }

  @Test
  void aSentenceThatStandsTwiceIsCaught() {
    List<Judge.Line> lines = new ArrayList<>(lines(""));
    Judge.Line first = lines.get(0);
    lines.add(new Judge.Line(99, first.key(), first.text(), null, null));
    judge.record(lines, Set.of());
    broken("TWICE");
  }

  @Test
  void anAcknowledgedSentenceThatIsMissingIsCaught() {
    judge.record(lines("").subList(1, 30), Set.of("p/s0"));
    broken("MISSING");
  }

  @Test
  void anotherOrderIsCaught() {
    List<Judge.Line> lines = new ArrayList<>(lines(""));
    lines.add(lines.remove(0));
    judge.record(lines, Set.of());
    broken("ORDER");
  }

  @Test
  void anOldVersionAndWhatNobodySaidAreCaught() {
    Speech.Sentence grown =
        speech.sentences().stream().filter(one -> one.versions().size() > 1).findFirst().get();
    List<Judge.Line> lines = new ArrayList<>(lines(""));
    int at = speech.sentences().indexOf(grown);
    lines.set(at, with(lines.get(at), grown.versions().get(0).text(), null));
    judge.record(lines, Set.of());
    broken("OLD");
    lines.set(at, with(lines.get(at), "Forged.", null));
    judge.record(lines, Set.of());
    assertThat(judge.problems()).anyMatch(words -> words.startsWith("NEVER_SAID:"));
  }

  @Test
  void whatWasTakenBeforeAnotherWasSentMayNotStandBehindIt() {
    judge.realTime(lines(""), Map.of("p/s0", 10L, "p/s1", 1L), Map.of("p/s0", 20L, "p/s1", 5L));
    broken("REAL_TIME");
  }

  @Test
  void aTranslationOfAnOldVersionAndNoneAreCaught() {
    List<Judge.Line> lines = new ArrayList<>(lines("fr"));
    lines.set(2, with(lines.get(2), lines.get(2).text(), "[fr] Another text."));
    judge.translated(lines(""), lines, "fr");
    broken("OTHER_TEXT");
    lines.set(2, with(lines.get(2), lines.get(2).text(), null));
    judge.translated(lines(""), lines, "fr");
    assertThat(judge.problems()).anyMatch(words -> words.startsWith("NO_TEXT:"));
  }

  @Test
  void aFollowerWhoKnowsOtherWordsAndATranslationOfOtherWordsAreCaught() {
    List<Judge.Shown> shown =
        lines("").stream().map(one -> new Judge.Shown(one.seq(), one.key(), one.text())).toList();
    Judge.Told told = new Judge.Told(3, 3, "es", "[es] Other words.");
    judge.follower(
        new Judge.Follower("one", shown, Map.of(3L, "Words."), List.of(told), List.of()),
        lines(""));
    broken("TOLD");
    judge.follower(
        new Judge.Follower("two", shown.subList(1, 30), Map.of(), List.of(), List.of()), lines(""));
    assertThat(judge.problems()).anyMatch(words -> words.startsWith("FOLLOWER:"));
  }

  @Test
  void anExportThatLacksACueIsCaught() {
    List<Judge.Cue> cues =
        lines("").stream().map(one -> new Judge.Cue(one.key(), one.text())).toList();
    judge.export(lines(""), cues.subList(0, 29), "file");
    broken("EXPORT");
  }
}
