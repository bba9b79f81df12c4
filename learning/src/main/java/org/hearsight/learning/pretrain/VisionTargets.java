package org.hearsight.learning.pretrain;

import java.util.Arrays;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.core.vision.Camera;
import org.hearsight.core.vision.View;

/**
 * What a picture should tell: which hazard is in sight and where, how far the space is free in
 * {@value #SECTORS} equal sectors of azimuth at ear height, and where something may hide.
 *
 * <p>Sector 0 is the leftmost. Distances are horizontal, from the microphone, at most {@value
 * #FARTHEST} m, as natural logarithms.
 *
 * @param classIndex taxonomy index of the hazard in sight; 0 where none is
 * @param place of the hazard in sight: column and row in units of half the picture, right and down
 *     positive, and the logarithm of its distance over 10 m; null where none is
 * @param free [SECTORS] distance to the nearest surface
 * @param edges [SECTORS, 2]: is there an edge with hidden space behind its left, behind its right
 *     side?
 * @param beyond [SECTORS] distance of the first surface seen past the sector's greatest edge;
 *     meaningless without one
 * @param cut the piece of the picture that is shown. Class and place are those of a hazard in it,
 *     the place in units of half the piece; of the sectors only those that {@link #shows} count
 */
record VisionTargets(
    int classIndex, float[] place, float[] free, boolean[] edges, float[] beyond, Cut cut) {
  static final int SECTORS = 16;
  static final int SIDES = 2;

  /** Numbers that make a place. */
  static final int PLACE = 3;

  /** The hazard counts as in sight from this visibility on. */
  static final double IN_SIGHT = 0.2;

  /** What lies beyond does not count, metres. */
  static final double FARTHEST = 40;

  /**
   * Rows on each side of the horizon that count as ear height: the lowest of them meets the ground
   * of a standing listener only beyond {@link #FARTHEST}.
   */
  private static final int EAR_ROWS = 4;

  /** An edge is a step in distance by this factor and this many metres. */
  private static final double STEP_RATIO = 1.25;

  private static final double STEP_METRES = 1;

  /** What a view and its scenario say. */
  static VisionTargets of(View view, Scenario scenario, Taxonomy taxonomy) {
    double[] nearest = nearest(view.depth());
    float[] free = new float[SECTORS];
    float[] beyond = new float[SECTORS];
    double[] greatest = new double[SECTORS];
    boolean[] edges = new boolean[SECTORS * SIDES];
    Arrays.fill(free, (float) Math.log(FARTHEST));
    for (int column = 0; column < View.SIZE; column++) {
      int sector = sector(column);
      free[sector] = Math.min(free[sector], (float) Math.log(nearest[column]));
    }
    for (int column = 0; column + 1 < View.SIZE; column++) {
      boolean nearIsLeft = nearest[column] < nearest[column + 1];
      double near = Math.min(nearest[column], nearest[column + 1]);
      double far = Math.max(nearest[column], nearest[column + 1]);
      if (far < STEP_RATIO * near || far - near < STEP_METRES) {
        continue;
      }
      int sector = sector(nearIsLeft ? column : column + 1);
      edges[sector * SIDES + (nearIsLeft ? 0 : 1)] = true;
      if (far / near > greatest[sector]) {
        greatest[sector] = far / near;
        beyond[sector] = (float) Math.log(far);
      }
    }
    float[] place = place(scenario);
    int classIndex = place == null ? 0 : taxonomy.indexOf(scenario.className(), scenario.id());
    return new VisionTargets(classIndex, place, free, edges, beyond, Cut.WHOLE);
  }

  /** The place of a scenario's hazard in the whole picture, or null if none is in sight. */
  static float[] place(Scenario scenario) {
    boolean inSight = scenario.location() != null && scenario.visibility() >= IN_SIGHT;
    return inSight ? place(scenario.location()) : null;
  }

  /** What a piece of this whole picture says. */
  VisionTargets within(Cut piece) {
    boolean holds = place != null && piece.holds(place, 0);
    return new VisionTargets(
        holds ? classIndex : 0, holds ? piece.seen(place) : null, free, edges, beyond, piece);
  }

  /** Is a sector's middle in the piece? */
  boolean shows(int sector) {
    double across = cut.across(middle(sector));
    return across >= 0 && across <= 1;
  }

  /** The token that the hazard's place is in, of {@code h} rows of {@code w}; −1 without one. */
  int token(int h, int w) {
    if (place == null) {
      return -1;
    }
    int column = Math.min(w - 1, (int) ((place[0] + 1) / 2 * w));
    int row = Math.min(h - 1, (int) ((place[1] + 1) / 2 * h));
    return row * w + column;
  }

  /** What the same whole picture in a mirror says. */
  VisionTargets mirrored() {
    float[] otherFree = new float[SECTORS];
    float[] otherBeyond = new float[SECTORS];
    boolean[] otherEdges = new boolean[SECTORS * SIDES];
    for (int s = 0; s < SECTORS; s++) {
      int from = SECTORS - 1 - s;
      otherFree[s] = free[from];
      otherBeyond[s] = beyond[from];
      otherEdges[s * SIDES] = edges[from * SIDES + 1];
      otherEdges[s * SIDES + 1] = edges[from * SIDES];
    }
    return new VisionTargets(
        classIndex, mirrored(place), otherFree, otherEdges, otherBeyond, Cut.WHOLE);
  }

  /** A place in a mirror; null stays null. */
  static float[] mirrored(float[] place) {
    return place == null ? null : new float[] {-place[0], place[1], place[2]};
  }

  /** Is there an edge on either side? */
  boolean hasEdge(int sector) {
    return edges[sector * SIDES] || edges[sector * SIDES + 1];
  }

  /** The column where a sector's middle lies, in units of half the picture, right positive. */
  static double middle(int sector) {
    double width = View.HFOV_DEGREES / SECTORS;
    double azimuth = View.HFOV_DEGREES / 2 - (sector + 0.5) * width;
    return -Math.tan(Math.toRadians(azimuth)) / Camera.EDGE;
  }

  /** Horizontal distance of the nearest surface at ear height in each column, metres. */
  private static double[] nearest(float[] depth) {
    double[] nearest = new double[View.SIZE];
    for (int column = 0; column < View.SIZE; column++) {
      double least = FARTHEST;
      double slope = Camera.slope(column);
      double stretch = Math.sqrt(1 + slope * slope);
      for (int row = View.SIZE / 2 - EAR_ROWS; row < View.SIZE / 2 + EAR_ROWS; row++) {
        float d = depth[row * View.SIZE + column];
        if (d > 0) {
          least = Math.min(least, d * stretch);
        }
      }
      nearest[column] = least;
    }
    return nearest;
  }

  private static int sector(int column) {
    double azimuth = Math.toDegrees(Math.atan(Camera.slope(column)));
    return (int) Math.floor((View.HFOV_DEGREES / 2 - azimuth) / View.HFOV_DEGREES * SECTORS);
  }

  /** A hazard partly in sight may have its middle outside the view; its place then is the rim. */
  private static float[] place(Location location) {
    double forward = Math.max(location.point().x(), 1e-3);
    double right = -location.point().y() / forward / Camera.EDGE;
    double down = -location.point().z() / forward / Camera.EDGE;
    return new float[] {
      (float) Math.max(-1, Math.min(1, right)),
      (float) Math.max(-1, Math.min(1, down)),
      (float) Math.log(location.distance() / 10)
    };
  }
}
