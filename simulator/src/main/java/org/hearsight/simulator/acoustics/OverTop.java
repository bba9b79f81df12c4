package org.hearsight.simulator.acoustics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Box;

/**
 * The way over the tops of the obstacles between source and microphone: the upper convex hull of
 * their outlines in the vertical plane through both.
 */
final class OverTop {
  private final List<Box> obstacles;
  private final Vec3 receiver;

  OverTop(List<Box> obstacles, Vec3 receiver) {
    this.obstacles = obstacles;
    this.receiver = receiver;
  }

  /**
   * The way over.
   *
   * @param first the top edge next to the microphone
   * @param bends the top edges in the upright plane: distance from the microphone, height
   */
  record Way(double length, Vec3 first, List<EdgeChain.Bend> bends) {}

  /** The way over whatever stands between, or null if nothing does. */
  Way to(Vec3 source) {
    double reach = Math.hypot(source.x() - receiver.x(), source.y() - receiver.y());
    List<double[]> outline = new ArrayList<>(); // distance in plan, height, side
    for (Box b : obstacles) {
      double[] crossing = crossing(b, receiver, source);
      if (crossing != null) {
        outline.add(new double[] {crossing[0] * reach, b.max().z(), -1});
        outline.add(new double[] {crossing[1] * reach, b.max().z(), 1});
      }
    }
    if (outline.isEmpty()) {
      return null;
    }
    outline.add(new double[] {reach, source.z()});
    outline.sort(Comparator.comparingDouble(p -> p[0]));
    List<double[]> hull = new ArrayList<>();
    hull.add(new double[] {0, receiver.z()});
    for (double[] p : outline) {
      while (hull.size() > 1 && !below(hull.get(hull.size() - 2), hull.get(hull.size() - 1), p)) {
        hull.remove(hull.size() - 1);
      }
      hull.add(p);
    }
    if (hull.size() < 3) {
      return null;
    }
    double length = 0;
    List<EdgeChain.Bend> bends = new ArrayList<>();
    for (int i = 1; i < hull.size(); i++) {
      double[] p = hull.get(i);
      length += Math.hypot(p[0] - hull.get(i - 1)[0], p[1] - hull.get(i - 1)[1]);
      if (i < hull.size() - 1) {
        bends.add(new EdgeChain.Bend(new Vec3(p[0], p[1], 0), (int) p[2], 1));
      }
    }
    double share = hull.get(1)[0] / reach;
    Vec3 first =
        new Vec3(
            receiver.x() + share * (source.x() - receiver.x()),
            receiver.y() + share * (source.y() - receiver.y()),
            hull.get(1)[1]);
    return new Way(length, first, bends);
  }

  /** Does the hull turn down at b, on the way from a to c? */
  private static boolean below(double[] a, double[] b, double[] c) {
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) < 0;
  }

  /** Where the line in plan enters and leaves a box, as shares of the way; null if it misses. */
  static double[] crossing(Box b, Vec3 receiver, Vec3 source) {
    double enter = 0;
    double leave = 1;
    double[] from = {receiver.x(), receiver.y()};
    double[] way = {source.x() - receiver.x(), source.y() - receiver.y()};
    double[] low = {b.min().x(), b.min().y()};
    double[] high = {b.max().x(), b.max().y()};
    for (int axis = 0; axis < 2; axis++) {
      if (Math.abs(way[axis]) < 1e-12) {
        if (from[axis] <= low[axis] || from[axis] >= high[axis]) {
          return null;
        }
        continue;
      }
      double t0 = (low[axis] - from[axis]) / way[axis];
      double t1 = (high[axis] - from[axis]) / way[axis];
      enter = Math.max(enter, Math.min(t0, t1));
      leave = Math.min(leave, Math.max(t0, t1));
    }
    return leave > enter ? new double[] {enter, leave} : null;
  }
}
