package org.hearsight.learning.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.hearsight.learning.NativeTest;
import org.junit.jupiter.api.Test;

class DropoutIT extends NativeTest {
  private static final int PLANE = 9;

  @Test
  void planesGoOrStayAsAWhole() {
    engine.seed(3);
    NDArray ones = manager.ones(new Shape(8, 16, 3, 3));

    float[] y = new Dropout(0.5).planes(ones, true).toFloatArray();

    int dropped = 0;
    for (int p = 0; p < y.length; p += PLANE) {
      assertThat(Arrays.copyOfRange(y, p, p + PLANE)).containsOnly(y[p]);
      assertThat(y[p]).isIn(0f, 2f);
      dropped += y[p] == 0 ? 1 : 0;
    }
    assertThat(dropped).isBetween(45, 83);
  }

  @Test
  void elementsKeepTheirMean() {
    engine.seed(3);
    float[] y = new Dropout(0.2).elements(manager.ones(new Shape(100, 100)), true).toFloatArray();

    assertThat(y).contains(0f).contains(1.25f);
    double mean = 0;
    for (float v : y) {
      mean += v / y.length;
    }
    assertThat(mean).isBetween(0.98, 1.02);
  }

  @Test
  void passesEverythingWhenNotTraining() {
    NDArray x = ramp(2, 3, 2, 2);
    assertThat(new Dropout(0.5).planes(x, false)).isSameAs(x);
    assertThat(new Dropout(0.5).elements(x, false)).isSameAs(x);
  }

  @Test
  void refusesRatesThatAreNone() {
    assertThatThrownBy(() -> new Dropout(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Dropout(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }
}
