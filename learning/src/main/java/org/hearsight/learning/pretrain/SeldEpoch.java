package org.hearsight.learning.pretrain;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Locale;

/**
 * What an epoch of SELD training came to; a line of {@code epochs.csv}.
 *
 * @param epoch from 1
 * @param trainLoss ADPIT while training
 * @param validationLoss ADPIT on the validation split, dropout off
 * @param f20 location-dependent F-score, DCASE 2024, macro
 * @param doaError degrees; NaN where no class was matched
 * @param distanceError relative; NaN where no class was matched
 * @param seldError mean of 1 − F, direction error / 180° and relative distance error
 */
@JsonNaming(SnakeCaseStrategy.class)
public record SeldEpoch(
    int epoch,
    double trainLoss,
    double validationLoss,
    double f20,
    double doaError,
    double distanceError,
    double seldError) {
  private static final String HEADER =
      "epoch,train_loss,validation_loss,f20,doa_error,distance_error,seld_error\n";

  /** The direction error for people, a dash where no class was matched. */
  public String directionText() {
    return Double.isNaN(doaError) ? "–" : String.format(Locale.ROOT, "%.1f°", doaError);
  }

  /** The distance error in percent, a dash where no class was matched. */
  public String distanceText() {
    return Double.isNaN(distanceError)
        ? "–"
        : String.format(Locale.ROOT, "%.0f %%", 100 * distanceError);
  }

  /** The whole history as CSV with a header. */
  static String csv(List<SeldEpoch> history) {
    StringBuilder text = new StringBuilder(HEADER);
    for (SeldEpoch e : history) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%.6f,%.6f,%.4f,%.3f,%.4f,%.4f\n",
              e.epoch,
              e.trainLoss,
              e.validationLoss,
              e.f20,
              e.doaError,
              e.distanceError,
              e.seldError));
    }
    return text.toString();
  }
}
