package org.hearsight.learning.pretrain;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Locale;

/**
 * What one epoch of the picture encoder's pretraining came to.
 *
 * @param size side of the pieces of pictures that it showed
 * @param train losses over the epoch, of the network as it moved
 * @param validation scores after it, on whole pictures
 */
@JsonNaming(SnakeCaseStrategy.class)
public record VisionEpoch(int epoch, int size, Losses train, VisionScores validation) {

  /** The total and its parts, see {@code VisionLoss}. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Losses(
      double total,
      double classes,
      double where,
      double place,
      double free,
      double edges,
      double beyond) {}

  /** One line for people; in parentheses what the best constant answer scores. */
  String line(int of, double seconds) {
    return String.format(
        Locale.ROOT,
        "epoch %2d/%d  %d px  loss %6.3f (class %.3f where %.3f place %.3f free %.3f edges %.3f beyond %.3f)"
            + "  validation: %s  %.0f s",
        epoch,
        of,
        size,
        train.total(),
        train.classes(),
        train.where(),
        train.place(),
        train.free(),
        train.edges(),
        train.beyond(),
        validation.text(),
        seconds);
  }
}
