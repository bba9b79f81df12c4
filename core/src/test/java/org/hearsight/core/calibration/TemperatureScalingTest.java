package org.hearsight.core.calibration;

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
    double[][] logits = new double[N][CLASSES];
    double[] targets = new double[N];
    for (int i = 0; i < N; i++) {
      for (int c = 0; c < CLASSES; c++) {
        logits[i][c] = truth * 4 * (random.nextDouble() - 0.5);
      }
      targets[i] = logits[i][draw(logits[i], truth, random.nextDouble())];
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
    double[][] equal = new double[3][CLASSES];
    assertThat(TemperatureScaling.negativeLogLikelihood(equal, new double[3], 0.7))
        .isCloseTo(Math.log(CLASSES), within(1e-12));
  }

  @Test
  void staysWithinItsBoundsWhenEveryAnswerIsRightOrWrong() {
    double[][] sure = new double[10][CLASSES];
    for (double[] row : sure) {
      row[2] = 5;
    }
    double[] right = new double[10];
    Arrays.fill(right, 5);

    assertThat(TemperatureScaling.fit(sure, right)).isBetween(0.049, 0.2);
    assertThat(TemperatureScaling.fit(sure, new double[10])).isCloseTo(20, within(0.1));
  }

  /** Labels of two outcomes: at the right temperature their cross-entropy is least. */
  @Test
  void softTargetsAreFittedByTheirCrossEntropy() {
    SplittableRandom random = new SplittableRandom(5);
    double[][] logits = new double[N][CLASSES];
    double[] ofTarget = new double[N];
    for (int i = 0; i < N; i++) {
      double sum = 0;
      for (int c = 0; c < CLASSES; c++) {
        logits[i][c] = 3 * random.nextDouble();
        sum += Math.exp(logits[i][c] / 1.5);
      }
      for (int c = 0; c < CLASSES; c++) {
        ofTarget[i] += Math.exp(logits[i][c] / 1.5) / sum * logits[i][c];
      }
    }
    assertThat(TemperatureScaling.fit(logits, ofTarget)).isCloseTo(1.5, within(1e-5));
  }

  @Test
  void hugeLogitsDoNotOverflow() {
    double[][] huge = {{1e30, 0}, {-1e30, 0}};
    assertThat(TemperatureScaling.fit(huge, new double[] {1e30, 0})).isFinite();
  }

  private static int draw(double[] logits, double temperature, double u) {
    double sum = 0;
    for (double l : logits) {
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
