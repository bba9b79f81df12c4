package org.hearsight.simulator.acoustics;

import java.util.List;
import org.hearsight.core.geometry.Vec3;

/**
 * The edges a diffracted way passes one after the other, and what all of them leave of the sound.
 *
 * <p>Two edges as in Pierce (see {@link Wedge}): the one the way bends most at, in Fresnel widths,
 * is passed as if it stood alone between both ends; the other as if the first were the end. A leg
 * along a face counts sound and its mirror image as one. More edges go by the same rule again, as
 * J. Deygout, Multiple knife-edge diffraction of microwaves, IEEE Trans. AP 14 (1966) 480–489.
 */
final class EdgeChain {
  private final double[] place; // along the unfolded way, from the microphone to the source
  private final double[] in; // angle towards the microphone
  private final double[] out; // angle towards the source

  /**
   * An edge in the plane across it.
   *
   * @param right +1 if the solid lies towards smaller x, −1 if towards larger
   * @param up the same of y
   */
  record Bend(Vec3 place, int right, int up) {
    double angle(Vec3 towards) {
      return Wedge.angle((towards.x() - place.x()) * right, (towards.y() - place.y()) * up);
    }
  }

  /**
   * @param bends from the microphone to the source, in the plane across the edges
   * @param length of the whole way in space; longer than in the plane if the way rises
   */
  EdgeChain(Vec3 microphone, List<Bend> bends, Vec3 source, double length) {
    int n = bends.size();
    place = new double[n + 2];
    in = new double[n + 2];
    out = new double[n + 2];
    Vec3 before = microphone;
    for (int i = 1; i <= n; i++) {
      Bend bend = bends.get(i - 1);
      Vec3 after = i == n ? source : bends.get(i).place();
      place[i] = place[i - 1] + flat(before, bend.place());
      in[i] = bend.angle(before);
      out[i] = bend.angle(after);
      before = bend.place();
    }
    place[n + 1] = place[n] + flat(before, source);
    double steep = length / place[n + 1];
    // Widths go with r₁ r₂ / L: distances in the plane, the way in space.
    for (int i = 0; i < place.length; i++) {
      place[i] /= steep;
    }
  }

  /** Pressure relative to that of free sound gone as far. */
  double gain(double wavelength) {
    double gain = between(0, place.length - 1, wavelength);
    for (int i = 1; i < place.length - 2; i++) {
      if (Wedge.alongFace(out[i]) || Wedge.alongFace(in[i + 1])) {
        gain /= 2;
      }
    }
    return gain;
  }

  private double between(int from, int to, double wavelength) {
    int most = -1;
    double largest = -1;
    double width = 0;
    for (int i = from + 1; i < to; i++) {
      double w =
          Wedge.width(
              wavelength, place[i] - place[from], place[to] - place[i], place[to] - place[from]);
      double x = w * Math.max(0, Wedge.beyond(Math.abs(in[i] - out[i])));
      if (x > largest) {
        largest = x;
        width = w;
        most = i;
      }
    }
    if (most < 0) {
      return 1;
    }
    return Wedge.shadow(width, in[most], out[most])
        * between(from, most, wavelength)
        * between(most, to, wavelength);
  }

  private static double flat(Vec3 a, Vec3 b) {
    return Math.hypot(a.x() - b.x(), a.y() - b.y());
  }
}
