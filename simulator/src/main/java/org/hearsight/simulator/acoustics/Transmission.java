package org.hearsight.simulator.acoustics;

import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Material;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Solid;

/**
 * What comes straight through thin things: partitions, doors, fences, sheet metal, hedges.
 *
 * <p>A sheet of mass m per square metre takes 20 log10(m f) − 47 dB, the field-incidence mass law
 * (L. L. Beranek, Noise and Vibration Control, 1971), never less than none. Things of sheets hold
 * two of them, each on its own; leakage and resonance are left out. Foliage takes decibels per
 * metre, of the order measured for hedges of one to two metres (T. Van Renterghem et al., Applied
 * Acoustics 78 (2014) 1–6). Masonry lets nothing through.
 */
final class Transmission {
  /** More than this is not heard beside what bends round, dB at 125 Hz. */
  private static final double OPAQUE = 60;

  /** A plastered wall that is thinner is of boards on studs, metres. */
  private static final double STUD_WALL = 0.5;

  private static final double MASONRY = Double.POSITIVE_INFINITY;

  private static final double[] FOLIAGE = {0.5, 0.5, 0.7, 1.0, 1.5, 2.5, 4.0};

  private Transmission() {}

  /**
   * Loss per band in dB on a straight line through all that stands on it; null if nothing comes.
   */
  static double[] loss(Scene scene, Vec3 a, Vec3 b) {
    double[] loss = new double[OctaveBands.COUNT];
    for (Solid s : scene.solids()) {
      if (!s.box().blocks(a, b)) {
        continue;
      }
      double through = through(s, a, b);
      for (int band = 0; band < loss.length; band++) {
        loss[band] += loss(s.material(), through, band);
      }
      if (loss[0] > OPAQUE) {
        return null;
      }
    }
    return loss;
  }

  /** Loss of one sheet, dB. */
  static double massLaw(double mass, int band) {
    return Math.max(0, 20 * Math.log10(mass * OctaveBands.centre(band)) - 47);
  }

  /**
   * Loss of {@code through} metres of a material, dB. Every material is named, so that a new one is
   * not taken for masonry.
   */
  static double loss(Material material, double through, int band) {
    return switch (material) {
      case METAL -> sheets(8, band); // 1 mm of steel
      case GLASS -> sheets(15, band); // 6 mm
      case WOOD -> sheets(12, band); // 20 mm of board
      case ACOUSTIC_TILE, CARPET -> sheets(5, band);
      case FABRIC_PANEL -> sheets(2, band); // fabric on half of a mineral-wool core of 4 kg
      case PLASTER -> through < STUD_WALL ? sheets(12.5, band) : MASONRY; // plasterboard
      case HEDGE -> FOLIAGE[band] * through;
      case ASPHALT, BRICK, CONCRETE, LINOLEUM -> MASONRY;
    };
  }

  /** Loss of two sheets, each of a mass in kg per square metre, dB. */
  private static double sheets(double mass, int band) {
    return 2 * massLaw(mass, band);
  }

  /** Metres of a line inside a box it passes through. */
  private static double through(Solid s, Vec3 a, Vec3 b) {
    double enter = 0;
    double leave = 1;
    double[] from = {a.x(), a.y(), a.z()};
    double[] way = {b.x() - a.x(), b.y() - a.y(), b.z() - a.z()};
    double[] low = {s.box().min().x(), s.box().min().y(), s.box().min().z()};
    double[] high = {s.box().max().x(), s.box().max().y(), s.box().max().z()};
    for (int axis = 0; axis < 3; axis++) {
      if (Math.abs(way[axis]) > 1e-12) {
        double t0 = (low[axis] - from[axis]) / way[axis];
        double t1 = (high[axis] - from[axis]) / way[axis];
        enter = Math.max(enter, Math.min(t0, t1));
        leave = Math.min(leave, Math.max(t0, t1));
      }
    }
    return Math.max(0, leave - enter) * a.distanceTo(b);
  }
}
