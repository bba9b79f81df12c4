package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hearsight.core.geometry.Direction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoaEncoderTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0, 1",
    "90, 0, 1, 0, 0",
    "180, 0, 0, 0, -1",
    "-90, 0, -1, 0, 0",
    "37, 90, 0, 1, 0",
    "37, -90, 0, -1, 0",
    "45, 30, 0.61237, 0.5, 0.61237",
    "-150, -60, -0.25, -0.86603, -0.43301"
  })
  void encodesInAcnOrderWithSn3dWeights(
      double azimuth, double elevation, float y, float z, float x) {
    assertThat(FoaEncoder.gains(new Direction(azimuth, elevation)))
        .containsExactly(new float[] {1, y, z, x}, within(1e-5f));
  }
}
