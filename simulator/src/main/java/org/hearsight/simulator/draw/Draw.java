package org.hearsight.simulator.draw;

import java.util.random.RandomGenerator;

/** The few distributions scenes and sounds are drawn from. */
public final class Draw {
  private final RandomGenerator random;

  public Draw(RandomGenerator random) {
    this.random = random;
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
