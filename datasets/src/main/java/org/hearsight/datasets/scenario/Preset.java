package org.hearsight.datasets.scenario;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Usual sizes of data sets. */
public enum Preset {
  /** What the demo learns from in a few minutes. */
  @JsonProperty("demo")
  DEMO(500, 100, 150),
  /** The size the project's results are reported on. */
  @JsonProperty("standard")
  STANDARD(1000, 200, 300),
  /** For training where time does not matter. */
  @JsonProperty("large")
  LARGE(10_000, 1000, 1000);

  private final int train;
  private final int validation;
  private final int test;

  Preset(int train, int validation, int test) {
    this.train = train;
    this.validation = validation;
    this.test = test;
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
}
