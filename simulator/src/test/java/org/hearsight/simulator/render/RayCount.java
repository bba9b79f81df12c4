package org.hearsight.simulator.render;

import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Body;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Scene;

/** Counts random rays towards a hazard with a slab test of its own. */
public final class RayCount {
  private RayCount() {}

  /** Visible share of the hazard's outline. */
  public static double visibility(Scene s, int rays, long seed) {
    List<Box> hazard = boxes(Body.of(s.hazard()));
    List<Box> others = s.solids().stream().flatMap(o -> boxes(Body.of(o)).stream()).toList();
    Box whole = s.hazard().box();
    Vec3 axis = whole.centre().unit();
    double sine = whole.size().norm() / 2 / whole.centre().norm();
    double least = sine < 1 ? Math.sqrt(1 - sine * sine) : -1; // cosine of the cap's half angle
    Vec3 u = axis.cross(Math.abs(axis.z()) < 0.9 ? new Vec3(0, 0, 1) : new Vec3(1, 0, 0)).unit();
    Vec3 v = axis.cross(u);
    SplittableRandom r = new SplittableRandom(seed);
    double hits = 0;
    double seen = 0;
    for (int i = 0; i < rays; i++) {
      double c = least + (1 - least) * r.nextDouble();
      double a = 2 * Math.PI * r.nextDouble();
      double side = Math.sqrt(1 - c * c);
      Vec3 d = axis.times(c).plus(u.times(side * Math.cos(a))).plus(v.times(side * Math.sin(a)));
      double t = first(hazard, d);
      if (t < 0) {
        continue;
      }
      hits++;
      boolean inView = d.x() > 0 && Math.abs(d.y()) < d.x() && Math.abs(d.z()) < d.x();
      double other = first(others, d);
      double ground = d.z() < 0 ? s.groundLevel() / d.z() : -1;
      boolean free = (other < 0 || other > t) && (ground < 0 || ground > t);
      seen += inView && free ? 1 : 0;
    }
    return seen / hits;
  }

  private static List<Box> boxes(List<Body.Part> parts) {
    return parts.stream().map(Body.Part::box).toList();
  }

  /** Distance to the first of several boxes, negative if all are missed. */
  private static double first(List<Box> boxes, Vec3 d) {
    double nearest = -1;
    for (Box b : boxes) {
      double t = hit(b, d);
      if (t >= 0 && (nearest < 0 || t < nearest)) {
        nearest = t;
      }
    }
    return nearest;
  }

  private static double hit(Box b, Vec3 d) {
    double[] way = {d.x(), d.y(), d.z()};
    double[] near = {b.min().x(), b.min().y(), b.min().z()};
    double[] far = {b.max().x(), b.max().y(), b.max().z()};
    double enter = 0;
    double leave = 1e9;
    for (int axis = 0; axis < 3; axis++) {
      double t0 = near[axis] / way[axis];
      double t1 = far[axis] / way[axis];
      enter = Math.max(enter, Math.min(t0, t1));
      leave = Math.min(leave, Math.max(t0, t1));
    }
    return enter < leave ? enter : -1;
  }
}
