package org.hearsight.simulator.acoustics;

/** The speed of sound in every scene. */
public final class SoundSpeed {
  /** In air at 20 °C. */
  public static final double METRES_PER_SECOND = 343.2;

  private SoundSpeed() {}

  /** Travel time of a way, seconds. */
  public static double seconds(double metres) {
    return metres / METRES_PER_SECOND;
  }
}
