package org.hearsight.learning.pretrain;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.hearsight.core.seld.DistanceForm;

/**
 * How a SELD network is trained; {@link #baseline()} has the DCASE 2024 baseline's numbers, but for
 * patience (there as long as all epochs) and channel swaps (there none).
 *
 * @param seed of weights, order, dropout and channel swaps
 * @param batch windows a step
 * @param epochs at the most
 * @param patience epochs without a lower SELD error before training stops
 * @param learningRate of Adam
 * @param cosine does the rate fall to zero along half a cosine over all epochs? Else it stays
 * @param swaps is every window heard in one of the sixteen channel swaps, drawn anew each time?
 * @param labelFrames of a window, of 100 ms
 * @param distance what the network's distance stands for
 * @param dropout rate of all dropouts
 */
@JsonNaming(SnakeCaseStrategy.class)
public record SeldPretrainConfig(
    long seed,
    int batch,
    int epochs,
    int patience,
    double learningRate,
    boolean cosine,
    boolean swaps,
    int labelFrames,
    DistanceForm distance,
    double dropout) {
  public SeldPretrainConfig {
    if (batch < 1 || epochs < 1 || patience < 1 || labelFrames < 10) {
      throw new IllegalArgumentException(
          "pretraining: batch, epochs and patience must be positive, a window a second or longer");
    }
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      throw new IllegalArgumentException("learning rate: " + learningRate + " is not positive");
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout: " + dropout + " is not in [0, 1)");
    }
  }

  /**
   * Batches of 128 windows of 5 s, 250 epochs, Adam at 1e-3, dropout 0.05, distance in metres, as
   * the baseline has them; a patience of 50 epochs and channel swaps, as it does not.
   */
  public static SeldPretrainConfig baseline() {
    return new SeldPretrainConfig(
        1, 128, 250, 50, 1e-3, false, true, 50, DistanceForm.METRES, 0.05);
  }

  /** The share of the learning rate that a step takes. */
  double rateShare(long step, long steps) {
    return cosine ? 0.5 * (1 + Math.cos(Math.PI * step / steps)) : 1;
  }
}
