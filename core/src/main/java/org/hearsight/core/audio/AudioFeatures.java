package org.hearsight.core.audio;

import org.hearsight.core.concurrent.SharedWork;

/**
 * What an audio encoder is fed: planes of a clip's frames and bands, computed from its FOA sound.
 *
 * <p>Each backbone declares its own. All have seven planes, one for each channel W, Y, Z, X and
 * three that relate Y, Z and X to W. Frame t is centred on sample t · hop. Implementations are
 * immutable; for many threads.
 */
public interface AudioFeatures {
  /** Planes of every kind of features. */
  int PLANES = 7;

  /** Numbers of a plane in a frame. */
  int bands();

  /** Samples at 24 kHz from frame to frame. */
  int hop();

  /** Frames that the encoder fed with these features makes one token of. */
  int framesPerToken();

  /** Frames of so many samples. */
  int frameCount(int samples);

  /** The fewest samples that have so many frames. */
  int samples(int frames);

  /** The features of a clip, computed on the caller's thread alone. */
  default float[] compute(float[][] foa) {
    return compute(foa, 1);
  }

  /** Samples to either side of a frame's centre that the frame is made of. */
  int reach();

  /** What computes single frames; a new one for each thread. */
  FrameMaker frameMaker();

  /**
   * Brings in what depends on the whole clip, as the range of its levels.
   *
   * @param features [7, frames, bands] of {@link #frameMaker}'s frames, changed in place
   */
  default void finish(float[] features) {}

  /** Computes frames of a clip, one at a time; for one thread. */
  interface FrameMaker {
    /**
     * The frame around a sample, but for what {@link #finish} does.
     *
     * @param foa [4][samples], W, Y, Z, X at 24 kHz; around them there is silence
     * @param centre of the frame, a sample of {@code foa}
     * @param into takes [7, bands]
     */
    void make(float[][] foa, int centre, float[] into);
  }

  /**
   * The features of a clip.
   *
   * @param foa [4][samples], W, Y, Z, X at 24 kHz
   * @param threads that share the frames; their number changes no bit of the result
   * @return [7, frames, bands], row by row, not standardised
   * @throws org.hearsight.core.error.InputException as {@link Foa#require}
   * @throws IllegalArgumentException if there is not at least one thread
   */
  default float[] compute(float[][] foa, int threads) {
    Foa.require("audio", foa);
    int frames = frameCount(foa[0].length);
    float[] features = new float[PLANES * frames * bands()];
    SharedWork.blocks(
        frames,
        threads,
        (from, to) -> {
          FrameMaker maker = frameMaker();
          float[] frame = new float[PLANES * bands()];
          for (int t = from; t < to; t++) {
            maker.make(foa, t * hop(), frame);
            put(frame, features, t);
          }
        });
    finish(features);
    return features;
  }

  /**
   * Puts a frame among the features of a clip.
   *
   * @param frame [7, bands]
   * @param features [7, frames, bands]
   * @param t which of the clip's frames it is
   */
  static void put(float[] frame, float[] features, int t) {
    int bands = frame.length / PLANES;
    int plane = features.length / PLANES;
    for (int p = 0; p < PLANES; p++) {
      System.arraycopy(frame, p * bands, features, p * plane + t * bands, bands);
    }
  }

  /** The smallest standard deviation a {@link FeatureScaler} may divide a plane by. */
  double leastDeviation(int plane);

  /** Were the published networks trained on these features as they are, not standardised? */
  boolean publishedRaw();

  /** Tokens that the encoder makes of so many samples; what is left at the end is not a token. */
  default int tokens(int samples) {
    return frameCount(samples) / framesPerToken();
  }
}
