package org.hearsight.core.metrics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * Whether two systems differ, from what both did on the same scenes: the bootstrap of pairs (Efron
 * and Tibshirani, <i>An Introduction to the Bootstrap</i>, 1993), McNemar's test and Holm's
 * adjustment.
 *
 * @param first the statistic of the first system
 * @param second the same of the second
 * @param low lower end of the difference's 95 % interval, second minus first
 * @param high upper end
 * @param p the share of draws whose difference lies as far from the measured one as that from zero
 */
public record PairedBootstrap(double first, double second, double low, double high, double p) {
  private static final int ROUNDS = 2000;

  /**
   * Draws pairs.
   *
   * @param a values of the first system
   * @param b of the second, of the same scenes
   */
  static PairedBootstrap of(
      double[] a, double[] b, ToDoubleFunction<double[]> statistic, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double first = statistic.applyAsDouble(a);
    double second = statistic.applyAsDouble(b);
    double difference = second - first;
    double[] drawnA = new double[a.length];
    double[] drawnB = new double[a.length];
    double[] results = new double[ROUNDS];
    int farther = 0;
    for (int r = 0; r < ROUNDS; r++) {
      for (int i = 0; i < a.length; i++) {
        int k = random.nextInt(a.length);
        drawnA[i] = a[k];
        drawnB[i] = b[k];
      }
      results[r] = statistic.applyAsDouble(drawnB) - statistic.applyAsDouble(drawnA);
      boolean nearer = Math.abs(results[r] - difference) < Math.abs(difference);
      farther += nearer ? 0 : 1; // where nothing can be measured, nothing is known to differ
    }
    Arrays.sort(results);
    int cut = (int) (0.025 * ROUNDS);
    return new PairedBootstrap(
        first, second, results[cut], results[ROUNDS - 1 - cut], (farther + 1.0) / (ROUNDS + 1));
  }

  /** Draws pairs for the difference of means, as of shares of right answers. */
  public static PairedBootstrap ofMeans(double[] a, double[] b, long seed) {
    return of(a, b, Statistics::mean, seed);
  }

  /**
   * McNemar's exact test: the scenes that only one has right are its own as often as the other's.
   *
   * @param onlyFirst scenes that only the first has right
   * @param onlySecond scenes that only the second has right
   */
  static double mcNemar(int onlyFirst, int onlySecond) {
    int apart = onlyFirst + onlySecond;
    return apart == 0 ? 1 : BinomialTest.withDefaults().test(apart, onlyFirst, 0.5).getPValue();
  }

  /** Holm's adjusted p-values, in the order of the given ones. */
  static double[] holm(double[] p) {
    int[] order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted((i, j) -> Double.compare(p[i], p[j]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[p.length];
    double least = 0;
    for (int rank = 0; rank < order.length; rank++) {
      least = Math.max(least, Math.min(1, (p.length - rank) * p[order[rank]]));
      adjusted[order[rank]] = least;
    }
    return adjusted;
  }
}
