package org.hearsight.learning.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.hearsight.learning.NativeTest;
import org.junit.jupiter.api.Test;

class ParameterFactoryIT extends NativeTest {
  /** They are drawn in Java, which takes all 64 bits. */
  @Test
  void firstWeightsDifferWhereverTheSeedsDo() {
    float[] drawn = factory(1).uniform(1, 50).tensor().floats();

    assertThat(factory(1).uniform(1, 50).tensor().floats()).isEqualTo(drawn);
    for (int bit = 1; bit < Long.SIZE; bit++) {
      assertThat(factory(1 | 1L << bit).uniform(1, 50).tensor().floats())
          .as("bit %d", bit)
          .isNotEqualTo(drawn);
    }
  }
}
