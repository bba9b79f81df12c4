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
            "system  hazards                  n    class  median°         95 %  mean°    ≤ 20° "
                + " distance",
            "model   hidden                   2   50.0 %     20.0    10.0–30.0   20.0   50.0 %   "
                + " 35.0 %",
            "model   hidden behind something  1  100.0 %     10.0    10.0–10.0   10.0  100.0 %   "
                + " 20.0 %",
            "model   hidden outside the view  1    0.0 %     30.0    30.0–30.0   30.0    0.0 %   "
                + " 50.0 %",
            "silent  hidden                   0        –        –            –      –        –     "
                + "    –",
            "weight of what is heard  occlusion  n   mean",
            "model                    40–60 %    2  0.500",
            "model                    80–100 %   3  0.800",
            "model by             n    class  median°         95 %    ≤ 20°  distance  calibration"
                + "  in 90 %",
            "class: siren         2   50.0 %     20.0    10.0–30.0   50.0 %    35.0 %        0.225"
                + "        –",
            "distance: 10–20 m    3   33.3 %     30.0   10.0–180.0   33.3 %    50.0 %        0.183"
                + "        –",
            "occlusion: 40–60 %   1  100.0 %     15.0    15.0–15.0  100.0 %    55.0 %        0.800"
                + "        –")
        .noneMatch(line -> line.contains("procedural") || line.contains("recall"));
  }

  @Test
  void theFirstSystemIsShownByTheOriginOfTheSounds() {
    ImaginationScores scores = ImaginationScores.of(Answers.sixHeard(), Answers.TAXONOMY, 7);

    String text =
        ScoreTable.text(
            List.of(new ScoreTable.Named("model", scores), new ScoreTable.Named("other", scores)));

    assertThat(text)
        .endsWith(
            """

            model: sounds                   procedural      recorded
            scenarios                                2             4
            accuracy                            50.0 %        50.0 %
            macro F1                             0.500         0.444
            hazards missed                      50.0 %         0.0 %
            calibration error                    0.075         0.400
            false alarms, ambience alone             –    0.0 % of 1
            false alarms, harmless sound             –  100.0 % of 1
            direction, median°                    95.0          22.5
            … its 95 % interval             10.0–180.0     15.0–30.0
            … ≤ 20°                             50.0 %        50.0 %
            distance, median error              60.0 %        52.5 %
            recall: background                       –   50.0 % of 2
            recall: siren                 100.0 % of 1    0.0 % of 1
            recall: horn                    0.0 % of 1  100.0 % of 1
            """);
  }
}
