package org.hearsight.learning.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeldEpochTest {
  @Test
  void whatWasNotMatchedIsADashForPeople() {
    SeldEpoch nothing = new SeldEpoch(1, 0.1, 0.2, 0, Double.NaN, Double.NaN, 1);
    SeldEpoch some = new SeldEpoch(2, 0.1, 0.2, 0.3, 18.26, 0.304, 0.6);

    assertThat(nothing.directionText()).isEqualTo("–");
    assertThat(nothing.distanceText()).isEqualTo("–");
    assertThat(some.directionText()).isEqualTo("18.3°");
    assertThat(some.distanceText()).isEqualTo("30 %");
  }
}
