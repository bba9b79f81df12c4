package org.hearsight.datasets.run;

import org.hearsight.core.dataset.Location;
import org.hearsight.core.geometry.Direction;

/** Numbers as the lists of data sets hold them: degrees and metres to four decimals. */
public final class Rounded {
  private static final double STEPS = 1e4;

  private Rounded() {}

  /** To the nearest multiple of 1 / {@code steps}. */
  public static double of(double value, double steps) {
    return Math.rint(value * steps) / steps;
  }

  public static Direction of(Direction d) {
    return new Direction(of(d.azimuth(), STEPS), of(d.elevation(), STEPS));
  }

  public static Location of(Location l) {
    return new Location(of(l.azimuth(), STEPS), of(l.elevation(), STEPS), of(l.distance(), STEPS));
  }
}
