package org.hearsight.core.seld;

/** How scores of classes become one. */
public enum Average {
  /** The mean of the classes' scores: rare classes count as much as frequent ones. */
  MACRO,
  /** Scores of the counts added up: every source counts the same. */
  MICRO
}
