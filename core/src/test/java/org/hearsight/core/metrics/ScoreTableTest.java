package org.hearsight.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTableTest {
  @Test
  void columnsAlignAndHoldTheNumbers() {
    ImaginationScores scores = ImaginationScores.of(Answers.six(), Answers.TAXONOMY, 7);
    ImaginationScores nothing = ImaginationScores.of(List.of(), Answers.TAXONOMY, 7);

    String text =
        ScoreTable.text(
            List.of(
                new ScoreTable.Named("model", scores), new ScoreTable.Named("silent", nothing)));

    assertThat(text.lines())
        .contains(
            "system  accuracy  macro F1  false alarms  missed  Brier  calibration",
            "model     50.0 %     0.556        50.0 %  25.0 %  0.152        0.292",
            "system  hazards  n    class  median°         95 %  mean°    ≤ 20°  distance",
            "model   hidden   2   50.0 %     20.0    10.0–30.0   20.0   50.0 %    35.0 %",
            "silent  hidden   0        –        –            –      –        –         –");
  }
}
