package org.hearsight.core.drift;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.error.FieldValues;

/**
 * How far a scene's numbers lie from those of others: Mahalanobis' distance by their mean and
 * covariance. The correlations are shrunk by {@value #SHRINKAGE} towards none, so that they have an
 * inverse however few scenes there were, and what never varied among them counts, but not
 * infinitely much.
 *
 * @param mean of each number, [n]
 * @param spread of each number, standard deviations, [n]
 * @param factor Cholesky's of the shrunk correlations, rows of its lower triangle, [n (n + 1) / 2]
 */
@JsonPropertyOrder({"mean", "spread", "factor"})
public record FeatureDistance(List<Float> mean, List<Float> spread, List<Float> factor) {
  /** Chosen on other scenes than those it is judged on; from 0.01 to 0.1 little changes. */
  private static final double SHRINKAGE = 0.03;

  /** What goes into networks varies by about 1. */
  private static final double LEAST_SPREAD = 1e-3;

  private static final double LARGEST = 1e9;

  public FeatureDistance {
    if (mean == null || spread == null || factor == null) {
      throw new IllegalArgumentException("drift: mean, spread or factor is missing");
    }
    int n = mean.size();
    if (n == 0 || spread.size() != n || factor.size() != n * (n + 1) / 2) {
      throw new IllegalArgumentException("drift: mean, spread and factor do not fit together");
    }
    mean = numbers("drift.mean", mean, -LARGEST);
    spread = numbers("drift.spread", spread, LEAST_SPREAD);
    factor = numbers("drift.factor", factor, -LARGEST);
    for (int i = 0; i < n; i++) {
      FieldValues.positive("drift.factor", factor.get(i * (i + 1) / 2 + i));
    }
  }

  private static List<Float> numbers(String field, List<Float> values, double least) {
    for (Float v : values) {
      FieldValues.within(field, v == null ? Double.NaN : v, least, LARGEST);
    }
    return List.copyOf(values);
  }

  /** Numbers of a scene. */
  int width() {
    return mean.size();
  }

  /**
   * Of scenes.
   *
   * @param rows the numbers of each; two at least, as many in each
   */
  static FeatureDistance fit(List<float[]> rows) {
    int n = rows.get(0).length;
    double[] mean = new double[n];
    for (float[] row : rows) {
      for (int i = 0; i < n; i++) {
        mean[i] += row[i] / (double) rows.size();
      }
    }
    double[][] covariance = new double[n][n];
    for (float[] row : rows) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          covariance[i][j] += (row[i] - mean[i]) * (row[j] - mean[j]) / rows.size();
        }
      }
    }
    double[] spread = new double[n];
    for (int i = 0; i < n; i++) {
      spread[i] = Math.max(LEAST_SPREAD * (1 + 1e-6), Math.sqrt(covariance[i][i]));
    }
    double[][] shrunk = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        shrunk[i][j] =
            (1 - SHRINKAGE) * covariance[i][j] / (spread[i] * spread[j]) + (i == j ? SHRINKAGE : 0);
      }
    }
    return new FeatureDistance(floats(mean), floats(spread), cholesky(shrunk));
  }

  /** L of L Lᵀ, of a positive definite matrix whose lower triangle is given; changes it. */
  private static List<Float> cholesky(double[][] a) {
    List<Float> factor = new ArrayList<>();
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = a[i][j];
        for (int k = 0; k < j; k++) {
          rest -= a[i][k] * a[j][k];
        }
        a[i][j] = i == j ? Math.sqrt(rest) : rest / a[j][j];
        factor.add((float) a[i][j]);
      }
    }
    return factor;
  }

  private static List<Float> floats(double[] values) {
    List<Float> all = new ArrayList<>();
    for (double v : values) {
      all.add((float) v);
    }
    return all;
  }

  /**
   * The distance of a scene, about 1 for those that are alike.
   *
   * @throws IllegalArgumentException if it has not as many numbers, or one that is not finite
   */
  double of(float[] row) {
    if (row.length != width()) {
      throw new IllegalArgumentException(row.length + " numbers, expected " + width());
    }
    double[] solved = new double[row.length]; // L · solved = standardised row
    double sum = 0;
    int at = 0;
    for (int i = 0; i < row.length; i++) {
      FieldValues.within("trait", row[i], -Float.MAX_VALUE, Float.MAX_VALUE);
      double rest = (row[i] - mean.get(i)) / (double) spread.get(i);
      for (int k = 0; k < i; k++) {
        rest -= factor.get(at++) * solved[k];
      }
      solved[i] = rest / factor.get(at++);
      sum += solved[i] * solved[i];
    }
    return Math.sqrt(sum / row.length);
  }
}
