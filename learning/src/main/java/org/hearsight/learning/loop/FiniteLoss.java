package org.hearsight.learning.loop;

import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.Tensor;

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
        throw refused(epoch, what + " is not a finite number");
      }
    }
  }

  /**
   * Refuses weights that are NaN or infinite, which the loss of the last step does not show yet.
   *
   * @param networks weights by their names, of each network by its name
   * @throws InputException naming the training and the epoch
   */
  void requireWeights(int epoch, Map<String, Map<String, Tensor>> networks) {
    for (Map<String, Tensor> weights : networks.values()) {
      if (!weights.values().stream().allMatch(Tensor::isFinite)) {
        throw refused(epoch, "the weights are not finite numbers");
      }
    }
  }

  private InputException refused(int epoch, String problem) {
    return new InputException(
        training,
        "epoch " + epoch + ": " + problem,
        "lower " + rates + ", or look for damaged data");
  }
}
