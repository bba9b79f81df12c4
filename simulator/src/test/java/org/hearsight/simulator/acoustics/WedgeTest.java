package org.hearsight.simulator.acoustics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WedgeTest {
  private static final double[][] DISTANCES = {{3, 4}, {8, 2}, {1, 12}, {20, 15}};

  /** Tolerance: 1 dB, all bands, from 1° to 85° into the shadow, from 0.7 wavelengths on. */
  @Test
  void diffractionIsWithinOneDecibelOfTheExactWedge() {
    double worst = 0;
    for (double[] r : DISTANCES) {
      for (double receiver = 5; receiver <= 85; receiver += 20) {
        for (double into : new double[] {1, 3, 10, 25, 45, 65, 85}) {
          double source = 180 + receiver + into;
          if (source > 268) {
            continue;
          }
          for (int band = 0; band < OctaveBands.COUNT; band++) {
            double in = Math.toRadians(receiver);
            double out = Math.toRadians(source);
            double wavelength = OctaveBands.wavelength(band);
            if (Math.min(r[0], r[1]) < 0.7 * wavelength) {
              continue;
            }
            double length = r[0] + r[1];
            double model = Wedge.shadow(Wedge.width(wavelength, r[0], r[1], length), in, out);
            double[] p = RigidWedge.diffracted(2 * Math.PI / wavelength, r[0], r[1], out, in);
            double exact = Math.hypot(p[0], p[1]) * length;
            double off = Math.abs(20 * Math.log10(model / exact));
            assertThat(off).as("%.0f° into %.0f°, %d", receiver, into, band).isLessThan(1);
            worst = Math.max(worst, off);
          }
        }
      }
    }
    assertThat(worst).isPositive();
  }

  @Test
  void exactSolutionIsHalfAtTheShadowBoundary() {
    double in = Math.toRadians(60);
    double[] p = RigidWedge.diffracted(200, 10, 10, Math.PI + in + 1e-5, in);
    assertThat(20 * Math.log10(Math.hypot(p[0], p[1]) * 20)).isCloseTo(-6, within(0.5));
  }

  /** Tolerance: 0.1 dB where what the faces reflect is far from its own boundaries. */
  @Test
  void isSixDecibelsDownAtTheShadowBoundary() {
    double in = Math.toRadians(70);
    double width = Wedge.width(OctaveBands.wavelength(5), 40, 40, 80);
    assertThat(20 * Math.log10(Wedge.light(0.1, 1e9, 1, Math.PI + 1, 0, 10)))
        .isCloseTo(-6.02, within(0.01));
    double shadow = Wedge.shadow(width, in, Math.PI + in);
    assertThat(20 * Math.log10(shadow)).isCloseTo(-6.02, within(0.4));
  }

  /** Tolerance: 0.01 dB between the last of the light and the first of the shadow. */
  @Test
  void isContinuousAcrossTheShadowBoundary() {
    for (int band = 0; band < OctaveBands.COUNT; band++) {
      double wavelength = OctaveBands.wavelength(band);
      double width = Wedge.width(wavelength, 5, 7, 12);
      double in = Math.toRadians(50);
      double tiny = 1e-6;
      double light = Wedge.light(wavelength, width, in, Math.PI + in - tiny, 0, 12);
      double shadow = Wedge.shadow(width, in, Math.PI + in + tiny);
      assertThat(20 * Math.log10(light / shadow)).isCloseTo(0, within(0.01));
    }
  }

  /**
   * The light side too: within 1.2 dB of the exact direct and diffracted sound, 1° to 25° from the
   * edge.
   */
  @Test
  void lightBesideAnEdgeFollowsTheExactWedge() {
    double in = Math.toRadians(80);
    for (double[] r : DISTANCES) {
      for (double beside : new double[] {1, 3, 6, 10, 15, 25}) {
        double out = Math.PI + in - Math.toRadians(beside);
        double straight =
            Math.sqrt(r[0] * r[0] + r[1] * r[1] - 2 * r[0] * r[1] * Math.cos(out - in));
        double length = r[0] + r[1];
        for (int band = 0; band < OctaveBands.COUNT; band++) {
          double wavelength = OctaveBands.wavelength(band);
          if (Math.min(r[0], r[1]) < 0.7 * wavelength) {
            continue;
          }
          double k = 2 * Math.PI / wavelength;
          double model =
              Wedge.light(
                  wavelength,
                  Wedge.width(wavelength, r[0], r[1], length),
                  in,
                  out,
                  length - straight,
                  length);
          double[] p = RigidWedge.diffracted(k, r[0], r[1], out, in);
          double re = p[0] + Math.cos(k * straight) / straight;
          double im = p[1] - Math.sin(k * straight) / straight;
          double exact = Math.hypot(re, im) * straight;
          assertThat(20 * Math.log10(model / exact))
              .as("%.0f° beside, band %d, %.0f m", beside, band, r[0])
              .isCloseTo(0, within(1.2));
        }
      }
    }
  }

  @Test
  void takesMoreFromHighFrequencies() {
    for (int band = 1; band < OctaveBands.COUNT; band++) {
      double high = Wedge.shadow(Wedge.width(OctaveBands.wavelength(band), 3, 4, 7), 1, 4.4);
      double low = Wedge.shadow(Wedge.width(OctaveBands.wavelength(band - 1), 3, 4, 7), 1, 4.4);
      assertThat(high).isLessThan(low);
    }
  }

  /** Fresnel integrals by the midpoint rule; tolerance 0.002 as the approximation claims. */
  @Test
  void auxiliaryFunctionsAreThoseOfTheFresnelIntegrals() {
    double cos = 0;
    double sin = 0;
    double step = 1e-5;
    int n = 0;
    for (double x = 0.25; x < 6; x += 0.25) {
      for (; (n + 0.5) * step < x; n++) {
        double t = (n + 0.5) * step;
        cos += Math.cos(Math.PI / 2 * t * t) * step;
        sin += Math.sin(Math.PI / 2 * t * t) * step;
      }
      double c = Math.cos(Math.PI / 2 * x * x);
      double s = Math.sin(Math.PI / 2 * x * x);
      double f = (0.5 - sin) * c - (0.5 - cos) * s;
      double g = (0.5 - cos) * c + (0.5 - sin) * s;
      assertThat(Fresnel.f(x)).isCloseTo(f, within(0.002));
      assertThat(Fresnel.g(x)).isCloseTo(g, within(0.002));
    }
  }
}
