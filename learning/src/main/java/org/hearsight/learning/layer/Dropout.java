package org.hearsight.learning.layer;

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
  public Value elements(Value x, boolean training) {
    return training ? x.dropout(rate) : x;
  }

  /** Drops whole planes of [B, C, H, W], as {@code torch.nn.Dropout2d}. */
  public Value planes(Value x, boolean training) {
    return training ? x.dropPlanes(rate) : x;
  }
}
