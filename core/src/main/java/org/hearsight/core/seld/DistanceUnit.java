package org.hearsight.core.seld;

/** What the distances of event files are counted in. */
public enum DistanceUnit {
  METRES(1),
  CENTIMETRES(0.01);

  private final double metres;

  DistanceUnit(double metres) {
    this.metres = metres;
  }

  /** One of these in metres. */
  double metres() {
    return metres;
  }
}
