package org.hearsight.core.seld;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.seld.SeldTally.Counts;

/**
 * A challenge year's way of scoring: what is counted, and what becomes of classes never matched.
 */
public enum SeldMetrics {
  /**
   * Frames of 100 ms, distance counts; angle and distance skip classes never matched. Score =
   * mean(1 − F20, DOAE / 180, RDE), the macro score being the mean of the classes' scores.
   */
  DCASE_2024(2024, Double.NaN),
  /**
   * Segments of one second, no distance; a class never matched has an angle of 180°. Score =
   * mean(ER20, 1 − F20, LE / 180, 1 − LR).
   */
  DCASE_2023(2023, 180);

  private final int year;
  private final double neverMatched;

  SeldMetrics(int year, double neverMatched) {
    this.year = year;
    this.neverMatched = neverMatched;
  }

  public int year() {
    return year;
  }

  /** The year's scores, in the order they are shown. */
  public List<SeldScore> scores() {
    return this == DCASE_2024
        ? List.of(
            SeldScore.F20,
            SeldScore.ANGLE,
            SeldScore.RELATIVE_DISTANCE,
            SeldScore.SELD_ERROR,
            SeldScore.DISTANCE,
            SeldScore.RECALL,
            SeldScore.ERROR_RATE)
        : List.of(
            SeldScore.ERROR_RATE,
            SeldScore.F20,
            SeldScore.ANGLE,
            SeldScore.RECALL,
            SeldScore.SELD_ERROR);
  }

  /** A score's name that year. */
  public String key(SeldScore score) {
    return this == DCASE_2023 && score == SeldScore.ANGLE ? "LE_CD" : score.key();
  }

  public boolean needsDistance() {
    return this == DCASE_2024;
  }

  SeldTally tally(List<SeldEvent> reference, List<SeldEvent> prediction, int classes) {
    return this == DCASE_2024
        ? FrameTally.of(reference, prediction, classes)
        : SegmentTally.of(reference, prediction, classes);
  }

  /** The scores of one class, or of several added up; NaN where nothing was matched. */
  Map<SeldScore, Double> scores(Counts n, double errorRate) {
    double f = ratio(n.right, n.right + n.misplaced + 0.5 * (n.extra + n.missed));
    double recall = ratio(n.matched(), n.matched() + n.missed);
    double angle = n.matched() == 0 ? neverMatched : n.angle / n.matched();
    double relative = n.matched() == 0 ? Double.NaN : n.relativeDistance / n.matched();
    Map<SeldScore, Double> values = new EnumMap<>(SeldScore.class);
    values.put(SeldScore.ERROR_RATE, errorRate);
    values.put(SeldScore.F20, f);
    values.put(SeldScore.ANGLE, angle);
    values.put(SeldScore.RECALL, recall);
    if (this == DCASE_2024) {
      values.put(SeldScore.DISTANCE, n.matched() == 0 ? Double.NaN : n.distance / n.matched());
      values.put(SeldScore.RELATIVE_DISTANCE, relative);
      values.put(SeldScore.SELD_ERROR, mean(1 - f, angle / 180, relative));
    } else {
      values.put(SeldScore.SELD_ERROR, (errorRate + 1 - f + angle / 180 + 1 - recall) / 4);
    }
    return values;
  }

  /** The mean of those that are numbers; NaN if none is. */
  static double mean(double... values) {
    double sum = 0;
    int count = 0;
    for (double v : values) {
      if (!Double.isNaN(v)) {
        sum += v;
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
