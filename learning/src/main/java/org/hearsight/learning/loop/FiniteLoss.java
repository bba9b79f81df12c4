package org.hearsight.learning.loop;

import org.hearsight.core.error.InputException;

/**
 * What an epoch came to must be a number: a network that diverged is neither kept nor called best,
 * and nothing is trained on.
 *
 * @param training as in {@code pretraining}
 * @param rates the option that sets the learning rate, or the words for it
 */
public record FiniteLoss(String training, String rates) {
  /**
   * Refuses to go on with what is NaN or infinite.
   *
   * @param what as in {@code the validation loss}
   * @throws InputException naming the training, the epoch and what was found
   */
  public void require(int epoch, String what, double... losses) {
    for (double loss : losses) {
      if (!Double.isFinite(loss)) {
        throw new InputException(
            training,
            "epoch " + epoch + ": " + what + " is not a finite number",
            "lower " + rates + ", or look for damaged data");
      }
    }
  }
}
