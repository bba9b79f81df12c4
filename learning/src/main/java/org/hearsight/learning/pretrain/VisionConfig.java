package org.hearsight.learning.pretrain;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.hearsight.core.error.InputException;
import org.hearsight.core.vision.View;
import org.hearsight.learning.model.ResNet50;

/**
 * How the picture encoder is pretrained.
 *
 * @param network sizes; ResNet-50's unless a test asks for less
 * @param epochs in all
 * @param fullEpochs the last of them, on whole pictures; without any, batch norm's statistics alone
 *     are taken from whole ones at the end
 * @param size side of the pieces of pictures shown in the other epochs, see {@link Cut}
 * @param batch pictures a step
 * @param rate greatest learning rate; it rises over the first twentieth of all steps, then falls as
 *     a cosine to zero
 * @param seed of weights, order, mirrors and brightness
 */
@JsonNaming(SnakeCaseStrategy.class)
public record VisionConfig(
    ResNet50.Config network,
    int epochs,
    int fullEpochs,
    int size,
    int batch,
    double rate,
    long seed) {
  private static final double WARM_UP = 0.05;

  public VisionConfig {
    require(epochs >= 1, "epochs", epochs, "1 or more");
    require(fullEpochs >= 0 && fullEpochs <= epochs, "full-epochs", fullEpochs, "0 to " + epochs);
    require(
        size >= 32 && size <= View.SIZE && size % 32 == 0,
        "size",
        size,
        "a multiple of 32 up to 224");
    require(batch >= 2, "batch", batch, "2 or more");
    require(rate > 0 && Double.isFinite(rate), "rate", rate, "a positive number");
  }

  /** Side of an epoch's pieces of pictures, from 1 on. */
  int sizeIn(int epoch) {
    return epoch > epochs - fullEpochs ? View.SIZE : size;
  }

  /** Share of the greatest learning rate for a step of the whole run, from 0 on. */
  double rateAt(long step, long steps) {
    double at = (step + 0.5) / steps;
    return at < WARM_UP
        ? at / WARM_UP
        : 0.5 * (1 + Math.cos(Math.PI * (at - WARM_UP) / (1 - WARM_UP)));
  }

  private static void require(boolean met, String field, Object value, String remedy) {
    if (!met) {
      throw new InputException(
          "pretrain-vision", field + ": " + value + " is out of range", "choose " + remedy);
    }
  }
}
