package org.hearsight.learning.train;

import java.util.random.RandomGenerator;

/** The order in which an epoch goes through its examples. */
public final class Shuffle {
  private Shuffle() {}

  /** The numbers below {@code n}, each order as likely as any other (Fisher and Yates). */
  public static int[] of(int n, RandomGenerator random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
