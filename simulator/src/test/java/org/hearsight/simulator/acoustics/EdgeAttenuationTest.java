package org.hearsight.simulator.acoustics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EdgeAttenuationTest {
  @Test
  void isFiveDecibelsAtTheShadowBoundaryFromBothSides() {
    assertThat(EdgeAttenuation.decibels(1e-9)).isCloseTo(5, within(1e-3));
    assertThat(EdgeAttenuation.decibels(-1e-9)).isCloseTo(5, within(1e-3));
    assertThat(EdgeAttenuation.decibels(0)).isEqualTo(5);
  }

  /** Maekawa's chart: about 13 dB at N = 1 and 23 dB at N = 10. */
  @Test
  void followsMaekawasChartInTheShadow() {
    assertThat(EdgeAttenuation.decibels(1)).isCloseTo(13, within(0.5));
    assertThat(EdgeAttenuation.decibels(10)).isCloseTo(23, within(0.5));
    assertThat(EdgeAttenuation.decibels(1000)).isEqualTo(EdgeAttenuation.LIMIT);
  }

  @Test
  void neverRisesFromLightToShadow() {
    double before = -1;
    for (double fresnel = -0.5; fresnel < 20; fresnel += 0.001) {
      double now = EdgeAttenuation.decibels(fresnel);
      assertThat(now).isGreaterThanOrEqualTo(before - 1e-9);
      before = now;
    }
    assertThat(EdgeAttenuation.decibels(-0.2)).isZero();
  }

  @Test
  void takesMoreFromHighFrequenciesAndFromThickObstacles() {
    for (int band = 1; band < OctaveBands.COUNT; band++) {
      assertThat(EdgeAttenuation.gain(band, 0.05, 0))
          .isLessThan(EdgeAttenuation.gain(band - 1, 0.05, 0));
    }
    assertThat(EdgeAttenuation.gain(2, 0.2, 10)).isLessThan(EdgeAttenuation.gain(2, 0.2, 0));
    assertThat(EdgeAttenuation.gain(2, 0.2, 1e-4))
        .isCloseTo(EdgeAttenuation.gain(2, 0.2, 0), within(1e-6));
  }
}
