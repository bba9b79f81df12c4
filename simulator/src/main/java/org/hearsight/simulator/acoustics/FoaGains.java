package org.hearsight.simulator.acoustics;

import org.hearsight.core.geometry.Vec3;

/** First-order ambisonic gains of a plane wave: ACN order W, Y, Z, X, SN3D. */
public final class FoaGains {
  public static final int CHANNELS = 4;

  private FoaGains() {}

  /** Gains for a wave that comes from a unit vector. */
  public static float[] of(Vec3 unit) {
    return new float[] {1, (float) unit.y(), (float) unit.z(), (float) unit.x()};
  }
}
