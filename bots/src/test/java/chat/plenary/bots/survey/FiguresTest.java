package chat.plenary.bots.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void cellsAreQuotedAndQuotesDoubled() {
    assertThat(Figures.cell("plain")).isEqualTo("\"plain\"");
    assertThat(Figures.cell("")).isEqualTo("\"\"");
    assertThat(Figures.cell("a, \"b\"\nc")).isEqualTo("\"a, \"\"b\"\"\nc\"");
  }

  @Test
  void whatASpreadsheetWouldComputeIsText() {
    for (String formula : List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")) {
      assertThat(Figures.cell(formula)).isEqualTo("\"'" + formula + "\"");
    }
    assertThat(Figures.cell("a=1")).isEqualTo("\"a=1\"");
  }
}
