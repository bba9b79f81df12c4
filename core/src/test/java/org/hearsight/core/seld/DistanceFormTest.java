package org.hearsight.core.seld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DistanceFormTest {
  @ParameterizedTest
  @EnumSource
  void decodingUndoesEncoding(DistanceForm form) {
    for (double metres : new double[] {0, 0.5, 3, 50, 400}) {
      assertThat(form.decode(form.encode(metres))).isCloseTo(metres, within(1e-9 * (1 + metres)));
    }
  }

  @Test
  void onlyTheDistancesOfAnOutputChange() {
    // Two frames of three tracks of x, y, z and distance for two classes.
    float[] output = new float[2 * 3 * 4 * 2];
    Arrays.fill(output, 0.5f);
    DistanceForm.LOG.decode(output, 2);
    for (int i = 0; i < output.length; i++) {
      double expected = i / 2 % 4 == 3 ? Math.expm1(2) : 0.5;
      assertThat((double) output[i]).as("number " + i).isCloseTo(expected, within(1e-5));
    }
  }
}
