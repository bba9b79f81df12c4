package org.hearsight.core.probability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoftmaxTest {
  /** Of logarithms of shares it is the shares, whatever is added to all of them. */
  @Test
  void logarithmsOfSharesBecomeTheShares() {
    double[] logits = {Math.log(0.2) + 5000, Math.log(0.5) + 5000, Math.log(0.3) + 5000};

    assertThat(Softmax.of(logits, 1)).containsExactly(new double[] {0.2, 0.5, 0.3}, within(1e-9));
    assertThat(Softmax.of(new float[] {0, -1e30f}, 1)).containsExactly(1, 0);
  }

  /** Squares of the probabilities at one half, scaled to sum to one. */
  @Test
  void aTemperatureIsAPower() {
    double[] logits = {Math.log(1), Math.log(2), Double.NEGATIVE_INFINITY};

    assertThat(Softmax.of(logits, 0.5)).containsExactly(new double[] {0.2, 0.8, 0}, within(1e-12));
    assertThat(logits).containsExactly(0, Math.log(2), Double.NEGATIVE_INFINITY);
  }
}
