package org.hearsight.learning.loop;

import java.util.Collections;
import java.util.List;
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

  /** Puts a list into an order, each as likely as any other (Durstenfeld). */
  public static <T> void inPlace(List<T> list, RandomGenerator random) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }
}
