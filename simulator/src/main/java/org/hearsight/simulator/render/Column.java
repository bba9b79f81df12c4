package org.hearsight.simulator.render;

import org.hearsight.simulator.scene.Box;

/** The boxes one picture column passes through, from near to far. */
final class Column {
  private final Box[] boxes;
  private final int[] order;
  private final double[] enter;
  private final double[] leave;
  private int count;
  private int hit;

  Column(Box[] boxes) {
    this.boxes = boxes;
    this.order = new int[boxes.length];
    this.enter = new double[boxes.length];
    this.leave = new double[boxes.length];
  }

  /** Turns to the column whose rays are (1, y, ·). */
  void look(double y) {
    count = 0;
    for (int i = 0; i < boxes.length; i++) {
      Box b = boxes[i];
      double ay = b.min().y() / y;
      double by = b.max().y() / y;
      double in = Math.max(Math.max(b.min().x(), Math.min(ay, by)), 0);
      double out = Math.min(b.max().x(), Math.max(ay, by));
      if (out <= in) {
        continue;
      }
      int k = count++;
      while (k > 0 && enter[k - 1] > in) {
        enter[k] = enter[k - 1];
        leave[k] = leave[k - 1];
        order[k] = order[k - 1];
        k--;
      }
      enter[k] = in;
      leave[k] = out;
      order[k] = i;
    }
  }

  /** Depth of the first surface on the ray (1, y, z), infinity if there is none. */
  double first(double z) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int k = 0; k < count && enter[k] < nearest; k++) {
      Box b = boxes[order[k]];
      double az = b.min().z() / z;
      double bz = b.max().z() / z;
      double in = Math.max(enter[k], Math.min(az, bz));
      double out = Math.min(leave[k], Math.max(az, bz));
      if (out > in && in < nearest) {
        nearest = in;
        hit = order[k];
      }
    }
    return nearest;
  }

  /** Index of the box {@link #first} found last. */
  int hit() {
    return hit;
  }
}
