package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MelFilterbankTest {
  private final MelFilterbank mel = new MelFilterbank(24000, 1024, 64, 0, 12000);

  @Test
  void matchesLibrosa() {
    Path file = Path.of("src/test/resources/golden/features/features.safetensors");
    float[] expected = GoldenTensors.read(file).floats("mel_filterbank");
    double[][] matrix = mel.matrix();
    for (int b = 0; b < 64; b++) {
      for (int k = 0; k < 513; k++) {
        assertThat(matrix[b][k]).isCloseTo(expected[b * 513 + k], within(1e-8));
      }
    }
  }

  @Test
  void everyBandHasUnitAreaOnAFineGrid() {
    MelFilterbank fine = new MelFilterbank(24000, 1 << 17, 64, 0, 12000);
    for (double[] band : fine.matrix()) {
      double area = 0;
      for (double w : band) {
        area += w * 24000 / (1 << 17);
      }
      assertThat(area).isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void aBinTouchesAtMostTwoBands() {
    double[][] matrix = mel.matrix();
    for (int k = 0; k < 513; k++) {
      int touched = 0;
      for (double[] band : matrix) {
        touched += band[k] > 0 ? 1 : 0;
      }
      assertThat(touched).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void appliesItsMatrix() {
    SplittableRandom random = new SplittableRandom(1);
    double[] spectrum = random.doubles(513).toArray();
    double[] bands = new double[64];
    mel.apply(spectrum, bands);
    double[][] matrix = mel.matrix();
    for (int b = 0; b < 64; b++) {
      double expected = 0;
      for (int k = 0; k < 513; k++) {
        expected += matrix[b][k] * spectrum[k];
      }
      assertThat(bands[b]).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void scaleIsLinearThenLogarithmicAndInvertible() {
    assertThat(MelFilterbank.mel(1000)).isCloseTo(15, within(1e-12));
    assertThat(MelFilterbank.mel(6400)).isCloseTo(42, within(1e-12));
    for (double f = 0; f <= 12000; f += 37) {
      assertThat(MelFilterbank.hertz(MelFilterbank.mel(f))).isCloseTo(f, within(1e-8));
    }
  }

  @Test
  void refusesEdgesBeyondTheNyquistFrequency() {
    assertThatThrownBy(() -> new MelFilterbank(24000, 1024, 64, 0, 12001))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MelFilterbank(24000, 1024, 64, 500, 500))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
