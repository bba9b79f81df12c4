package org.hearsight.simulator.render;

import java.util.ArrayList;
import java.util.List;
import org.hearsight.simulator.scene.Body;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Solid;

/** The boxes of a scene that can be seen: each solid's parts and the hazard's. */
final class Shapes {
  private final Solid[] solids;
  private final Body.Part[][] partsOf;
  private final Body.Part[] hazard;
  private int recent;

  Shapes(Scene scene) {
    solids = scene.solids().toArray(Solid[]::new);
    partsOf = new Body.Part[solids.length][];
    for (int i = 0; i < solids.length; i++) {
      partsOf[i] = Body.of(solids[i]).toArray(Body.Part[]::new);
    }
    hazard =
        scene.hazard() == null
            ? new Body.Part[0]
            : Body.of(scene.hazard()).toArray(Body.Part[]::new);
  }

  /** A part and the solid it belongs to; {@code whole} if it is the solid's only one. */
  record Owned(Body.Part part, Solid solid, boolean whole) {}

  /** All solids' parts. */
  Owned[] solidParts() {
    List<Owned> all = new ArrayList<>();
    for (int i = 0; i < solids.length; i++) {
      for (Body.Part p : partsOf[i]) {
        all.add(new Owned(p, solids[i], partsOf[i].length == 1));
      }
    }
    return all.toArray(Owned[]::new);
  }

  /** The hazard's parts; none in background scenes. */
  Body.Part[] hazardParts() {
    return hazard;
  }

  /** Depth at which the ray (1, y, z) meets the hazard, infinity if it misses. */
  double hazardEntry(double y, double z) {
    double nearest = Double.POSITIVE_INFINITY;
    for (Body.Part p : hazard) {
      nearest = Math.min(nearest, p.box().entry(1, y, z));
    }
    return nearest;
  }

  /** Does the ray meet the hazard's parts, in any direction? */
  boolean hitsHazard(double x, double y, double z) {
    for (Body.Part p : hazard) {
      if (Double.isFinite(p.box().entry(x, y, z))) {
        return true;
      }
    }
    return false;
  }

  /** Is a solid nearer than {@code depth} on the ray (1, y, z)? */
  boolean covered(double y, double z, double depth) {
    for (int i = 0; i < solids.length; i++) {
      if (solids[i].box().entry(1, y, z) < depth) {
        if (partsOf[i].length == 1) {
          return true;
        }
        for (Body.Part p : partsOf[i]) {
          if (p.box().entry(1, y, z) < depth) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /**
   * Does something stand between a point and a light?
   *
   * @param reach 1 for a light at point + way, infinity for one at no end
   */
  boolean shadowed(double px, double py, double pz, double wx, double wy, double wz, double reach) {
    double ix = 1 / wx;
    double iy = 1 / wy;
    double iz = 1 / wz;
    // Neighbouring points are mostly shadowed by the same thing.
    if (shadows(recent, px, py, pz, ix, iy, iz, reach)) {
      return true;
    }
    for (int i = 0; i < solids.length; i++) {
      if (i != recent && shadows(i, px, py, pz, ix, iy, iz, reach)) {
        recent = i;
        return true;
      }
    }
    return any(hazard, px, py, pz, ix, iy, iz, reach);
  }

  private boolean shadows(
      int solid, double px, double py, double pz, double ix, double iy, double iz, double reach) {
    return solid < solids.length
        && crosses(solids[solid].box(), px, py, pz, ix, iy, iz, reach)
        && (partsOf[solid].length == 1 || any(partsOf[solid], px, py, pz, ix, iy, iz, reach));
  }

  private static boolean any(
      Body.Part[] parts,
      double px,
      double py,
      double pz,
      double ix,
      double iy,
      double iz,
      double reach) {
    for (Body.Part p : parts) {
      if (crosses(p.box(), px, py, pz, ix, iy, iz, reach)) {
        return true;
      }
    }
    return false;
  }

  private static boolean crosses(
      Box b, double px, double py, double pz, double ix, double iy, double iz, double reach) {
    double az = (b.min().z() - pz) * iz;
    double bz = (b.max().z() - pz) * iz;
    double in = Math.max(Math.min(az, bz), 0);
    double out = Math.min(Math.max(az, bz), reach);
    if (in >= out) {
      return false;
    }
    double ax = (b.min().x() - px) * ix;
    double bx = (b.max().x() - px) * ix;
    in = Math.max(in, Math.min(ax, bx));
    out = Math.min(out, Math.max(ax, bx));
    if (in >= out) {
      return false;
    }
    double ay = (b.min().y() - py) * iy;
    double by = (b.max().y() - py) * iy;
    in = Math.max(in, Math.min(ay, by));
    out = Math.min(out, Math.max(ay, by));
    return out > in;
  }
}
