package org.hearsight.learning.pretrain;

import java.util.SplittableRandom;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFeatures;

/**
 * Other devices and gaps in standardised features of {@link FoaFeatures}. A filter that is the same
 * in all channels adds a curve to the log-mel planes and leaves the intensity vector as it is, so
 * the response and the gain of another device cost an addition here; bands and moments left out are
 * those of SpecAugment (Park and others, Interspeech 2019).
 */
final class FeatureAugmentation {
  /** A response is drawn at so many frequencies, and is straight between them. */
  private static final int KNOTS = 7;

  private static final int WIDEST_BANDS = 10;

  /** Feature frames, 20 ms each: a gap is shorter than what its labels describe. */
  private static final int LONGEST_FRAMES = 20;

  private final SeldPretrainConfig.Augmentation config;
  private final FeatureScaler scaler;

  FeatureAugmentation(SeldPretrainConfig.Augmentation config, FeatureScaler scaler) {
    this.config = config;
    this.scaler = scaler;
  }

  /** Does it change nothing at all? */
  boolean isNone() {
    return config.response() == 0 && config.gain() == 0 && config.masks() == 0;
  }

  /**
   * Changes one window.
   *
   * @param features [7, frames, 64] from {@code at} on, standardised
   * @param size floats of the window
   */
  void apply(float[] features, int at, int size, SplittableRandom random) {
    int plane = size / FoaFeatures.PLANES;
    int frames = plane / FoaFeatures.BANDS;
    double[] decibels = response(random);
    for (int p = 0; p < Foa.CHANNELS; p++) {
      for (int b = 0; b < FoaFeatures.BANDS; b++) {
        float add = (float) (decibels[b] / scaler.std().get(p * FoaFeatures.BANDS + b));
        for (int t = 0; t < frames; t++) {
          features[at + p * plane + t * FoaFeatures.BANDS + b] += add;
        }
      }
    }
    for (int k = 0; k < config.masks(); k++) {
      int bands = random.nextInt(WIDEST_BANDS + 1);
      int lowest = random.nextInt(FoaFeatures.BANDS - bands + 1);
      silence(features, at, plane, 0, frames, lowest, lowest + bands);
      int gap = random.nextInt(Math.min(LONGEST_FRAMES, frames) + 1);
      int first = random.nextInt(frames - gap + 1);
      silence(features, at, plane, first, first + gap, 0, FoaFeatures.BANDS);
    }
  }

  /** Of a device, in decibels for each band. */
  private double[] response(SplittableRandom random) {
    double[] knots = new double[KNOTS];
    for (int k = 0; k < KNOTS; k++) {
      knots[k] = config.response() * random.nextGaussian();
    }
    double gain = config.gain() * (2 * random.nextDouble() - 1);
    double[] out = new double[FoaFeatures.BANDS];
    for (int b = 0; b < out.length; b++) {
      double place = (double) b * (KNOTS - 1) / out.length;
      int knot = (int) place;
      out[b] = gain + knots[knot] + (place - knot) * (knots[knot + 1] - knots[knot]);
    }
    return out;
  }

  /** To the mean of training, in all planes. */
  private static void silence(
      float[] features, int at, int plane, int first, int end, int lowest, int highest) {
    for (int p = 0; p < FoaFeatures.PLANES; p++) {
      for (int t = first; t < end; t++) {
        for (int b = lowest; b < highest; b++) {
          features[at + p * plane + t * FoaFeatures.BANDS + b] = 0;
        }
      }
    }
  }
}
