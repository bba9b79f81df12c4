package org.hearsight.core.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.hearsight.core.dataset.VisibilityBin;
import org.hearsight.core.geometry.Thresholds;
import org.hearsight.core.taxonomy.Taxonomy;

/**
 * What an answer to a scene is worth, and how the worths of many make one figure: what systems are
 * compared by.
 */
public enum Measure {
  @JsonProperty("hidden_median_angle")
  HIDDEN_MEDIAN_ANGLE(
      "direction, hidden", Unit.DEGREES, true, Measure::isHidden, (a, t) -> a.angle(), true),

  @JsonProperty("hidden_within_20")
  HIDDEN_WITHIN_20("≤ 20°, hidden", Unit.SHARE, false, Measure::isHidden, Measure::isNear, false),

  @JsonProperty("median_angle")
  MEDIAN_ANGLE("direction", Unit.DEGREES, true, Measure::isHazard, (a, t) -> a.angle(), true),

  @JsonProperty("within_20")
  WITHIN_20("≤ 20°", Unit.SHARE, false, Measure::isHazard, Measure::isNear, false),

  @JsonProperty("median_relative_distance")
  DISTANCE("distance", Unit.SHARE, true, Measure::isHazard, (a, t) -> a.relativeDistance(), true),

  @JsonProperty("accuracy")
  CLASS(
      "class right",
      Unit.SHARE,
      false,
      a -> true,
      (a, t) -> a.trueClass(t) == a.answeredClass() ? 1 : 0,
      false),

  @JsonProperty("right_share")
  RIGHT(
      "class and place right", Unit.SHARE, false, a -> true, (a, t) -> a.isRight(t) ? 1 : 0, false),

  /** Squared gap between stated confidence and being right. */
  @JsonProperty("brier")
  BRIER("Brier score", Unit.NUMBER, true, a -> true, Measure::gap, false),

  /** Of the map, nats. */
  @JsonProperty("places_negative_log_likelihood")
  MAP(
      "map, neg. log-likelihood",
      Unit.NUMBER,
      true,
      a -> isHazard(a) && a.places() != null,
      (a, t) -> a.places().crossEntropy(a.truth().location()),
      false);

  /** How figures are written. */
  public enum Unit {
    DEGREES,
    /** In [0, 1], written in percent. */
    SHARE,
    NUMBER
  }

  private final String label;
  private final Unit unit;
  private final boolean lowerIsBetter;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Predicate<Answer> which;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final ToDoubleBiFunction<Answer, Taxonomy> value;

  private final boolean median;

  Measure(
      String label,
      Unit unit,
      boolean lowerIsBetter,
      Predicate<Answer> which,
      ToDoubleBiFunction<Answer, Taxonomy> value,
      boolean median) {
    this.label = label;
    this.unit = unit;
    this.lowerIsBetter = lowerIsBetter;
    this.which = which;
    this.value = value;
    this.median = median;
  }

  public String label() {
    return label;
  }

  public Unit unit() {
    return unit;
  }

  /** A figure of it for a terminal. */
  public String format(double value) {
    return switch (unit) {
      case DEGREES -> ScoreTable.number(value, 1);
      case SHARE -> ScoreTable.percent(value);
      case NUMBER -> ScoreTable.number(value, 3);
    };
  }

  public boolean lowerIsBetter() {
    return lowerIsBetter;
  }

  /** Does it say something of this answer? */
  public boolean measures(Answer answer) {
    return which.test(answer);
  }

  /** Is every answer right (1) or wrong (0)? */
  public boolean isRightOrWrong() {
    return !lowerIsBetter;
  }

  double value(Answer answer, Taxonomy taxonomy) {
    return value.applyAsDouble(answer, taxonomy);
  }

  ToDoubleFunction<double[]> statistic() {
    return median ? Statistics::median : Statistics::mean;
  }

  private static boolean isHazard(Answer a) {
    return !a.truth().isBackground();
  }

  private static boolean isHidden(Answer a) {
    return isHazard(a) && a.truth().visibilityBin() == VisibilityBin.HIDDEN;
  }

  private static double isNear(Answer a, Taxonomy taxonomy) {
    return a.angle() <= Thresholds.RIGHT_ANGLE ? 1 : 0;
  }

  private static double gap(Answer a, Taxonomy taxonomy) {
    double gap = a.confidence() - (a.isRight(taxonomy) ? 1 : 0);
    return gap * gap;
  }
}
