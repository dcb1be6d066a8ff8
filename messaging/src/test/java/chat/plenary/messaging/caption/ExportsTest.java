package chat.plenary.messaging.caption;

import static org.assertj.core.api.Assertions.assertThat;

import chat.plenary.messaging.id.AccountId;
import chat.plenary.messaging.id.ConversationId;
import chat.plenary.messaging.id.OrganisationId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportsTest {
  private static final CaptionedMeeting MEETING =
      new CaptionedMeeting(
          Floors.MEETING,
          new ConversationId("gAAAAAAAAAAAAAAAAAAAAAA"),
          new OrganisationId("oAAAAAAAAAAAAAAAAAAAAAA"),
          AccountId.of("alice"),
          Floors.START,
          List.of("en", "ar"),
          true);

  private static CaptionRecord.Page page(long next, CaptionRecord.Line... lines) {
    return new CaptionRecord.Page(MEETING, List.of(lines), next);
  }

  private static CaptionRecord.Line line(String key, String text, int second, Translation into) {
    return new CaptionRecord.Line(second, key, Floors.said(key, text, second), List.of(), into);
  }

  @Test
  void cuesHaveKeysTimesVoicesAndNoMarkupOfTheirOwn() {
    String file =
        Exports.webVtt(
            page(
                0,
                line("tencent/1", "Is 1 < 2 & 3 --> 4?", 5, null),
                line("a-->b", "Yes.", 3_725, Translation.by("x", "X", "es", "S\u00ed <b>."))),
            null);
    assertThat(file)
        .isEqualTo(
            """
            WEBVTT

            tencent/1
            00:00:05.000 --> 00:00:06.000
            <v Alice Adams>\u2068Is 1 &lt; 2 &amp; 3 --&gt; 4?\u2069</v>

            a--\u203ab
            01:02:05.000 --> 01:02:06.000
            <v Alice Adams>\u2068S\u00ed &lt;b&gt;.\u2069</v>

            """);
  }

  @Test
  void whatIsNotTranslatedSaysItsLanguage() {
    CaptionRecord.Page page = page(0, line("1", "Yes.", 1, null));
    assertThat(Exports.webVtt(page, "ar")).contains("<lang en>\u2068Yes.\u2069</lang>");
    assertThat(Exports.text(page, "ar"))
        .isEqualTo("[00:00:01] \u2068Alice Adams\u2069 [en]: \u2068Yes.\u2069\n");
  }

  @Test
  void textIsIsolatedSoThatNoDirectionLeaksOut() {
    CaptionRecord.Page page =
        page(0, line("1", "Yes.", 1, Translation.by("x", "X", "ar", "\u0646\u0639\u0645")));
    assertThat(Exports.text(page, "ar"))
        .isEqualTo("[00:00:01] \u2068Alice Adams\u2069: \u2068\u0646\u0639\u0645\u2069\n");
  }

  @Test
  void timesCountFromTheFirstCaptionWhereItWasBeforeTheStart() {
    CaptionRecord.Page page = page(0, line("1", "Early.", -10, null), line("2", "Now.", 0, null));
    assertThat(Exports.text(page, null))
        .isEqualTo(
            """
            [00:00:00] \u2068Alice Adams\u2069: \u2068Early.\u2069
            [00:00:10] \u2068Alice Adams\u2069: \u2068Now.\u2069
            """);
  }

  @Test
  void aLongFileSaysWhereItGoesOn() {
    assertThat(Exports.webVtt(page(77, line("1", "A.", 1, null)), null)).contains("after=77");
    assertThat(Exports.text(page(77, line("1", "A.", 1, null)), null)).contains("after=77");
  }
}
