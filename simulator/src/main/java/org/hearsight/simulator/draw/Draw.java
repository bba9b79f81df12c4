package org.hearsight.simulator.draw;

import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The few distributions scenes and sounds are drawn from. */
public final class Draw {
  private static final int SEEDS = 20;

  private final RandomGenerator random;

  public Draw(RandomGenerator random) {
    this.random = random;
  }

  /**
   * What is drawn from a seed, and from others that follow from it where there was no room: the
   * same seed gives the same result, and no seed fails on every try.
   *
   * @throws NoRoomException if even those find none
   */
  public static <T> T from(long seed, Function<Draw, T> made) {
    SplittableRandom seeds = new SplittableRandom(seed);
    long own = seed;
    for (int again = 1; ; again++) {
      try {
        return made.apply(new Draw(new SplittableRandom(own)));
      } catch (NoRoomException e) {
        if (again == SEEDS) {
          throw e;
        }
        own = seeds.nextLong();
      }
    }
  }

  /** Uniform in [low, high). */
  public double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** Uniform in ratio, [low, high). */
  public double ratioBetween(double low, double high) {
    return low * Math.pow(high / low, random.nextDouble());
  }

  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Uniform in 0 … count − 1. */
  public int index(int count) {
    return random.nextInt(count);
  }

  public double normal() {
    return random.nextGaussian();
  }

  /** One of them. */
  @SafeVarargs
  public final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  public RandomGenerator random() {
    return random;
  }
}
