package org.hearsight.core.probability;

import java.util.stream.IntStream;

/** From logits to probabilities, without overflow: the largest logit is taken from all first. */
public final class Softmax {
  private Softmax() {}

  /**
   * The probabilities of logits at a temperature.
   *
   * @param logits [n], each a number or −∞, but not all of them −∞; not changed
   * @param temperature above 0, that they are divided by
   * @return [n], their sum 1
   */
  public static double[] of(double[] logits, double temperature) {
    double most = Double.NEGATIVE_INFINITY;
    for (double l : logits) {
      most = Math.max(most, l);
    }
    double[] p = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp((logits[i] - most) / temperature);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  /** The same of a network's numbers. */
  public static double[] of(float[] logits, double temperature) {
    return of(IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).toArray(), temperature);
  }
}
