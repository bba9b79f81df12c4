package org.hearsight.core.audio;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hearsight.core.error.FieldValues;

/**
 * Standardises features per plane and band: (feature − mean) / standard deviation, fitted on the
 * training split only and kept in the model bundle.
 *
 * @param mean [7 · bands], plane by plane
 * @param std [7 · bands], positive
 */
public record FeatureScaler(List<Float> mean, List<Float> std) {
  /** Features are decibels, angles and shares: none is larger, and none varies less. */
  private static final double MOST = 1e6;

  private static final double LEAST_STD = 1e-6;
  private static final int PLANES = AudioFeatures.PLANES;
  private static final ChannelSwap X_FOR_Y = new ChannelSwap(true, false, false, false);

  public FeatureScaler {
    mean = checked("mean", mean, mean == null ? 0 : mean.size());
    std = checked("std", std, mean.size());
    for (float s : std) {
      if (s <= 0) {
        throw new IllegalArgumentException("scaler: std: " + s + " is not positive");
      }
      FieldValues.within("scaler: std", s, LEAST_STD, MOST);
    }
    for (float m : mean) {
      FieldValues.within("scaler: mean", m, -MOST, MOST);
    }
  }

  /** Leaves features as they are, for a network that was trained on them so. */
  public static FeatureScaler none(AudioFeatures features) {
    int size = PLANES * features.bands();
    return new FeatureScaler(Collections.nCopies(size, 0f), Collections.nCopies(size, 1f));
  }

  /** The bands of the features it was fitted to. */
  public int bands() {
    return mean.size() / PLANES;
  }

  /**
   * @throws IllegalArgumentException if this scaler is for features of another size
   */
  void requireFits(AudioFeatures features) {
    if (bands() != features.bands()) {
      throw new IllegalArgumentException(
          "scaler: for " + bands() + " bands, expected " + features.bands());
    }
  }

  /**
   * Standardises in place.
   *
   * @param features [7, frames, bands]
   * @return {@code features}
   */
  public float[] apply(float[] features) {
    int bands = bands();
    int frames = frames(features, bands);
    for (int j = 0; j < mean.size(); j++) {
      float m = mean.get(j);
      float s = std.get(j);
      int start = j / bands * frames * bands;
      int end = start + frames * bands;
      for (int i = start + j % bands; i < end; i += bands) {
        features[i] = (features[i] - m) / s;
      }
    }
    return features;
  }

  /**
   * The scaler of the same clips in all sixteen {@link ChannelSwap}s: the intensity vector's planes
   * have no mean, X and Y share their numbers. With it, swapping channels and standardising may
   * change places. For {@link FoaFeatures} only.
   */
  public FeatureScaler symmetric() {
    int bands = mean.size() / PLANES;
    Float[] means = new Float[mean.size()];
    Float[] stds = new Float[mean.size()];
    for (int p = 0; p < PLANES; p++) {
      int other = X_FOR_Y.sourcePlane(p);
      for (int b = 0; b < bands; b++) {
        int i = p * bands + b;
        int j = other * bands + b;
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

  private static List<Float> checked(String name, List<Float> values, int size) {
    if (values == null || values.size() != size || size == 0 || size % PLANES != 0) {
      throw new IllegalArgumentException(
          "scaler: %s: %s values, expected %s"
              .formatted(
                  name,
                  values == null ? "no" : values.size(),
                  size == 0 || size % PLANES != 0 ? "seven planes of bands" : size));
    }
    for (Float v : values) {
      if (v == null || !Float.isFinite(v)) {
        throw new IllegalArgumentException("scaler: " + name + ": " + v + " is not a number");
      }
    }
    return List.copyOf(values);
  }

  private static int frames(float[] features, int bands) {
    if (features.length % (PLANES * bands) != 0) {
      throw new IllegalArgumentException(
          features.length + " features are not [7, frames, " + bands + "]");
    }
    return features.length / (PLANES * bands);
  }

  /**
   * Gathers mean and deviation clip by clip.
   *
   * <p>Each clip's own mean and squared deviations are merged into the total (Chan, Golub and
   * LeVeque, 1979): no large sums of squares are subtracted. The same clips in the same order give
   * the same bits. For one thread.
   */
  public static final class Fitter {
    private final AudioFeatures kind;
    private final int bands;
    private final double[] mean;
    private final double[] squares;
    private long count;

    /** For {@link FoaFeatures}. */
    public Fitter() {
      this(new FoaFeatures());
    }

    /**
     * @param kind of the features to come
     */
    public Fitter(AudioFeatures kind) {
      this.kind = kind;
      bands = kind.bands();
      mean = new double[PLANES * bands];
      squares = new double[PLANES * bands];
    }

    /**
     * Takes one clip in.
     *
     * @param features [7, frames, bands], not standardised
     */
    public Fitter add(float[] features) {
      int frames = frames(features, bands);
      if (frames == 0) {
        return this;
      }
      double share = (double) frames / (count + frames);
      for (int j = 0; j < mean.length; j++) {
        int start = j / bands * frames * bands + j % bands;
        double clipMean = 0;
        for (int t = 0; t < frames; t++) {
          clipMean += features[start + t * bands];
        }
        clipMean /= frames;
        double clipSquares = 0;
        for (int t = 0; t < frames; t++) {
          double d = features[start + t * bands] - clipMean;
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
      List<Float> means = new ArrayList<>(mean.length);
      List<Float> stds = new ArrayList<>(mean.length);
      for (int j = 0; j < mean.length; j++) {
        double least = kind.leastDeviation(j / bands);
        means.add((float) mean[j]);
        stds.add((float) Math.max(least, Math.sqrt(squares[j] / count)));
      }
      return new FeatureScaler(means, stds);
    }
  }
}
