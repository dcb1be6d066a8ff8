package chat.plenary.messaging.caption;

import static chat.plenary.messaging.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.account.Caller;
import java.util.List;
import org.junit.jupiter.api.Test;

/** People who interpret and type. */
class InterpretersTest extends FloorsCase {
  private void assign(Caller who, List<Interpreters.Interpreter> named) throws Exception {
    await(floors.captions.floor().assign(who, Floors.MEETING, named));
  }

  private void duty(Caller who, String language) throws Exception {
    await(floors.captions.floor().duty(who, Floors.MEETING, language, true));
  }

  private void type(Caller who, String language, String text) throws Exception {
    Typing.Typed typed = new Typing.Typed("1", language, text, true);
    await(floors.captions.typing().type(who, Floors.MEETING, typed));
  }

  @Test
  void whilePeopleInterpretNoMachineIsAskedAndTheirWordsStandInItsPlace() throws Exception {
    floors.translator = Floors.numbers();
    Caller inter = floors.join("inter", true);
    Caller alice = floors.assembly.alice;
    assign(alice, List.of(new Interpreters.Interpreter(inter.account(), "fr", false)));
    floors.take(Floors.said("a", "Before duty.", 1));
    duty(inter, "fr");
    floors.take(Floors.said("b", "We vote.", 3));
    type(inter, "fr", "Nous votons.");
    List<CaptionRecord.Line> lines = floors.record(alice, "fr", 3);
    assertThat(lines.get(0).translation().engine()).isEqualTo("numbers");
    assertThat(lines.get(1).translation()).isNull();
    assertThat(lines.get(1).interpreted()).containsExactly("fr");
    assertThat(lines.get(2).sentence().by()).isEqualTo(Sentence.By.INTERPRETER);
    assertThat(floors.record(alice, "es", 3).get(1).translation().engine()).isEqualTo("numbers");

    String french = floors.export(alice, "fr");
    assertThat(french).contains("fr:").contains("Nous votons.").doesNotContain("We vote.");
    assertThat(floors.export(alice, "es")).contains("es:").doesNotContain("Nous votons.");
    assertThat(floors.export(alice, null)).contains("We vote.").doesNotContain("Nous votons.");
  }

  @Test
  void theGroupIsToldWhenTheRosterChangesAndNotWhenItMayNot() throws Exception {
    Caller one = floors.join("one", true);
    Caller alice = floors.assembly.alice;
    List<Interpreters.Interpreter> named =
        List.of(new Interpreters.Interpreter(one.account(), "fr", false));
    assertThatThrownBy(() -> assign(one, named)).hasMessageContaining("Only the organiser");
    assertThat(floors.changed).isEmpty();
    assign(alice, named);
    assertThat(floors.changed).containsExactly(Floors.MEETING);
    duty(one, "fr");
    assertThat(floors.changed).hasSize(2);
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
    assertThatThrownBy(() -> assign(one, named)).hasMessageContaining("Only the organiser");
    assign(alice, named);
    duty(one, "fr");
    duty(two, "es");
    duty(two, "fr");
    assertThat(await(interpreters.roster(Floors.MEETING)))
        .containsExactly(
            new Interpreters.Interpreter(one.account(), "fr", false),
            new Interpreters.Interpreter(two.account(), "fr", true),
            new Interpreters.Interpreter(two.account(), "es", true));
    assertThat(interpreters.interpreted(Floors.MEETING, "fr")).isTrue();
    assertThat(await(interpreters.isInterpreted(Floors.MEETING, "ar"))).isFalse();
    assertThatThrownBy(() -> duty(one, "es")).hasMessageContaining("not named");
    // Who stays is still on duty; who is not named any more may not type any more.
    assign(alice, named.subList(2, 3));
    assertThat(await(interpreters.roster(Floors.MEETING)).get(0).on()).isTrue();
    assertThatThrownBy(() -> type(one, "fr", "Non.")).hasMessageContaining("Only hosts");
  }

  @Test
  void nobodyTypesInAMeetingThatIsOver() {
    floors.meeting(Floors.MEETING, false);
    assertThatThrownBy(() -> type(floors.assembly.alice, "en", "Hello?"))
        .hasMessageContaining("over");
  }
}
