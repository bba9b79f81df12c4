package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConfidenceScalingTest {
  private static final int ROWS = 4000;

  /** Right as often as a third of the logit less one says. */
  @Test
  void findsWhatMadeTheRows() {
    SplittableRandom random = new SplittableRandom(1);
    double[] confidences = new double[ROWS];
    boolean[] right = new boolean[ROWS];
    for (int i = 0; i < ROWS; i++) {
      double logit = 6 * random.nextDouble() - 1;
      confidences[i] = 1 / (1 + Math.exp(-logit));
      right[i] = random.nextDouble() < 1 / (1 + Math.exp(-logit / 3 + 1));
    }

    ConfidenceScaling fitted = ConfidenceScaling.fit(confidences, right);

    assertThat(fitted.factor()).isCloseTo(1 / 3.0, within(0.08));
    assertThat(fitted.term()).isCloseTo(-1, within(0.15));
  }

  /** What it says is right on average, whatever the logits were. */
  @Test
  void whatSaysTheOppositeBecomesTheShareOfRightAnswers() {
    double[] confidences = {0.9, 0.8, 0.95, 0.1, 0.2, 0.9, 0.7, 0.99};
    boolean[] right = {false, false, false, true, true, false, true, false};

    ConfidenceScaling fitted = ConfidenceScaling.fit(confidences, right);

    assertThat(fitted.factor()).isZero();
    assertThat(fitted.of(5)).isCloseTo(3 / 8.0, within(0.06));
  }

  @Test
  void aFewRowsAreNotCertain() {
    ConfidenceScaling fitted =
        ConfidenceScaling.fit(new double[] {1, 1, 0.5}, new boolean[] {true, true, true});

    assertThat(fitted.of(0)).isBetween(0.5, 0.9);
    assertThat(fitted.of(16)).isBetween(0.5, 0.999999);
  }
}
