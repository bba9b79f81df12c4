package org.hearsight.core.audio;

import java.util.function.Function;

/**
 * What a clip becomes before it reaches a network: features for the encoder, spatial cues to go
 * past it, token by token. Training and answering hear through this one class. Immutable; for many
 * threads.
 */
public final class Hearing {
  private final AudioFeatures features;
  private final FeatureScaler scaler;
  private final FoaFeatures forCues;
  private final SpatialCues cues;

  /**
   * @param features that the encoder is fed
   * @param scaler of those features
   * @throws IllegalArgumentException if the scaler is for other features
   */
  public Hearing(AudioFeatures features, FeatureScaler scaler) {
    scaler.requireFits(features);
    this.features = features;
    this.scaler = scaler;
    forCues = features instanceof FoaFeatures foa ? foa : new FoaFeatures();
    cues = new SpatialCues(features.framesPerToken() * features.hop() / FoaFeatures.HOP);
  }

  /**
   * A clip, heard.
   *
   * @param features standardised, [7, frames, bands]
   * @param cues [tokens, {@value SpatialCues#WIDTH}], not standardised; empty if not wanted
   */
  public record Heard(float[] features, float[] cues) {}

  public AudioFeatures features() {
    return features;
  }

  /**
   * Hears a clip.
   *
   * @param foa [4][samples], W, Y, Z, X at 24 kHz
   * @param withCues whether cues are wanted
   * @param threads that share the frames; their number changes no bit of what is heard
   * @throws org.hearsight.core.error.InputException as {@link Foa#require}
   */
  public Heard hear(float[][] foa, boolean withCues, int threads) {
    return hear(foa[0].length, withCues, kind -> kind.compute(foa, threads));
  }

  /**
   * Hears a clip whose features are computed in some way.
   *
   * @param compute the features of a kind, which are this method's to change
   */
  Heard hear(int samples, boolean withCues, Function<AudioFeatures, float[]> compute) {
    float[] map = compute.apply(features);
    float[] beside = new float[0];
    if (withCues) {
      float[] levels = features == forCues ? map : compute.apply(forCues);
      beside = cues.of(levels, features.tokens(samples));
    }
    return new Heard(scaler.apply(map), beside);
  }

  /** Hears a stream through a window that slides; for one thread. */
  public SlidingHearing sliding() {
    return new SlidingHearing(this);
  }
}
