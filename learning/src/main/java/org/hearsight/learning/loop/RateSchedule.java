package org.hearsight.learning.loop;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the learning rate goes over the steps of a run, or of a stage of it. */
public enum RateSchedule {
  /** As it is set, to the end. */
  @JsonProperty("constant")
  CONSTANT,

  /**
   * Rises over the first twentieth of the steps, then falls to zero along half a cosine (Loshchilov
   * and Hutter, arXiv 1608.03983, without restarts).
   */
  @JsonProperty("cosine")
  COSINE;

  private static final double WARM_UP = 0.05;

  /**
   * The share of the set rate that a step takes.
   *
   * @param step from 0
   * @param steps of the run or stage
   */
  public double share(long step, long steps) {
    return this == CONSTANT ? 1 : cosine(step, steps, WARM_UP);
  }

  /**
   * The share of the greatest rate that a step takes on a cosine.
   *
   * @param step from 0
   * @param steps of the run or stage
   * @param warmUp share of the steps over which the rate rises, below 1
   */
  public static double cosine(long step, long steps, double warmUp) {
    double at = (step + 0.5) / steps;
    return at < warmUp ? at / warmUp : 0.5 * (1 + Math.cos(Math.PI * (at - warmUp) / (1 - warmUp)));
  }
}
