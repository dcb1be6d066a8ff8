package chat.plenary.messaging.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.fault.Fault;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TextTest {
  private static Text markdown(String text) {
    return Text.of(text, true, List.of(), List.of());
  }

  private static List<String> masked(Text text) {
    return text.lines().stream().map(Line::masked).toList();
  }

  private static String shouted(Text text) {
    return text.with(
        text.lines().stream()
            .map(line -> String.valueOf(line.unmasked(line.masked().toUpperCase(Locale.ROOT))))
            .toList());
  }

  @Test
  void whatIsNoLanguageIsKept() {
    Text text =
        Text.of(
            "@Alice Adams see https://example.org/a?b=c, run `mvn verify` or write to x@example.org 🙂 :smile: now @bo.",
            false,
            List.of("Alice Adams"),
            List.of());
    assertThat(masked(text))
        .containsExactly("⟦1⟧ see ⟦2⟧, run ⟦3⟧ or write to ⟦4⟧ ⟦5⟧ ⟦6⟧ now ⟦7⟧.");
    assertThat(shouted(text))
        .isEqualTo(
            "@Alice Adams SEE https://example.org/a?b=c, RUN `mvn verify` OR WRITE TO x@example.org 🙂 :smile: NOW @bo.");
  }

  @Test
  void theStructureOfMarkdownStays() {
    String page =
        """
        # Agenda

        - [x] **Please** read [the report](https://example.org/r)
          1. first _thing_
        > quoted words
        ---
        | Name | What |
        |---|:--:|
        | one | `two` |
        ```java
        int code = 1; // not translated
        ```
        end""";
    assertThat(shouted(markdown(page)))
        .isEqualTo(
            """
            # AGENDA

            - [x] **PLEASE** READ [THE REPORT](https://example.org/r)
              1. FIRST _THING_
            > QUOTED WORDS
            ---
            | NAME | WHAT |
            |---|:--:|
            | ONE | `two` |
            ```java
            int code = 1; // not translated
            ```
            END""");
  }

  @Test
  void marksThatAnEngineLostDoubledOrDisplacedAreNoticed() {
    Line line = markdown("**Please** read it, @bo").lines().get(0);
    assertThat(line.masked()).isEqualTo("⟦1⟧Please⟦2⟧ read it, ⟦3⟧");
    assertThat(line.unmasked("⟦3⟧, ⟦1⟧léalo⟦2⟧")).isEqualTo("@bo, **léalo**");
    assertThat(line.unmasked("⟦1⟧léalo⟦2⟧")).isNull();
    assertThat(line.unmasked("⟦1⟧léalo⟦2⟧ ⟦3⟧ ⟦3⟧")).isNull();
    assertThat(line.unmasked("⟦2⟧léalo⟦1⟧ ⟦3⟧")).isNull();
    assertThat(line.unmasked("⟦1⟧léalo⟦2⟧ ⟦3⟧ ⟦4⟧")).isNull();
    assertThat(line.between()).containsExactly("Please", "read it,");
    assertThat(line.joined(List.of("Por favor", "léalo,"))).isEqualTo("**Por favor** léalo, @bo");
  }

  @Test
  void masksThatAMessageBringsAreItsOwn() {
    Text text = Text.of("what is ⟦1⟧ here `x`?", false, List.of(), List.of());
    assertThat(masked(text)).noneMatch(line -> line.contains("⟦⟦"));
    assertThat(shouted(text)).isEqualTo("WHAT IS ⟦1⟧ HERE `x`?");
  }

  @Test
  void termsOfTheGlossaryAreReplacedAsWords() {
    List<Term> terms =
        List.of(
            new Term("General Assembly", "Asamblea General", "en", "es"),
            new Term("chair", "presidencia", "en", "es"));
    Text text = Text.of("The Chair of the general assembly chairs it.", false, List.of(), terms);
    assertThat(masked(text)).containsExactly("The ⟦1⟧ of the ⟦2⟧ chairs it.");
    assertThat(shouted(text)).isEqualTo("THE presidencia OF THE Asamblea General CHAIRS IT.");
  }

  @Test
  void whatHasNoWordsIsNotTranslated() {
    assertThat(
            Text.of("🙂 https://example.org 12:30 ✅\n\n`code`", false, List.of(), List.of())
                .lines())
        .isEmpty();
  }

  @Test
  void tooManyLinesAreRefused() {
    assertThatThrownBy(() -> markdown("word\n".repeat(Text.MAX_LINES + 1)))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("200 lines");
  }

  // Of patterns that go back over what they read, hours: the bound only ends the test then.
  @Test
  @Timeout(120)
  void hostileTextsAreTakenApart() {
    for (String piece :
        List.of(
            "`", "[", "](", "(", "*", "_", "<", "@", "|", "> ", "a.", "- ", ":a", "\\", "🙂", "![",
            "a@")) {
      String text = piece.repeat(8_000 / piece.length());
      Text taken = Text.of(text, true, List.of("A".repeat(50)), List.of());
      assertThat(taken.with(taken.lines().stream().map(Line::plain).toList())).isEqualTo(text);
    }
  }
}
