package org.hearsight.learning.ablate;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.hearsight.core.metrics.ImaginationScores;

/** A figure that an ablation's table has of each row. */
public enum AblationFigure {
  HIDDEN_ANGLE("hidden: median°", 1, 1, s -> s.hidden().localization().medianAngle()),
  HIDDEN_WITHIN_20("hidden: ≤ 20°, %", 100, 0, s -> s.hidden().localization().within20()),
  HIDDEN_DISTANCE(
      "hidden: distance, %", 100, 0, s -> s.hidden().localization().medianRelativeDistance()),
  PARTLY_ANGLE("partly: median°", 1, 1, s -> s.partly().localization().medianAngle()),
  VISIBLE_ANGLE("visible: median°", 1, 1, s -> s.visible().localization().medianAngle()),
  MACRO_F1("macro F1", 1, 3, s -> s.classification().macroF1()),
  CALIBRATION_ERROR("calibration", 1, 3, s -> s.overall().calibration().ece());

  private final String label;
  private final double unit;
  private final int digits;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final ToDoubleFunction<ImaginationScores> of;

  AblationFigure(String label, double unit, int digits, ToDoubleFunction<ImaginationScores> of) {
    this.label = label;
    this.unit = unit;
    this.digits = digits;
    this.of = of;
  }

  /** For people, with the unit. */
  public String label() {
    return label;
  }

  /** What it is called in JSON. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its value; NaN where nothing could be counted. */
  double of(ImaginationScores scores) {
    return of.applyAsDouble(scores);
  }

  /** For people; a dash for NaN. */
  public String text(double value) {
    return Double.isNaN(value)
        ? "–"
        : String.format(Locale.ROOT, "%." + digits + "f", unit * value);
  }

  /** The same of a difference, with its sign. */
  public String difference(double value) {
    return Double.isNaN(value)
        ? "–"
        : String.format(Locale.ROOT, "%+." + digits + "f", unit * value);
  }
}
