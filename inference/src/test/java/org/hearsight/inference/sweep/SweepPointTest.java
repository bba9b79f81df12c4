package org.hearsight.inference.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.metrics.Answer;
import org.hearsight.inference.TinyData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepPointTest {
  @ParameterizedTest
  @CsvSource({
    "80, 0.8, HARMLESS", // nothing falls
    "78, 0.8, HARMLESS", // less than 5 %
    "60, 0.8, UNNOTICED",
    "60, 0.72, UNNOTICED", // less than half of 20 %
    "60, 0.65, NOTICED",
    "20, 0.3, NOTICED"
  })
  void aFallThatTheConfidenceDoesNotShowIsUnnoticed(
      int right, double confidence, SweepPoint.Effect effect) {
    assertThat(point(right, confidence).effect(point(80, 0.8))).isEqualTo(effect);
  }

  /** Of a hundred sirens, of which so many were placed right. */
  private static SweepPoint point(int right, double confidence) {
    List<Answer> answers = new ArrayList<>();
    Scenario.Files files = new Scenario.Files("a.wav", "a.csv", null, null, null);
    for (int i = 0; i < 100; i++) {
      Scenario truth =
          new Scenario(
              "a" + i,
              Split.TEST,
              "siren",
              new Location(0, 0, 5),
              0,
              0.5,
              null,
              1,
              List.of(),
              files,
              null);
      Location said = new Location(i < right ? 0 : 90, 0, 5);
      answers.add(new Answer(truth, new float[] {0, 1, 0}, said, confidence, null));
    }
    return SweepPoint.of("step", answers, TinyData.TAXONOMY, null);
  }
}
