package chat.plenary.messaging.caption;

import static chat.plenary.messaging.Assembly.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.account.Caller;
import java.util.List;
import org.junit.jupiter.api.Test;

/** People who interpret and type. */
class InterpretersTest extends FloorsCase {
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
    floors.take(Floors.said("a", "Before duty.", 1));
    await(floors.captions.floor().duty(inter, Floors.MEETING, "fr", true));
    floors.take(Floors.said("b", "We vote.", 3));
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
    assertThatThrownBy(() -> await(floors.captions.floor().assign(one, Floors.MEETING, named)))
        .hasMessageContaining("Only the organiser");
    assertThat(floors.changed).isEmpty();
    await(floors.captions.floor().assign(alice, Floors.MEETING, named));
    assertThat(floors.changed).containsExactly(Floors.MEETING);
    await(floors.captions.floor().duty(one, Floors.MEETING, "fr", true));
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
}
