package org.hearsight.simulator.acoustics;

import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Box;

/**
 * How closely a free straight line passes an edge: near the shadow boundary the light side loses
 * level too, which makes the level continuous when a source walks behind a corner. The two edges
 * that are nearest in detour count.
 */
final class Grazing {
  /** An edge whose way is this much longer leaves even the lowest band alone, metres. */
  private static final double REACH = 2 * SoundSpeed.METRES_PER_SECOND / OctaveBands.centre(0);

  /** Edges this near to an end of the line in plan are its own, metres. */
  private static final double OWN = 0.02;

  private final List<Box> obstacles;
  private final List<Upright> edges = new ArrayList<>();

  /** An upright edge from {@code low} to {@code high}. */
  private record Upright(EdgeChain.Bend bend, double low, double high) {}

  Grazing(List<Box> obstacles) {
    this.obstacles = obstacles;
    for (Box box : obstacles) {
      for (EdgeChain.Bend bend : EdgeGraph.bends(box, obstacles, 0)) {
        edges.add(new Upright(bend, box.min().z(), box.max().z()));
      }
    }
  }

  /**
   * An edge beside a line.
   *
   * @param detour how much longer the way over the edge is, metres
   * @param length of the way over the edge
   * @param reduced r₁ r₂ / L, metres
   * @param in angle towards one end, {@code out} towards the other
   */
  record Beside(double detour, double length, double reduced, double in, double out) {
    double gain(int band) {
      double wavelength = OctaveBands.wavelength(band);
      double width = Math.sqrt(2 * reduced / wavelength);
      return Wedge.light(wavelength, width, in, out, detour, length);
    }
  }

  /** What is left of a band on the way between two points with a free line. */
  SoundPath.BandGain gain(Vec3 a, Vec3 b) {
    Nearest nearest = new Nearest();
    upright(a, b, nearest);
    top(a, b, nearest);
    Beside first = nearest.first;
    Beside second = nearest.second;
    if (first == null) {
      return band -> 1;
    }
    return second == null ? first::gain : band -> first.gain(band) * second.gain(band);
  }

  /** The two edges with the shortest ways over them. */
  private static final class Nearest {
    private Beside first;
    private Beside second;

    /** Longer detours change nothing any more. */
    double limit() {
      return second == null ? REACH : second.detour;
    }

    void add(Beside beside) {
      if (first == null || beside.detour < first.detour) {
        second = first;
        first = beside;
      } else {
        second = beside;
      }
    }
  }

  private void upright(Vec3 a, Vec3 b, Nearest nearest) {
    double straight = a.distanceTo(b);
    double rise = b.z() - a.z();
    double flat = Math.hypot(b.x() - a.x(), b.y() - a.y());
    for (Upright edge : edges) {
      Vec3 place = edge.bend.place();
      double near = Math.hypot(place.x() - a.x(), place.y() - a.y());
      double beyond = Math.hypot(place.x() - b.x(), place.y() - b.y());
      if (near + beyond - flat > nearest.limit() || near < OWN || beyond < OWN) {
        continue;
      }
      double length = Math.hypot(near + beyond, rise);
      double height = a.z() + rise * near / (near + beyond);
      if (length - straight < nearest.limit() && height > edge.low && height < edge.high) {
        double in = edge.bend.angle(a);
        double out = edge.bend.angle(b);
        nearest.add(new Beside(length - straight, length, near * beyond / length, in, out));
      }
    }
  }

  private void top(Vec3 a, Vec3 b, Nearest nearest) {
    double straight = a.distanceTo(b);
    double flat = Math.hypot(b.x() - a.x(), b.y() - a.y());
    for (Box box : obstacles) {
      double[] crossing = OverTop.crossing(box, a, b);
      if (crossing == null) {
        continue;
      }
      for (int side = -1; side <= 1; side += 2) {
        double s = crossing[side < 0 ? 0 : 1] * flat;
        double z = box.max().z();
        double near = Math.hypot(s, z - a.z());
        double beyond = Math.hypot(flat - s, z - b.z());
        if (near + beyond - straight < nearest.limit() && s > OWN && flat - s > OWN) {
          EdgeChain.Bend bend = new EdgeChain.Bend(new Vec3(s, z, 0), side, 1);
          double length = near + beyond;
          double in = bend.angle(new Vec3(0, a.z(), 0));
          double out = bend.angle(new Vec3(flat, b.z(), 0));
          nearest.add(new Beside(length - straight, length, near * beyond / length, in, out));
        }
      }
    }
  }
}
