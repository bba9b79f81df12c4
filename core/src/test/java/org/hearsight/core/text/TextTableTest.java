package org.hearsight.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private final TextTable table =
      TextTable.ofNumbers(List.of("system", "mean°", "remark"), 0, 2)
          .row("model", "7.5", "")
          .row("𝛑-baseline", "120.0", "slow");

  @Test
  void columnsAreAsWideAsTheirLongestCellAndNoLineEndsInSpaces() {
    assertThat(table.aligned())
        .isEqualTo(
            """
            system      mean°  remark
            model         7.5
            𝛑-baseline  120.0  slow
            """);
  }

  @Test
  void markdownSaysHowColumnsAreAligned() {
    assertThat(table.markdown())
        .isEqualTo(
            """
            | system | mean° | remark |
            |---|---:|---|
            | model | 7.5 |  |
            | 𝛑-baseline | 120.0 | slow |
            """);
    assertThat(TextTable.ofWords(List.of("a", "b")).markdown()).isEqualTo("| a | b |\n|---|---|\n");
  }

  @Test
  void aRowHasAsManyCellsAsTheHeader() {
    assertThatThrownBy(() -> table.row("model", "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 cells in a table of 3");
  }
}
