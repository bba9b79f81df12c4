package org.hearsight.learning.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.hearsight.learning.engine.Torch;

/**
 * Zeroes a share of its input while training and scales the rest up to keep the mean.
 *
 * <p>It has no parameters and so cannot tell whether it is frozen: the caller says whether the
 * layer whose output it thins out is training. libtorch's generator draws the masks; seeding it
 * before each step makes them repeatable.
 *
 * @param rate share that is zeroed, in [0, 1)
 */
public record Dropout(double rate) {
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("dropout: " + rate + " is not in [0, 1)");
    }
  }

  /** Drops single elements. */
  public NDArray elements(NDArray x, boolean training) {
    return Torch.dropout(x, rate, training);
  }

  /** Drops whole planes of [B, C, H, W], as {@code torch.nn.Dropout2d}. */
  public NDArray planes(NDArray x, boolean training) {
    if (!training || rate == 0) {
      return x;
    }
    Shape s = x.getShape();
    NDArray ones = x.getManager().ones(new Shape(s.get(0), s.get(1), 1, 1));
    return x.mul(Torch.dropout(ones, rate, true));
  }
}
