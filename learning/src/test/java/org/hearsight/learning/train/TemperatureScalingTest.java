package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureScalingTest {
  private static final int N = 20_000;
  private static final int CLASSES = 5;

  /** Targets drawn from the softmax of logits / truth, so that truth is the right temperature. */
  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1, 2.5, 8})
  void recoversTheTemperatureTheTargetsWereDrawnWith(double truth) {
    SplittableRandom random = new SplittableRandom(11);
    float[][] logits = new float[N][CLASSES];
    int[] targets = new int[N];
    for (int i = 0; i < N; i++) {
      for (int c = 0; c < CLASSES; c++) {
        logits[i][c] = (float) (truth * 4 * (random.nextDouble() - 0.5));
      }
      targets[i] = draw(logits[i], truth, random.nextDouble());
    }

    double found = TemperatureScaling.fit(logits, targets);

    assertThat(found / truth).isCloseTo(1, within(0.05));
    double best = TemperatureScaling.negativeLogLikelihood(logits, targets, found);
    assertThat(best)
        .isLessThan(TemperatureScaling.negativeLogLikelihood(logits, targets, found * 1.05));
    assertThat(best)
        .isLessThan(TemperatureScaling.negativeLogLikelihood(logits, targets, found / 1.05));
  }

  @Test
  void negativeLogLikelihoodOfEqualLogitsIsTheLogarithmOfTheirNumber() {
    float[][] equal = new float[3][CLASSES];
    assertThat(TemperatureScaling.negativeLogLikelihood(equal, new int[] {0, 3, 4}, 0.7))
        .isCloseTo(Math.log(CLASSES), within(1e-12));
  }

  @Test
  void staysWithinItsBoundsWhenEveryAnswerIsRightOrWrong() {
    float[][] sure = new float[10][CLASSES];
    for (float[] row : sure) {
      row[2] = 5;
    }
    int[] right = new int[10];
    Arrays.fill(right, 2);

    assertThat(TemperatureScaling.fit(sure, right)).isBetween(0.049, 0.2);
    assertThat(TemperatureScaling.fit(sure, new int[10])).isCloseTo(20, within(0.1));
  }

  @Test
  void hugeLogitsDoNotOverflow() {
    float[][] huge = {{1e30f, 0}, {-1e30f, 0}};
    assertThat(TemperatureScaling.fit(huge, new int[] {0, 1})).isFinite();
  }

  private static int draw(float[] logits, double temperature, double u) {
    double sum = 0;
    for (float l : logits) {
      sum += Math.exp(l / temperature);
    }
    double at = 0;
    for (int c = 0; c < logits.length; c++) {
      at += Math.exp(logits[c] / temperature) / sum;
      if (u < at) {
        return c;
      }
    }
    return logits.length - 1;
  }
}
