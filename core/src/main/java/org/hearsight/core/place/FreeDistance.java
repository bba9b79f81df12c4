package org.hearsight.core.place;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hearsight.core.vision.Camera;
import org.hearsight.core.vision.View;

/**
 * How far one can see along each azimuth: the horizontal distance to the first surface, at nine
 * heights of the picture, nearest and farthest in each cell of 5°; and where it jumps, the edges
 * that hide places and bend sound.
 *
 * <p>A polar free-space profile, as a laser scanner gives it to robots (Thrun, Burgard and Fox,
 * <i>Probabilistic Robotics</i>, 2005, chapter 6), out of the depth of the model's own view. Rows
 * of 72 azimuths, all zero outside the view:
 *
 * <pre>
 *     0  is the azimuth in the view? 1 or 0
 *  1–18  ln metres: for each height, from the top down, nearest and farthest
 * 19–20  at the horizon, how much farther (ln) the farthest is in the cell to the left, to the right
 * 21–22  the same of the nearest
 * </pre>
 *
 * <p>Depth that is not known counts as open, {@value #OPEN} m, as the scenario store has it for
 * what lies out of range. A view without any depth tells nothing: it is as {@link View#blind()},
 * all rows zero.
 */
final class FreeDistance {
  /** Azimuth cells in the view, and the first of them. */
  static final int SECTORS = 18;

  static final int FIRST_SECTOR = PlaceGrid.azimuthCell(-View.HFOV_DEGREES / 2);

  static final int HEIGHTS = 9;

  static final int IN_VIEW = 0;
  static final int DISTANCES_AT = 1;

  /** Rows that hold a distance. */
  static final int DISTANCES = 2 * HEIGHTS;

  private static final int HORIZON = 4;

  /** The row of the nearest distance at the horizon; the next one is the farthest. */
  static final int HORIZON_AT = DISTANCES_AT + 2 * HORIZON;

  static final int STEPS_AT = DISTANCES_AT + DISTANCES;
  static final int ROWS = STEPS_AT + 4;

  /** How far one sees where nothing is known to stand, metres. */
  static final double OPEN = 100;

  /** Surfaces are not nearer than this, metres. */
  static final double NEAREST = 0.1;

  private static final int MIDDLE = View.SIZE / 2;
  private static final int[] LINES = {
    MIDDLE - 40,
    MIDDLE - 20,
    MIDDLE - 10,
    MIDDLE - 4,
    MIDDLE,
    MIDDLE + 4,
    MIDDLE + 10,
    MIDDLE + 20,
    MIDDLE + 40
  };

  private FreeDistance() {}

  /**
   * A view's rows.
   *
   * @return [{@value #ROWS}, 72]
   */
  static float[] of(View view) {
    int n = PlaceGrid.AZIMUTHS;
    float[] rows = new float[ROWS * n];
    float[] depth = view.depth();
    if (!isKnown(depth)) {
      return rows;
    }
    int end = FIRST_SECTOR + SECTORS;
    Arrays.fill(rows, IN_VIEW * n + FIRST_SECTOR, IN_VIEW * n + end, 1);
    for (int h = 0; h < HEIGHTS; h++) {
      int nearest = (DISTANCES_AT + 2 * h) * n;
      int farthest = nearest + n;
      Arrays.fill(rows, nearest + FIRST_SECTOR, nearest + end, Float.POSITIVE_INFINITY);
      Arrays.fill(rows, farthest + FIRST_SECTOR, farthest + end, Float.NEGATIVE_INFINITY);
      for (int column = 0; column < View.SIZE; column++) {
        double slope = Camera.slope(column);
        int a = PlaceGrid.azimuthCell(Math.toDegrees(Math.atan(slope)));
        double d = depth[LINES[h] * View.SIZE + column];
        double along = d == 0 ? OPEN : Math.min(OPEN, d * Math.hypot(1, slope));
        float log = (float) Math.log(Math.max(NEAREST, along));
        rows[nearest + a] = Math.min(rows[nearest + a], log);
        rows[farthest + a] = Math.max(rows[farthest + a], log);
      }
    }
    steps(rows, (HORIZON_AT + 1) * n, STEPS_AT * n);
    steps(rows, HORIZON_AT * n, (STEPS_AT + 2) * n);
    return rows;
  }

  /** How much farther the left and the right neighbour of each cell in the view are. */
  private static void steps(float[] rows, int distances, int at) {
    int n = PlaceGrid.AZIMUTHS;
    for (int a = FIRST_SECTOR; a + 1 < FIRST_SECTOR + SECTORS; a++) {
      float step = rows[distances + a + 1] - rows[distances + a];
      rows[at + a] = step;
      rows[at + n + a + 1] = -step;
    }
  }

  private static boolean isKnown(float[] depth) {
    for (float d : depth) {
      if (d > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * The rows of the view in a mirror: cells change places, and so do steps to the left and right.
   */
  static float[] mirrored(float[] rows) {
    int n = PlaceGrid.AZIMUTHS;
    float[] out = new float[rows.length];
    for (int r = 0; r < ROWS; r++) {
      int source = r < STEPS_AT ? r : STEPS_AT + ((r - STEPS_AT) ^ 1);
      for (int a = 0; a < n; a++) {
        out[r * n + PlaceGrid.mirror(a)] = rows[source * n + a];
      }
    }
    return out;
  }

  /** What the rows are. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    names.add("in view");
    for (int line : LINES) {
      for (String form : List.of("nearest", "farthest")) {
        names.add(form + ", picture row " + line);
      }
    }
    for (String form : List.of("farthest", "nearest")) {
      for (String side : List.of("left", "right")) {
        names.add("step of " + form + " to the " + side);
      }
    }
    return names;
  }
}
