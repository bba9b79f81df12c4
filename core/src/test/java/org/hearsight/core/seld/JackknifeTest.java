package org.hearsight.core.seld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class JackknifeTest {
  /** Student's t at 97.5 % with 3 degrees of freedom, from printed tables. */
  private static final double T3 = 3.182446;

  @Test
  void ofAMeanItIsTheTInterval() {
    double[] x = {1, 4, 2, 7};
    double mean = 3.5;
    double[] without = new double[4];
    double squares = 0;
    for (int i = 0; i < 4; i++) {
      without[i] = (14 - x[i]) / 3;
      squares += (x[i] - mean) * (x[i] - mean);
    }

    Jackknife j = Jackknife.of(mean, without);

    double reach = T3 * Math.sqrt(squares / 3 / 4);
    assertThat(j.low()).isCloseTo(mean - reach, within(1e-5));
    assertThat(j.high()).isCloseTo(mean + reach, within(1e-5));
  }

  @Test
  void biasIsTakenOut() {
    Jackknife j = Jackknife.of(1, new double[] {1.25, 1.25, 1.25});

    assertThat(j.value()).isEqualTo(1);
    assertThat(j.low()).isEqualTo(0.5);
    assertThat(j.high()).isEqualTo(0.5);
  }

  @Test
  void oneClipOrNoNumberHasNoInterval() {
    assertThat(Jackknife.of(1, new double[] {2}).low()).isNaN();
    assertThat(Jackknife.of(1, new double[] {2, Double.NaN}).high()).isNaN();
    assertThat(Jackknife.of(Double.NaN, new double[] {2, 3}).high()).isNaN();
  }
}
