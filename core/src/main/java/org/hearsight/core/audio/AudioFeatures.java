package org.hearsight.core.audio;

/**
 * What an audio encoder is fed: planes of a clip's frames and bands, computed from its FOA sound.
 *
 * <p>Each backbone declares its own. All have seven planes, one for each channel W, Y, Z, X and
 * three that relate Y, Z and X to W. Implementations are immutable; for many threads.
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

  /**
   * The features of a clip.
   *
   * @param foa [4][samples], W, Y, Z, X at 24 kHz
   * @param threads that share the frames; their number changes no bit of the result
   * @return [7, frames, bands], row by row, not standardised
   * @throws org.hearsight.core.error.InputException as {@link Foa#require}
   * @throws IllegalArgumentException if there is not at least one thread
   */
  float[] compute(float[][] foa, int threads);

  /** The smallest standard deviation a {@link FeatureScaler} may divide a plane by. */
  double leastDeviation(int plane);

  /** Were the published networks trained on these features as they are, not standardised? */
  boolean publishedRaw();

  /** Tokens that the encoder makes of so many samples; what is left at the end is not a token. */
  default int tokens(int samples) {
    return frameCount(samples) / framesPerToken();
  }
}
