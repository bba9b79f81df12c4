package org.hearsight.learning.loop;

/**
 * What an epoch came to: a record that goes through JSON, a line of {@code epochs.csv}, and a line
 * for people.
 */
public interface EpochRow {
  /** From 1, through all stages. */
  int epoch();

  /** The epoch with the lowest is kept; NaN where the last one is. */
  double score();

  /** Names of the columns, with commas, without a line end. */
  String csvHeader();

  /** The values of the columns, likewise. */
  String csvLine();

  /** What stands between the epoch's number and its seconds. */
  String text();
}
