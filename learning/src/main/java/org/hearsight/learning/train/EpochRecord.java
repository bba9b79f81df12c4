package org.hearsight.learning.train;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Locale;
import org.hearsight.core.metrics.NanAsNull;
import org.hearsight.learning.loop.EpochRow;

/**
 * What an epoch of imagination's training came to.
 *
 * @param epoch from 1, through both stages
 * @param stage 1 or 2
 * @param train losses while training, dropout on
 * @param validation losses on the validation split, dropout off
 * @param accuracy share of right classes on the validation split
 * @param hiddenAngle median angular error of its hidden hazards, degrees; NaN if there are none
 */
@JsonNaming(SnakeCaseStrategy.class)
public record EpochRecord(
    int epoch,
    int stage,
    Losses train,
    Losses validation,
    double accuracy,
    @NanAsNull double hiddenAngle)
    implements EpochRow {

  /**
   * The loss and its parts, unweighted.
   *
   * @param total α·classification + β·location + γ·confidence
   */
  public record Losses(double total, double classification, double location, double confidence) {
    private String columns() {
      return String.format(
          Locale.ROOT, "%.6f,%.6f,%.6f,%.6f", total, classification, location, confidence);
    }
  }

  @Override
  public double score() {
    return validation.total();
  }

  @Override
  public String csvHeader() {
    return "epoch,stage,train_total,train_class,train_location,train_confidence,"
        + "validation_total,validation_class,validation_location,validation_confidence,"
        + "validation_accuracy,validation_hidden_angle";
  }

  @Override
  public String csvLine() {
    return String.format(
        Locale.ROOT,
        "%d,%d,%s,%s,%.4f,%.2f",
        epoch,
        stage,
        train.columns(),
        validation.columns(),
        accuracy,
        hiddenAngle);
  }

  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        "stage %d  loss %6.3f  validation %6.3f  class right %3.0f %%  hidden %6s",
        stage,
        train.total(),
        validation.total(),
        100 * accuracy,
        hiddenText());
  }

  /** The hidden hazards' angle for people, a dash where there are none. */
  String hiddenText() {
    return Double.isNaN(hiddenAngle) ? "–" : String.format(Locale.ROOT, "%.1f°", hiddenAngle);
  }
}
