package org.hearsight.datasets.scenario;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Usual sizes of data sets. A preset may grow: with generated sounds the first scenarios of a split
 * stay as they are (recordings are dealt out in proportion to the splits' sizes).
 */
public enum Preset {
  /** What the demo learns from in a few minutes. */
  @JsonProperty("demo")
  DEMO(500, 100, 150, 100),
  /**
   * The size the project's results are reported on. Validation and test hold more than a hundred
   * hidden hazards each, so that a difference between two models can be seen in them.
   */
  @JsonProperty("standard")
  STANDARD(1000, 400, 400, 300),
  /** For training where time does not matter. */
  @JsonProperty("large")
  LARGE(10_000, 1000, 1000, 1000);

  private final int train;
  private final int validation;
  private final int test;
  private final int calibration;

  Preset(int train, int validation, int test, int calibration) {
    this.train = train;
    this.validation = validation;
    this.test = test;
    this.calibration = calibration;
  }

  public int train() {
    return train;
  }

  public int validation() {
    return validation;
  }

  public int test() {
    return test;
  }

  public int calibration() {
    return calibration;
  }
}
