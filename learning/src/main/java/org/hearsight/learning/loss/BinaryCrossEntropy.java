package org.hearsight.learning.loss;

import ai.djl.ndarray.NDArray;
import org.hearsight.learning.engine.Torch;

/** Binary cross-entropy from logits z: max(z, 0) − z·y + ln(1 + e^−|z|), which cannot overflow. */
public final class BinaryCrossEntropy {
  private BinaryCrossEntropy() {}

  /**
   * The loss of each element.
   *
   * @param logits of any shape
   * @param truth 0 or 1, of the same shape
   */
  public static NDArray each(NDArray logits, NDArray truth) {
    NDArray tail = Torch.plus(logits.abs().neg().exp(), 1).log();
    return Torch.relu(logits).sub(logits.mul(truth)).add(tail);
  }
}
