package org.hearsight.simulator.acoustics;

import java.util.List;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Box;

/**
 * How closely a free straight line passes an edge: near the shadow boundary the light side loses
 * level too, which makes the level continuous when a source walks behind a corner.
 */
final class Grazing {
  private final List<Box> obstacles;
  private final Vec3 receiver;
  private final OverTop over;

  Grazing(List<Box> obstacles, Vec3 receiver) {
    this.obstacles = obstacles;
    this.receiver = receiver;
    this.over = new OverTop(obstacles, receiver);
  }

  /** The smallest detour over any edge beside the line, metres; infinity if none is near. */
  double detour(Vec3 source) {
    double straight = source.distanceTo(receiver);
    double rise = source.z() - receiver.z();
    double least = Double.POSITIVE_INFINITY;
    for (Box b : obstacles) {
      for (int i = 0; i < 4; i++) {
        double x = (i & 1) == 0 ? b.min().x() : b.max().x();
        double y = (i & 2) == 0 ? b.min().y() : b.max().y();
        double near = Math.hypot(x - receiver.x(), y - receiver.y());
        double far = Math.hypot(x - source.x(), y - source.y());
        double height = receiver.z() + rise * near / (near + far);
        if (height > b.min().z() && height < b.max().z()) {
          least = Math.min(least, Math.hypot(near + far, rise) - straight);
        }
      }
      double[] crossing = over.crossing(b, source);
      if (crossing != null) {
        for (double share : crossing) {
          Vec3 top = receiver.plus(source.minus(receiver).times(share));
          top = new Vec3(top.x(), top.y(), b.max().z());
          least = Math.min(least, top.distanceTo(receiver) + top.distanceTo(source) - straight);
        }
      }
    }
    return least;
  }
}
