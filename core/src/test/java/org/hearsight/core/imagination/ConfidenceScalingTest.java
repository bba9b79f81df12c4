package org.hearsight.core.imagination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class ConfidenceScalingTest {
  private static final int ROWS = 4000;

  /**
   * Fits to answers that are right as often as a logit says; what is said has logits of its own.
   */
  private static ConfidenceScaling fitted(long seed, DoubleBinaryOperator logitOfRight) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] confidences = new double[ROWS];
    double[] occlusion = new double[ROWS];
    boolean[] right = new boolean[ROWS];
    for (int i = 0; i < ROWS; i++) {
      double logit = 6 * random.nextDouble() - 1;
      confidences[i] = 1 / (1 + Math.exp(-logit));
      occlusion[i] = random.nextDouble();
      double truth = logitOfRight.applyAsDouble(logit, occlusion[i]);
      right[i] = random.nextDouble() < 1 / (1 + Math.exp(-truth));
    }
    return ConfidenceScaling.fit(confidences, occlusion, right);
  }

  /** Right as often as a third of the logit less one says. */
  @Test
  void findsWhatMadeTheRows() {
    ConfidenceScaling fitted = fitted(1, (logit, occlusion) -> logit / 3 - 1);

    assertThat(fitted.factor()).isCloseTo(1 / 3.0, within(0.08));
    assertThat(fitted.term()).isCloseTo(-1, within(0.15));
    assertThat(fitted.occlusion()).isCloseTo(0, within(0.2));
  }

  /** Right less often where less is seen, which the head does not say. */
  @Test
  void findsWhatOcclusionHasToDoWithIt() {
    ConfidenceScaling fitted = fitted(2, (logit, occlusion) -> 0.5 * logit + 1 - 3 * occlusion);

    assertThat(fitted.factor()).isCloseTo(0.5, within(0.08));
    assertThat(fitted.term()).isCloseTo(1, within(0.2));
    assertThat(fitted.occlusion()).isCloseTo(-3, within(0.35));
    assertThat(fitted.of(0.5, 1)).isCloseTo(1 / (1 + Math.exp(2)), within(0.03));
    assertThat(fitted.of(0.5, 0)).isCloseTo(1 / (1 + Math.exp(-1)), within(0.03));
  }

  /** At the minimum of a logistic likelihood with a term, the mean said is the share of rights. */
  @Test
  void theMeanOfWhatIsSaidIsTheShareOfRightAnswers() {
    SplittableRandom random = new SplittableRandom(3);
    int n = 400;
    double[] confidences = new double[n];
    double[] occlusion = new double[n];
    boolean[] right = new boolean[n];
    int rights = 0;
    for (int i = 0; i < n; i++) {
      confidences[i] = random.nextDouble(0.6, 1);
      occlusion[i] = random.nextDouble();
      right[i] = random.nextInt(3) > 0;
      rights += right[i] ? 1 : 0;
    }
    ConfidenceScaling fitted = ConfidenceScaling.fit(confidences, occlusion, right);
    double said = 0;
    for (int i = 0; i < n; i++) {
      said += fitted.of(confidences[i], occlusion[i]) / n;
    }
    // Platt's targets are a little less than certain.
    double high = (rights + 1.0) / (rights + 2);
    double low = 1.0 / (n - rights + 2);
    double expected = (rights * high + (n - rights) * low) / n;
    assertThat(said).isCloseTo(expected, within(1e-6));
  }

  @Test
  void fewRowsSayNothingOfOcclusion() {
    double[] said = new double[49];
    double[] occlusion = new double[49];
    boolean[] right = new boolean[49];
    for (int i = 0; i < 49; i++) {
      said[i] = 0.5;
      occlusion[i] = i / 48.0;
      right[i] = i < 20;
    }
    assertThat(ConfidenceScaling.fit(said, occlusion, right).occlusion()).isZero();
  }

  /** What it says is right on average, whatever the logits were. */
  @Test
  void whatSaysTheOppositeBecomesTheShareOfRightAnswers() {
    double[] confidences = {0.9, 0.8, 0.95, 0.1, 0.2, 0.9, 0.7, 0.99};
    boolean[] right = {false, false, false, true, true, false, true, false};

    ConfidenceScaling fitted = ConfidenceScaling.fit(confidences, new double[8], right);

    assertThat(fitted.factor()).isZero();
    assertThat(fitted.of(0.993, 0.3)).isCloseTo(3 / 8.0, within(0.06));
  }

  @Test
  void aFewRowsAreNotCertain() {
    ConfidenceScaling fitted =
        ConfidenceScaling.fit(
            new double[] {1, 1, 0.5}, new double[3], new boolean[] {true, true, true});

    assertThat(fitted.of(0.5, 0)).isBetween(0.5, 0.9);
    assertThat(fitted.of(1, 0)).isBetween(0.5, 0.999999);
  }
}
