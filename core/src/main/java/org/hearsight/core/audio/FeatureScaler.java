package org.hearsight.core.audio;

import java.util.ArrayList;
import java.util.List;

/**
 * Standardises features per plane and band: (feature − mean) / standard deviation, fitted on the
 * training split only and kept in the model bundle.
 *
 * @param mean [7 · 64], plane by plane
 * @param std [7 · 64], positive
 */
public record FeatureScaler(List<Float> mean, List<Float> std) {
  private static final int SIZE = FoaFeatures.PLANES * FoaFeatures.BANDS;
  private static final ChannelSwap X_FOR_Y = new ChannelSwap(true, false, false, false);

  /** In dB. A band that never changed in training must not turn a whisper into an alarm. */
  static final double LEAST_LOG_MEL_STD = 0.1;

  /** About 1/400 of the largest intensity a band can hold. */
  static final double LEAST_INTENSITY_STD = 1e-4;

  public FeatureScaler {
    mean = checked("mean", mean);
    std = checked("std", std);
    for (float s : std) {
      if (s <= 0) {
        throw new IllegalArgumentException("scaler: std: " + s + " is not positive");
      }
    }
  }

  /**
   * Standardises in place.
   *
   * @param features [7, frames, 64]
   * @return {@code features}
   */
  public float[] apply(float[] features) {
    int frames = frames(features);
    for (int p = 0; p < FoaFeatures.PLANES; p++) {
      for (int b = 0; b < FoaFeatures.BANDS; b++) {
        float m = mean.get(p * FoaFeatures.BANDS + b);
        float s = std.get(p * FoaFeatures.BANDS + b);
        int end = (p + 1) * frames * FoaFeatures.BANDS;
        for (int i = p * frames * FoaFeatures.BANDS + b; i < end; i += FoaFeatures.BANDS) {
          features[i] = (features[i] - m) / s;
        }
      }
    }
    return features;
  }

  /**
   * The scaler of the same clips in all sixteen {@link ChannelSwap}s: the intensity vector's planes
   * have no mean, X and Y share their numbers. With it, swapping channels and standardising may
   * change places.
   */
  public FeatureScaler symmetric() {
    Float[] means = new Float[SIZE];
    Float[] stds = new Float[SIZE];
    for (int p = 0; p < FoaFeatures.PLANES; p++) {
      int other = X_FOR_Y.sourcePlane(p);
      for (int b = 0; b < FoaFeatures.BANDS; b++) {
        int i = p * FoaFeatures.BANDS + b;
        int j = other * FoaFeatures.BANDS + b;
        double centre = p < Foa.CHANNELS ? (mean.get(i) + (double) mean.get(j)) / 2 : 0;
        double square = (square(i, centre) + square(j, centre)) / 2;
        means[i] = (float) centre;
        stds[i] = (float) Math.sqrt(square);
      }
    }
    return new FeatureScaler(List.of(means), List.of(stds));
  }

  /** Mean square distance from a centre. */
  private double square(int i, double centre) {
    double off = mean.get(i) - centre;
    return std.get(i) * (double) std.get(i) + off * off;
  }

  private static List<Float> checked(String name, List<Float> values) {
    if (values == null || values.size() != SIZE) {
      throw new IllegalArgumentException(
          "scaler: %s: %s values, expected %d"
              .formatted(name, values == null ? "no" : values.size(), SIZE));
    }
    for (Float v : values) {
      if (v == null || !Float.isFinite(v)) {
        throw new IllegalArgumentException("scaler: " + name + ": " + v + " is not a number");
      }
    }
    return List.copyOf(values);
  }

  private static int frames(float[] features) {
    if (features.length % SIZE != 0) {
      throw new IllegalArgumentException(features.length + " features are not [7, frames, 64]");
    }
    return features.length / SIZE;
  }

  /**
   * Gathers mean and deviation clip by clip.
   *
   * <p>Each clip's own mean and squared deviations are merged into the total (Chan, Golub and
   * LeVeque, 1979): no large sums of squares are subtracted. The same clips in the same order give
   * the same bits. For one thread.
   */
  public static final class Fitter {
    private final double[] mean = new double[SIZE];
    private final double[] squares = new double[SIZE];
    private long count;

    /**
     * Takes one clip in.
     *
     * @param features [7, frames, 64], not standardised
     */
    public Fitter add(float[] features) {
      int frames = frames(features);
      if (frames == 0) {
        return this;
      }
      double share = (double) frames / (count + frames);
      for (int j = 0; j < SIZE; j++) {
        int start = j / FoaFeatures.BANDS * frames * FoaFeatures.BANDS + j % FoaFeatures.BANDS;
        double clipMean = 0;
        for (int t = 0; t < frames; t++) {
          clipMean += features[start + t * FoaFeatures.BANDS];
        }
        clipMean /= frames;
        double clipSquares = 0;
        for (int t = 0; t < frames; t++) {
          double d = features[start + t * FoaFeatures.BANDS] - clipMean;
          clipSquares += d * d;
        }
        double apart = clipMean - mean[j];
        mean[j] += apart * share;
        squares[j] += clipSquares + apart * apart * share * count;
      }
      count += frames;
      return this;
    }

    /**
     * The scaler of all clips so far; deviations are the population's, and have a floor.
     *
     * @throws IllegalStateException if there was no clip
     */
    public FeatureScaler fit() {
      if (count == 0) {
        throw new IllegalStateException("no features to fit a scaler to");
      }
      List<Float> means = new ArrayList<>(SIZE);
      List<Float> stds = new ArrayList<>(SIZE);
      for (int j = 0; j < SIZE; j++) {
        double least =
            j / FoaFeatures.BANDS < Foa.CHANNELS ? LEAST_LOG_MEL_STD : LEAST_INTENSITY_STD;
        means.add((float) mean[j]);
        stds.add((float) Math.max(least, Math.sqrt(squares[j] / count)));
      }
      return new FeatureScaler(means, stds);
    }
  }
}
