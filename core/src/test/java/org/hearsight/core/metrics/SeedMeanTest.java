package org.hearsight.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SeedMeanTest {
  /** t of two degrees of freedom at 97.5 % is 4.3027. */
  @Test
  void threeSeedsHaveStudentsInterval() {
    SeedMean m = SeedMean.of(20, 22, 24);
    assertThat(m.mean()).isEqualTo(22);
    double half = 4.302653 * 2 / Math.sqrt(3);
    assertThat(m.low()).isCloseTo(22 - half, within(1e-5));
    assertThat(m.high()).isCloseTo(22 + half, within(1e-5));
    assertThat(m.differsFromZero()).isTrue();
    assertThat(SeedMean.of(-1, 0, 1).differsFromZero()).isFalse();
    assertThat(SeedMean.of(-3, -3.1, -2.9).differsFromZero()).isTrue();
  }

  @Test
  void oneSeedHasNoInterval() {
    SeedMean m = SeedMean.of(5, Double.NaN);
    assertThat(m.mean()).isEqualTo(5);
    assertThat(m.low()).isNaN();
    assertThat(m.values()).containsExactly(5.0);
    assertThat(m.differsFromZero()).isFalse();
    assertThat(SeedMean.of().mean()).isNaN();
  }
}
