package org.hearsight.core.calibration;

/**
 * Finds the temperature that logits are divided by so that the probabilities they become mean what
 * they say: the one with the least negative log-likelihood on scenes that were not trained on.
 *
 * <p>Guo, Pleiss, Sun and Weinberger, arXiv 1706.04599. Of a target that is spread over several
 * outcomes, as the label of a place, the cross-entropy takes the likelihood's place. Either is
 * convex in the inverse of the temperature, so that a golden-section search finds its one minimum.
 */
final class TemperatureScaling {
  private static final double LOWEST = Math.log(0.05);
  private static final double HIGHEST = Math.log(20);
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final int ROUNDS = 30;

  private TemperatureScaling() {}

  /**
   * Fits the temperature, from 0.05 to 20.
   *
   * @param logits [n][outcomes]
   * @param ofTarget [n], the logit of each target, or the mean over what it is spread over
   */
  static double fit(double[][] logits, double[] ofTarget) {
    double low = LOWEST;
    double high = HIGHEST;
    double a = high - GOLDEN * (high - low);
    double b = low + GOLDEN * (high - low);
    double atA = negativeLogLikelihood(logits, ofTarget, Math.exp(a));
    double atB = negativeLogLikelihood(logits, ofTarget, Math.exp(b));
    for (int i = 0; i < ROUNDS; i++) {
      if (atA <= atB) {
        high = b;
        b = a;
        atB = atA;
        a = high - GOLDEN * (high - low);
        atA = negativeLogLikelihood(logits, ofTarget, Math.exp(a));
      } else {
        low = a;
        a = b;
        atA = atB;
        b = low + GOLDEN * (high - low);
        atB = negativeLogLikelihood(logits, ofTarget, Math.exp(b));
      }
    }
    return Math.exp((low + high) / 2);
  }

  /** Mean negative log-likelihood, or cross-entropy, of the targets; nats. */
  static double negativeLogLikelihood(double[][] logits, double[] ofTarget, double temperature) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      double max = Double.NEGATIVE_INFINITY;
      for (double l : logits[i]) {
        max = Math.max(max, l / temperature);
      }
      double partition = 0;
      for (double l : logits[i]) {
        partition += Math.exp(l / temperature - max);
      }
      sum += max + Math.log(partition) - ofTarget[i] / temperature;
    }
    return sum / logits.length;
  }
}
