package org.hearsight.learning.train;

import org.hearsight.core.error.InputException;

/**
 * What an epoch came to must be a number: a network that diverged is neither kept nor called best,
 * and nothing is trained on.
 */
public final class FiniteLoss {
  private FiniteLoss() {}

  /**
   * Refuses to go on with what is NaN or infinite.
   *
   * @param training as in {@code pretraining}
   * @param what as in {@code the validation loss}
   * @param option that sets the learning rate, or the words for it
   * @throws InputException naming the training, the epoch and what was found
   */
  public static void require(String training, int epoch, String what, double loss, String option) {
    if (!Double.isFinite(loss)) {
      throw new InputException(
          training,
          "epoch " + epoch + ": " + what + " is no finite number",
          "lower " + option + ", or look for damaged data");
    }
  }
}
