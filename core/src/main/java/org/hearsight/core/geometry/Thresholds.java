package org.hearsight.core.geometry;

/**
 * The numbers at which something counts, each said once: scores, labels and pictures of different
 * modules mean the same by them.
 */
public final class Thresholds {
  /**
   * Largest angular error of a right direction, degrees: that of the DCASE scores (Mesaros et al.,
   * WASPAA 2019). The confidence head learns it; scores and pages count by it.
   */
  public static final double RIGHT_ANGLE = 20;

  /**
   * Relative distance errors of right answers are below this. Ours: a hazard at 10 m may be placed
   * between 5 and 15 m.
   */
  public static final double RIGHT_RELATIVE_DISTANCE = 0.5;

  /**
   * A surface nearer than this, metres, is an occluder, the ground apart. Ours: what stands farther
   * off hides little of the places that matter.
   */
  public static final double OCCLUDER_RANGE = 30;

  /** Relative distance error up to which a match is right in the scores of DCASE 2024. */
  public static final double SELD_RELATIVE_DISTANCE = 1;

  /** From this share of its silhouette on, a hazard counts as visible. Ours. */
  public static final double VISIBLE_FROM = 0.5;

  /**
   * A vector longer than this is an active track in ACCDDOA output. As the DCASE 2024 baseline has
   * it.
   */
  public static final double ACTIVE_VECTOR = 0.5;

  private Thresholds() {}
}
