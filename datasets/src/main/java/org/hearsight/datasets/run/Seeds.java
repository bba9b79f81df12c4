package org.hearsight.datasets.run;

import org.hearsight.core.dataset.Split;

/** Seeds of single pieces, from the data set's seed, the split and the piece's number alone. */
public final class Seeds {
  private Seeds() {}

  /** The seed of piece {@code index} of a split; −1 and below give seeds for the split itself. */
  public static long of(long seed, Split split, int index) {
    return mixed(mixed(seed + 0x9E3779B97F4A7C15L * (split.fold() + 1)) + index);
  }

  /** The finaliser of SplitMix64: near-by inputs give unrelated outputs. */
  private static long mixed(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
