package chat.plenary.messaging.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.fault.Fault;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How texts are folded, matched, cut into grams and shown. */
class MatchingTest {
  private static boolean found(String query, String text) {
    return Wanted.read(query).matches(Folded.of(text));
  }

  @ParameterizedTest
  @CsvSource({
    "会议, 在线会议明天开始",
    "会, 在线会议",
    "在线会议, 在线会议",
    "线会 明天, 明天的在线会议",
    "ＡＢＣ, abc",
    "abc, ＡＢＣ公司",
    "カタカナ, ｶﾀｶﾅ",
    "ガ, ｶﾞｽ",
    "サーバー, このサーバーは",
    "meet, A meeting at ten",
    "MEETING, the meeting.",
    "ecole, École polytechnique",
    "école, ECOLE",
    "strasse, Straße",
    "οδοσ, ΟΔΟΣ",
    "istanbul, İstanbul",
    "ёлка, Елка",
    "محمد, مُحَمَّد",
    "سلام, ســلام عليكم",
    "שלום, שָׁלוֹם",
    "2045, ٢٠٤٥",
    "กิน, เขากินข้าว",
    "회의, 회의를",
    "assemblée, l'assemblée générale",
    "b, plan a-b",
    "c++, We use C++ here",
    "a:b, see a:b",
    "🎉, done 🎉🎉",
    "ﬁnal, the final word",
  })
  void isFound(String query, String text) {
    assertThat(found(query, text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "art, party",
    "eeting, meeting",
    "议会, 在线会议",
    "กน, กิน",
    "カ, ガス",
    "12, 312",
    "meet tomorrow, the meeting is today",
    "会议 昨天, 明天的会议",
    "의, 회의",
    "سلام, إسلام",
  })
  void isNotFound(String query, String text) {
    assertThat(found(query, text)).isFalse();
  }

  @Test
  void aPhraseStandsInItsOrder() {
    assertThat(found("\"general assembly\"", "The General\n  Assembly met")).isTrue();
    assertThat(found("“general assembly”", "The General Assembly met")).isTrue();
    assertThat(found("\u00ab\u202fassemblée générale\u00a0\u00bb", "L’Assemblée générale"))
        .isTrue();
    assertThat(found("«générale assemblée»", "L’Assemblée générale")).isFalse();
    assertThat(found("\"assembly general\"", "The General Assembly met")).isFalse();
    assertThat(found("assembly general", "The General Assembly met")).isTrue();
    assertThat(found("\"general assembly", "The General Assembly met"))
        .as("a quotation mark that is not closed")
        .isTrue();
    assertThat(found("\"eneral assembly\"", "The General Assembly met")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\"\"", "\u0301", "a b c d e f g h i"})
  void aQueryThatIsNoneNamesItsField(String query) {
    assertThatThrownBy(() -> Wanted.read(query))
        .isInstanceOfSatisfying(
            Fault.class,
            fault -> {
              assertThat(fault.code()).isEqualTo(Fault.Code.INVALID);
              assertThat(fault.field()).isEqualTo("q");
            });
  }

  @Test
  void aQueryHasAtMostAHundredCharacters() {
    assertThat(Wanted.read("会".repeat(100)).grams()).isNotEmpty();
    assertThat(Wanted.read("𠮷".repeat(100)).grams()).isNotEmpty();
    assertThatThrownBy(() -> Wanted.read("会".repeat(101))).isInstanceOf(Fault.class);
  }

  @Test
  void theLongestMessagesAndTheWorstQueriesTakeLittleTime() {
    String zalgo = "a" + "\u0301".repeat(7_999);
    String worst = "a".repeat(8_000);
    String pairs = "ab".repeat(4_000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          for (String text : List.of(zalgo, worst, pairs, "会".repeat(8_000))) {
            Folded folded = Folded.of(text);
            Grams.of(folded.text(), gram -> {});
            found("a".repeat(99) + "b", text);
            found("会".repeat(99) + "议", text);
            Wanted.read("a 会 b").ranges(folded);
          }
        });
    assertThat(Folded.of(zalgo).text()).isEqualTo("a");
  }

  private static final String[] ALPHABETS = {
    "abAB é'-. ",
    "会议在线明 ",
    "カガｶﾞー゛ ",
    "กินข้าว ",
    "سلَاامـ ",
    "a会b议 \"",
    "𠮷🎉a ",
    "회의ᄒ ",
    "ßSsς Σ",
  };

  private static String random(Random random, String alphabet, int length) {
    int[] points = alphabet.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  /** Or a signature would hide what is there. */
  @Test
  void whateverMatchesHasAllGramsOfTheQuery() {
    Random random = new Random(20_451);
    int matches = 0;
    for (int i = 0; i < 60_000; i++) {
      String alphabet = ALPHABETS[random.nextInt(ALPHABETS.length)];
      Folded text = Folded.of(random(random, alphabet, 1 + random.nextInt(30)));
      Wanted wanted;
      try {
        wanted = Wanted.read(random(random, alphabet, 1 + random.nextInt(4)));
      } catch (Fault nothing) {
        continue;
      }
      if (wanted.matches(text)) {
        matches++;
        Set<String> grams = new HashSet<>();
        Grams.of(text.text(), grams::add);
        assertThat(grams).as(text.original()).containsAll(wanted.grams());
      }
    }
    assertThat(matches).isGreaterThan(5_000);
  }

  @Test
  void aSignatureNeverHidesWhatIsThereAndSeldomShowsWhatIsNot() {
    Signature.Hash hash = new Signature.Hash(new byte[16]);
    Set<Long> there = new HashSet<>();
    for (int i = 0; i < 4_000; i++) {
      there.add(hash.of("there" + i));
    }
    Signature signature = Signature.of(Signature.of(there).bytes());
    assertThat(there).allSatisfy(one -> assertThat(signature.mayHave(Set.of(one))).isTrue());
    int wrong = 0;
    for (int i = 0; i < 20_000; i++) {
      wrong += signature.mayHave(Set.of(hash.of("not there" + i))) ? 1 : 0;
    }
    assertThat(wrong).isLessThan(400);
    assertThat(
            new Signature.Hash(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}).of("a"))
        .as("the key matters")
        .isNotEqualTo(hash.of("a"));
  }

  private static String excerpt(String query, String text) {
    Wanted wanted = Wanted.read(query);
    return Excerpt.of(Folded.of(text), wanted).parts().stream()
        .map(part -> part.hit() ? "[" + part.text() + "]" : part.text())
        .collect(Collectors.joining());
  }

  @Test
  void anExcerptShowsTheTextAsItWasWritten() {
    assertThat(excerpt("ecole", "L'École à dix heures, à l'école."))
        .isEqualTo("L'[École] à dix heures, à l'[école].");
    assertThat(excerpt("会议 在线", "明天有在线会议")).isEqualTo("明天有[在线][会议]");
    assertThat(excerpt("ガ", "このｶﾞｽ")).isEqualTo("この[ｶﾞ]ｽ");
    String lorem = "word ".repeat(100);
    String shown = excerpt("needle", lorem + "needle " + lorem);
    assertThat(shown).startsWith("…word ").endsWith("…").contains("[needle]");
    assertThat(shown.length()).isLessThan(250);
    assertThat(excerpt("𠮷", "𠮷".repeat(500)).codePoints().filter(c -> c >= 0xd800 && c <= 0xdfff))
        .as("no half characters")
        .isEmpty();
  }
}
