package org.hearsight.core.vision;

import java.util.Arrays;
import java.util.Optional;
import org.hearsight.core.geometry.Thresholds;

/**
 * Which pixels of the model's view show an occluder, for how many of them that is known.
 *
 * @param values [SIZE, SIZE] in [0, 1]
 * @param evidence [SIZE, SIZE]: is the value known? Pixels outside the source picture, and those
 *     far from any sample of a sparse depth map, are not
 */
record OcclusionMap(float[] values, boolean[] evidence) {
  /**
   * Derives the map from depth: 1 where the first surface is not ground and nearer than {@value
   * Thresholds#OCCLUDER_RANGE} m. Empty depth is open (nothing within range), as the scenario store
   * has it, unless the ground should be there: then the camera failed to measure and nothing is
   * known.
   *
   * @param ground from {@link GroundPlane#fit}; without one every near surface occludes, and empty
   *     depth is open above the horizon alone
   */
  static OcclusionMap of(float[] depth, boolean[] evidence, Optional<GroundPlane> ground) {
    float[] values = new float[depth.length];
    boolean[] known = evidence.clone();
    for (int i = 0; i < values.length; i++) {
      GroundPlane plane = ground.orElse(null);
      if (depth[i] == 0) {
        known[i] &=
            plane == null ? i < depth.length / 2 : !plane.meets(i, Thresholds.OCCLUDER_RANGE);
      } else if (known[i] && depth[i] < Thresholds.OCCLUDER_RANGE) {
        values[i] = plane == null || !plane.holds(i, depth[i]) ? 1 : 0;
      }
    }
    return new OcclusionMap(values, known);
  }

  /** One value everywhere. */
  static OcclusionMap uniform(float level) {
    float[] values = new float[View.SIZE * View.SIZE];
    boolean[] evidence = new boolean[values.length];
    Arrays.fill(values, level);
    Arrays.fill(evidence, true);
    return new OcclusionMap(values, evidence);
  }

  /** Mean over the pixels with evidence; 1 (blind) when there are none. */
  float level() {
    double sum = 0;
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      if (evidence[i]) {
        sum += values[i];
        n++;
      }
    }
    return n == 0 ? 1 : (float) Math.max(0, Math.min(1, sum / n));
  }

  /** The values, with the level where there is no evidence: the mean of the plane is the level. */
  float[] filled() {
    float level = level();
    float[] filled = values.clone();
    for (int i = 0; i < filled.length; i++) {
      filled[i] = evidence[i] ? Math.max(0, Math.min(1, filled[i])) : level;
    }
    return filled;
  }
}
