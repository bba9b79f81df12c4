package org.hearsight.learning.pretrain;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Locale;
import org.hearsight.learning.loop.EpochRow;

/**
 * What one epoch of the picture encoder's pretraining came to.
 *
 * @param size side of the pieces of pictures that it showed
 * @param train losses over the epoch, of the network as it moved
 * @param validation scores after it, on whole pictures
 */
@JsonNaming(SnakeCaseStrategy.class)
public record VisionEpoch(int epoch, int size, Losses train, VisionScores validation)
    implements EpochRow {

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

  /** The last epoch is kept: the rate has fallen to zero there. */
  @Override
  public double score() {
    return Double.NaN;
  }

  @Override
  public String csvHeader() {
    return "epoch,size,train_total,train_classes,train_where,train_place,train_free,train_edges,"
        + "train_beyond,validation_accuracy,validation_free,validation_edge_f1,validation_place";
  }

  @Override
  public String csvLine() {
    return String.format(
        Locale.ROOT,
        "%d,%d,%.6f,%.6f,%.6f,%.6f,%.6f,%.6f,%.6f,%.4f,%.4f,%.4f,%.2f",
        epoch,
        size,
        train.total(),
        train.classes(),
        train.where(),
        train.place(),
        train.free(),
        train.edges(),
        train.beyond(),
        validation.accuracy(),
        validation.free(),
        validation.edgeF1(),
        validation.place());
  }

  /** In parentheses what the best constant answer scores. */
  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        "%d px  loss %6.3f (class %.3f where %.3f place %.3f free %.3f edges %.3f beyond %.3f)"
            + "  validation: %s",
        size,
        train.total(),
        train.classes(),
        train.where(),
        train.place(),
        train.free(),
        train.edges(),
        train.beyond(),
        validation.text());
  }
}
