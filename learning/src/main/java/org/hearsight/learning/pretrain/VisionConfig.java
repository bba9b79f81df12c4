package org.hearsight.learning.pretrain;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.learning.loop.OptimizerConfig;
import org.hearsight.learning.loop.RateSchedule;
import org.hearsight.learning.loop.Settings;
import org.hearsight.learning.model.ResNet50;

/**
 * How the picture encoder is pretrained. {@code docs/training.md} says where each default comes
 * from.
 *
 * @param seed of weights, order, mirrors and brightness
 * @param network sizes; {@code train} takes ResNet-50's only, tests take less
 */
@JsonNaming(SnakeCaseStrategy.class)
public record VisionConfig(
    long seed,
    ResNet50.Config network,
    Schedule schedule,
    OptimizerConfig optimizer,
    Loss loss,
    Augmentation augmentation) {

  /**
   * Epochs, what they show, and rates.
   *
   * @param epochs in all
   * @param fullEpochs the last of them, on whole pictures; without any, batch norm's statistics
   *     alone are taken from whole ones at the end
   * @param size side of the pieces of pictures shown in the other epochs, pixels, see {@link Cut}
   * @param rate greatest learning rate
   * @param warmUp share of all steps over which the rate rises; then it falls as a cosine to zero
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Schedule(int epochs, int fullEpochs, int size, double rate, double warmUp) {
    private static final int STRIDE = 32;

    public Schedule {
      FieldValues.atLeast("epochs", epochs, 1);
      FieldValues.within("full_epochs", fullEpochs, 0, epochs);
      FieldValues.within("size", size, STRIDE, View.SIZE);
      if (size % STRIDE != 0) {
        throw new IllegalArgumentException("size: " + size + ", expected a multiple of " + STRIDE);
      }
      FieldValues.positive("rate", rate);
      FieldValues.share("warm_up", warmUp);
    }

    /** Side of an epoch's pieces of pictures, from 1 on. */
    int sizeIn(int epoch) {
      return epoch > epochs - fullEpochs ? View.SIZE : size;
    }

    /** Share of the greatest learning rate for a step of the whole run, from 0 on. */
    double rateShare(long step, long steps) {
      return RateSchedule.cosine(step, steps, warmUp);
    }
  }

  /** What each part of {@code VisionLoss} is multiplied by. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Loss(
      double classes, double where, double place, double free, double edges, double beyond) {
    public Loss {
      FieldValues.atLeast("classes", classes, 0);
      FieldValues.atLeast("where", where, 0);
      FieldValues.atLeast("place", place, 0);
      FieldValues.atLeast("free", free, 0);
      FieldValues.atLeast("edges", edges, 0);
      FieldValues.atLeast("beyond", beyond, 0);
    }

    /** All parts alike. */
    static Loss even() {
      return new Loss(1, 1, 1, 1, 1, 1);
    }
  }

  /**
   * What training shows otherwise than it is.
   *
   * @param mirrors is half of the pictures seen in a mirror?
   * @param brightness colours are multiplied by up to this much less or more than 1
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Augmentation(boolean mirrors, double brightness) {
    public Augmentation {
      FieldValues.share("brightness", brightness);
    }
  }

  public VisionConfig {
    if (network.inChannels() != VisualPlanes.COUNT) {
      throw new IllegalArgumentException(
          "network.in_channels: %d, expected %d, the planes of a view"
              .formatted(network.inChannels(), VisualPlanes.COUNT));
    }
    if (network.classes() != 0) {
      throw new IllegalArgumentException(
          "network.classes: %d, expected 0: an encoder has no classifier"
              .formatted(network.classes()));
    }
    if (optimizer.batch() < 2) {
      throw new IllegalArgumentException(
          "optimizer.batch: 1, expected 2 or more, for batch norm to have statistics");
    }
  }

  /** ResNet-50, 16 epochs on pieces of 128 pixels, batches of 32, Adam at 1e-3. */
  public static VisionConfig defaults() {
    return new VisionConfig(
        1,
        ResNet50.Config.encoder(VisualPlanes.COUNT),
        new Schedule(16, 0, 128, 1e-3, 0.05),
        OptimizerConfig.plain(32),
        Loss.even(),
        new Augmentation(true, 0.2));
  }

  /** The same with other values of fields, called as in {@code schedule.rate}. */
  public VisionConfig with(Map<String, ?> values) {
    return Settings.with(this, values);
  }
}
