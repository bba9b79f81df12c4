package org.hearsight.simulator.acoustics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hearsight.core.geometry.Vec3;
import org.junit.jupiter.api.Test;

class EdgeChainTest {
  private static final EdgeChain.Bend LEFT = new EdgeChain.Bend(new Vec3(3, 2, 0), -1, 1);
  private static final EdgeChain.Bend RIGHT = new EdgeChain.Bend(new Vec3(9, 2, 0), 1, 1);

  /** A. D. Pierce 1974, wide barrier, equation as printed with Y and B. Tolerance 0.01 dB. */
  @Test
  void twoEdgesOfAWideBarrierAreAsInPierce() {
    Vec3 a = new Vec3(0, -1, 0);
    Vec3 b = new Vec3(11, 0.5, 0);
    double near = Math.hypot(3, 3);
    double far = Math.hypot(2, 1.5);
    double wide = 6;
    double length = near + wide + far;
    EdgeChain chain = new EdgeChain(a, List.of(LEFT, RIGHT), b, length);
    for (int band = 0; band < OctaveBands.COUNT; band++) {
      double wavelength = OctaveBands.wavelength(band);
      double ys =
          Math.sqrt(2 * near * (wide + far) / (wavelength * length))
              * m(1.5 * Math.PI - Math.atan2(3, 3));
      double yr =
          Math.sqrt(2 * far * (wide + near) / (wavelength * length))
              * m(1.5 * Math.PI - Math.atan2(2, 1.5));
      double b2 = wide * length / ((wide + near) * (wide + far));
      double large = Math.max(ys, yr);
      double small = Math.sqrt(b2) * Math.min(ys, yr);
      double pierce =
          Math.hypot(Fresnel.f(large), Fresnel.g(large))
              * Math.hypot(Fresnel.f(small), Fresnel.g(small));
      assertThat(20 * Math.log10(chain.gain(wavelength) / pierce)).isCloseTo(0, within(0.01));
    }
  }

  /** M of Pierce for ν = 2/3 with the angle from the upper face. */
  private static double m(double theta) {
    double nu = 2.0 / 3;
    return (Math.cos(nu * Math.PI) - Math.cos(nu * theta)) / (nu * Math.sin(nu * Math.PI));
  }

  @Test
  void readBackwardsTheChainIsTheSame() {
    Vec3 a = new Vec3(0, -1, 0);
    Vec3 b = new Vec3(14, 1.2, 0);
    double length = Math.hypot(3, 3) + 6 + Math.hypot(5, 0.8) + 1;
    EdgeChain there = new EdgeChain(a, List.of(LEFT, RIGHT), b, length);
    EdgeChain back = new EdgeChain(b, List.of(RIGHT, LEFT), a, length);
    for (int band = 0; band < OctaveBands.COUNT; band++) {
      double wavelength = OctaveBands.wavelength(band);
      assertThat(there.gain(wavelength)).isCloseTo(back.gain(wavelength), within(1e-12));
    }
  }

  /** Where sound no longer clears the second edge, tolerance 0.3 dB. */
  @Test
  void aSecondEdgeComesInWithoutAStep() {
    Grazing grazing =
        new Grazing(List.of(org.hearsight.simulator.scene.Box.of(3, 9, -40, 2, -9, 9)));
    Vec3 a = new Vec3(0, -1, 0);
    Vec3 above = new Vec3(14, 2.0001, 0);
    Vec3 below = new Vec3(14, 1.9999, 0);
    double length = Math.hypot(3, 3) + 11;
    EdgeChain one = new EdgeChain(a, List.of(LEFT), above, length);
    EdgeChain two = new EdgeChain(a, List.of(LEFT, RIGHT), below, length);
    SoundPath.BandGain beside = grazing.gain(LEFT.place(), above);
    for (int band = 0; band < OctaveBands.COUNT; band++) {
      double wavelength = OctaveBands.wavelength(band);
      double before = one.gain(wavelength) * beside.at(band);
      assertThat(20 * Math.log10(two.gain(wavelength) / before)).isCloseTo(0, within(0.3));
    }
  }
}
