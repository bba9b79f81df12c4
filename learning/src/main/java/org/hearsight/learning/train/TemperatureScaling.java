package org.hearsight.learning.train;

/**
 * Finds the temperature that the classifier's logits are divided by so that its probabilities mean
 * what they say: the one with the least negative log-likelihood on the validation split.
 *
 * <p>Guo, Pleiss, Sun and Weinberger, arXiv 1706.04599. The likelihood has one peak over the
 * logarithm of the temperature, so a golden-section search finds it.
 */
final class TemperatureScaling {
  private static final double LOWEST = Math.log(0.05);
  private static final double HIGHEST = Math.log(20);
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final int ROUNDS = 60;

  private TemperatureScaling() {}

  /**
   * @param logits [n][classes]
   * @param targets [n] class indices
   */
  static double fit(float[][] logits, int[] targets) {
    double low = LOWEST;
    double high = HIGHEST;
    for (int i = 0; i < ROUNDS; i++) {
      double a = high - GOLDEN * (high - low);
      double b = low + GOLDEN * (high - low);
      if (negativeLogLikelihood(logits, targets, Math.exp(a))
          <= negativeLogLikelihood(logits, targets, Math.exp(b))) {
        high = b;
      } else {
        low = a;
      }
    }
    return Math.exp((low + high) / 2);
  }

  /** Mean negative log-likelihood of the targets. */
  static double negativeLogLikelihood(float[][] logits, int[] targets, double temperature) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      double max = Double.NEGATIVE_INFINITY;
      for (float l : logits[i]) {
        max = Math.max(max, l / temperature);
      }
      double partition = 0;
      for (float l : logits[i]) {
        partition += Math.exp(l / temperature - max);
      }
      sum += max + Math.log(partition) - logits[i][targets[i]] / temperature;
    }
    return sum / logits.length;
  }
}
