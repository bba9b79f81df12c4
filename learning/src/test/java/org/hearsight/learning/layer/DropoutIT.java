package org.hearsight.learning.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hearsight.learning.NativeTest;
import org.junit.jupiter.api.Test;

class DropoutIT extends NativeTest {
  private static final int PLANE = 9;

  @Test
  void planesGoOrStayAsAWhole() {
    engine.seed(3);
    NDArray ones = manager.ones(new Shape(8, 16, 3, 3));

    float[] y = TorchValue.run(x -> new Dropout(0.5).planes(x, true), ones).toFloatArray();

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
    NDArray ones = manager.ones(new Shape(100, 100));
    float[] y = TorchValue.run(x -> new Dropout(0.2).elements(x, true), ones).toFloatArray();

    assertThat(y).contains(0f).contains(1.25f);
    double mean = 0;
    for (float v : y) {
      mean += v / y.length;
    }
    assertThat(mean).isBetween(0.98, 1.02);
  }

  @Test
  void passesEverythingWhenNotTraining() {
    Value x = TorchValue.of(ramp(2, 3, 2, 2));
    assertThat(new Dropout(0.5).planes(x, false)).isSameAs(x);
    assertThat(new Dropout(0.5).elements(x, false)).isSameAs(x);
  }

  @Test
  void refusesRatesThatAreNone() {
    assertThatThrownBy(() -> new Dropout(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Dropout(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }

  /** libtorch keeps 32 bits of a seed; ours count, all of them, wherever they differ. */
  @Test
  void masksDifferWhereverTheSeedsDo() {
    Set<List<Float>> masks = new HashSet<>();
    for (int bit = 0; bit < Long.SIZE; bit++) {
      masks.add(mask(1L << bit));
    }
    masks.add(mask(0));
    assertThat(masks).hasSize(Long.SIZE + 1);

    for (int epoch = 1; epoch <= 3; epoch++) {
      for (int step = 0; step < 3; step++) {
        masks.add(mask(1, epoch, step));
        masks.add(mask(1L << 32, epoch, step));
      }
    }
    assertThat(masks).hasSize(Long.SIZE + 1 + 2 * 3 * 3);
    assertThat(mask(1, 2, 3)).isEqualTo(mask(1, 2, 3)).isNotEqualTo(mask(1, 3, 2));
  }

  private List<Float> mask(long... seed) {
    engine.seed(seed);
    List<Float> mask = new ArrayList<>();
    NDArray ones = manager.ones(new Shape(64));
    for (float kept :
        TorchValue.run(x -> new Dropout(0.5).elements(x, true), ones).toFloatArray()) {
      mask.add(kept);
    }
    return mask;
  }
}
