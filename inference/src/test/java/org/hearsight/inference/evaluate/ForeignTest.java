package org.hearsight.inference.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 301})
  void oneCycleLeadsThroughAllScenes(int count) {
    for (long seed = 0; seed < 5; seed++) {
      int[] others = Foreign.others(count, seed);
      int at = 0;
      for (int step = 1; step < count; step++) {
        at = others[at];
        assertThat(at).as("back after %d steps", step).isNotZero();
      }
      assertThat(others[at]).isZero();
    }
  }

  @Test
  void theSeedDecides() {
    assertThat(Foreign.others(50, 1)).isEqualTo(Foreign.others(50, 1));
    assertThat(Foreign.others(50, 1)).isNotEqualTo(Foreign.others(50, 2));
  }

  @Test
  void aSceneAloneHasNoOther() {
    assertThatThrownBy(() -> Foreign.others(1, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
