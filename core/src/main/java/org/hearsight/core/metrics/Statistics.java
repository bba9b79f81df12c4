package org.hearsight.core.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.descriptive.Quantile;

/** The few statistics the scores are made of; NaN where there is nothing to count. */
public final class Statistics {
  /** Times that a bootstrap draws, unless there is a reason. */
  static final int ROUNDS = 1000;

  private Statistics() {}

  static double share(long part, long whole) {
    return ratio((double) part, (double) whole);
  }

  /** The share of things of which something is true. */
  static <T> double share(List<T> of, Predicate<? super T> which) {
    return share(of.stream().filter(which).count(), of.size());
  }

  static double ratio(double sum, double count) {
    return count == 0 ? Double.NaN : sum / count;
  }

  static double mean(double[] values) {
    return ratio(Arrays.stream(values).sum(), values.length);
  }

  /** The median; of an even number the mean of the middle two. */
  public static double median(double[] values) {
    return Median.withDefaults().withCopy(true).evaluate(values);
  }

  /**
   * What these shares of the values lie below, between values where need be, as {@link #median}
   * does.
   *
   * @param shares from 0 to 1
   */
  public static double[] quantiles(double[] values, double... shares) {
    return Quantile.withDefaults().withCopy(true).evaluate(values, shares);
  }

  /** Where the largest number is; the first of equal ones. */
  public static int largest(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  /** As {@link #interval95(double[], ToDoubleFunction, int, long)} over {@value #ROUNDS} rounds. */
  static double[] interval95(double[] values, ToDoubleFunction<double[]> statistic, long seed) {
    return interval95(values, statistic, ROUNDS, seed);
  }

  /**
   * The percentile bootstrap's 95 % interval of a statistic (Efron, 1979): as many results below it
   * as above, so its ends are results themselves and not, as in a library's quantiles, between two.
   *
   * @return [2], NaN without values
   */
  static double[] interval95(
      double[] values, ToDoubleFunction<double[]> statistic, int rounds, long seed) {
    if (values.length == 0) {
      return new double[] {Double.NaN, Double.NaN};
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] results = new double[rounds];
    double[] drawn = new double[values.length];
    for (int r = 0; r < rounds; r++) {
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = values[random.nextInt(values.length)];
      }
      results[r] = statistic.applyAsDouble(drawn);
    }
    Arrays.sort(results);
    int cut = (int) (0.025 * rounds);
    return new double[] {results[cut], results[rounds - 1 - cut]};
  }
}
