package chat.plenary.messaging.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.plenary.messaging.fault.Fault;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people type to meet. */
class MeetCommandTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final Instant NOW = Instant.parse("2026-11-24T09:30:00Z");

  private static MeetCommand read(String text) {
    return MeetCommand.read(text, PARIS, NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "/meet in 20 min, 2026-11-24T09:50:00Z",
    "/meet in 20min, 2026-11-24T09:50:00Z",
    "/MEET In 2 Hours, 2026-11-24T11:30:00Z",
    "/meet in 1 day, 2026-11-25T09:30:00Z",
    "/meet 15:00, 2026-11-24T14:00:00Z",
    "/meet 9:00, 2026-11-25T08:00:00Z",
    "/meet today 15:00, 2026-11-24T14:00:00Z",
    "/meet tomorrow 15:00, 2026-11-25T14:00:00Z",
    "/meet 2026-12-02 15:00, 2026-12-02T14:00:00Z",
    "/meet 2027-07-01 15.30, 2027-07-01T13:30:00Z",
    "/meet 2027-03-28 02:30, 2027-03-28T01:30:00Z",
  })
  void timesAreThoseOfWhoTypedThem(String text, String start) {
    assertThat(read(text)).isEqualTo(new MeetCommand(Instant.parse(start), java.util.List.of()));
  }

  @Test
  void nothingAndNowAreNow() {
    assertThat(read("/meet")).isEqualTo(new MeetCommand(null, java.util.List.of()));
    assertThat(read("  /meet now  ").start()).isNull();
    assertThat(read("/meet en, es,fr").start()).isNull();
  }

  @Test
  void languagesAreTagsInTheirUsualFormEachOnce() {
    assertThat(read("/meet tomorrow 15:00 en ES fr zh-hans pt-br en").languages())
        .containsExactly("en", "es", "fr", "zh-Hans", "pt-BR");
  }

  @ParameterizedTest
  @CsvSource({
    "/meet yesterday 15:00, yesterday",
    "/meet tomorrow, tomorrow",
    "/meet tomorrow en, tomorrow",
    "/meet 25:00, 25:00",
    "/meet 2026-02-30 15:00, 2026-02-30",
    "/meet en now, now",
    "/meet in 20, in 20",
    "/meet in 20 apples, in 20",
    "/meet in many minutes, many",
    "/meet in 99999 days, more than a year",
    "/meet 15:00 english, english",
    "/meet 15:00 xq, xq",
    "/meeting, must begin with /meet",
    "/meet en es fr de it pt ru ar zh, at most 8 languages",
  })
  void theWordThatIsNotUnderstoodIsNamed(String text, String why) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            Fault.class,
            fault -> {
              assertThat(fault.field()).isEqualTo("command");
              assertThat(fault.getMessage()).contains(why);
            });
  }

  @Test
  void aWordWithoutEndIsCutAndInvisibleCharactersAreShown() {
    assertThatThrownBy(() -> read("/meet " + "x".repeat(150)))
        .hasMessageContaining("'" + "x".repeat(40) + "…'");
    assertThatThrownBy(() -> read("/meet a\u202Eb")).hasMessageContaining("'a?b'");
  }
}
