package org.hearsight.learning.pretrain;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Locale;
import org.hearsight.core.metrics.NanAsNull;
import org.hearsight.learning.loop.EpochRow;

/**
 * What an epoch of SELD training came to.
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
    @NanAsNull double doaError,
    @NanAsNull double distanceError,
    double seldError)
    implements EpochRow {

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

  @Override
  public double score() {
    return seldError;
  }

  @Override
  public String csvHeader() {
    return "epoch,train_loss,validation_loss,f20,doa_error,distance_error,seld_error";
  }

  @Override
  public String csvLine() {
    return String.format(
        Locale.ROOT,
        "%d,%.6f,%.6f,%.4f,%.3f,%.4f,%.4f",
        epoch,
        trainLoss,
        validationLoss,
        f20,
        doaError,
        distanceError,
        seldError);
  }

  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        "loss %.4f  validation %.4f  F20 %4.1f %%  direction %6s  distance %5s  SELD error %.3f",
        trainLoss,
        validationLoss,
        100 * f20,
        directionText(),
        distanceText(),
        seldError);
  }
}
