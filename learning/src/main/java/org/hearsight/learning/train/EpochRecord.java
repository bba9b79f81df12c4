package org.hearsight.learning.train;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Locale;
import org.hearsight.core.metrics.NanAsNull;

/**
 * What an epoch came to; a line of {@code epochs.csv}.
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
    @NanAsNull double hiddenAngle) {

  private static final String HEADER =
      "epoch,stage,train_total,train_class,train_location,train_confidence,"
          + "validation_total,validation_class,validation_location,validation_confidence,"
          + "validation_accuracy,validation_hidden_angle\n";

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

  /** The hidden hazards' angle for people, a dash where there are none. */
  String hiddenText() {
    return Double.isNaN(hiddenAngle) ? "–" : String.format(Locale.ROOT, "%.1f°", hiddenAngle);
  }

  /** The whole history as CSV with a header. */
  static String csv(List<EpochRecord> history) {
    StringBuilder text = new StringBuilder(HEADER);
    for (EpochRecord r : history) {
      text.append(r.epoch).append(',').append(r.stage).append(',');
      text.append(r.train.columns()).append(',').append(r.validation.columns());
      text.append(String.format(Locale.ROOT, ",%.4f,%.2f\n", r.accuracy, r.hiddenAngle));
    }
    return text.toString();
  }
}
