package org.hearsight.inference.evaluate;

import java.util.SplittableRandom;

/**
 * A sense that is taken from another scene of the split, to show what it brings: a model that
 * answers as well with another scene's picture does not look.
 *
 * <p>Which scene that is, is drawn from a seed as one cycle through all of them (Sattolo, <i>An
 * algorithm to generate a random cyclic permutation</i>, Information Processing Letters 22, 1986):
 * every scene gives its picture away once, and none keeps its own.
 */
public enum Foreign {
  /** Picture, depth and occlusion. */
  PICTURE("imagination, another's picture"),
  SOUND("imagination, another's sound");

  private static final long SEED = 1;

  private final String system;

  Foreign(String system) {
    this.system = system;
  }

  /** What the system is called among the scores. */
  public String system() {
    return system;
  }

  /**
   * For each of so many scenes, which other one it is given; always the same.
   *
   * @param count at least two
   */
  public static int[] others(int count) {
    return others(count, SEED);
  }

  static int[] others(int count, long seed) {
    if (count < 2) {
      throw new IllegalArgumentException(count + " scenes: there is no other one");
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] others = new int[count];
    for (int i = 0; i < count; i++) {
      others[i] = i;
    }
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i);
      int kept = others[i];
      others[i] = others[j];
      others[j] = kept;
    }
    return others;
  }
}
