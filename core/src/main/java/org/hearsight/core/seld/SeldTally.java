package org.hearsight.core.seld;

import java.util.List;

/**
 * What the SELD scores are made of, counted: tallies of clips add up to the tally of all.
 *
 * <p>The units counted are frames in 2024 and segments of one second in 2023, per source.
 */
final class SeldTally {
  /** Counts of one class, or of several added up. */
  static final class Counts {
    /** Sources in the reference. */
    int references;

    /** Matched and near enough. */
    int right;

    /** Matched but too far off. */
    int misplaced;

    /** Predicted beyond what the reference has. */
    int extra;

    /** In the reference beyond what was predicted. */
    int missed;

    /** Sum over the matched, degrees. */
    double angle;

    /** Sum over the matched, metres. */
    double distance;

    /** Sum over the matched of |d − d̂| / d. */
    double relativeDistance;

    int matched() {
      return right + misplaced;
    }

    private void add(Counts other) {
      references += other.references;
      right += other.right;
      misplaced += other.misplaced;
      extra += other.extra;
      missed += other.missed;
      angle += other.angle;
      distance += other.distance;
      relativeDistance += other.relativeDistance;
    }
  }

  private final Counts[] byClass;
  private long errors;

  SeldTally(int classes) {
    byClass = new Counts[classes];
    for (int c = 0; c < classes; c++) {
      byClass[c] = new Counts();
    }
  }

  static SeldTally sum(List<SeldTally> tallies, int classes) {
    SeldTally sum = new SeldTally(classes);
    for (SeldTally t : tallies) {
      sum.errors += t.errors;
      for (int c = 0; c < classes; c++) {
        sum.byClass[c].add(t.byClass[c]);
      }
    }
    return sum;
  }

  Counts of(int classIndex) {
    return byClass[classIndex];
  }

  /** All classes added up. */
  Counts total() {
    Counts total = new Counts();
    for (Counts c : byClass) {
      total.add(c);
    }
    return total;
  }

  /**
   * Errors of one frame or segment, over its classes: wrong and missing ones pair up as
   * substitutions, what is left are insertions or deletions, and each counts one.
   */
  void addErrors(int wrong, int missing) {
    errors += Math.max(wrong, missing);
  }

  /** (substitutions + deletions + insertions) / reference sources; NaN without any. */
  double errorRate() {
    int references = total().references;
    return references == 0 ? Double.NaN : (double) errors / references;
  }
}
