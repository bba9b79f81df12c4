package org.hearsight.learning.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.SplittableRandom;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFeatures;
import org.junit.jupiter.api.Test;

class FeatureAugmentationTest {
  private static final int FRAMES = 250;
  private static final int BANDS = FoaFeatures.BANDS;
  private static final int PLANE = FRAMES * BANDS;
  private static final int SIZE = FoaFeatures.PLANES * PLANE;
  private static final float STD = 20;

  private static FeatureAugmentation of(double response, double gain, int masks) {
    int n = FoaFeatures.PLANES * BANDS;
    FeatureScaler scaler =
        new FeatureScaler(Collections.nCopies(n, 0f), Collections.nCopies(n, STD));
    return new FeatureAugmentation(
        new SeldPretrainConfig.Augmentation(true, response, gain, masks), scaler);
  }

  private static float[] ones(FeatureAugmentation augmentation, long seed) {
    float[] features = new float[SIZE];
    java.util.Arrays.fill(features, 1);
    augmentation.apply(features, 0, SIZE, new SplittableRandom(seed));
    return features;
  }

  @Test
  void aDeviceColoursAllChannelsAlikeAndLeavesDirectionsAlone() {
    float[] features = ones(of(5, 10, 0), 3);
    for (int b = 0; b < BANDS; b++) {
      float first = features[b];
      for (int p = 0; p < FoaFeatures.PLANES; p++) {
        for (int t = 0; t < FRAMES; t++) {
          float value = features[p * PLANE + t * BANDS + b];
          assertThat(value).isEqualTo(p < Foa.CHANNELS ? first : 1);
        }
      }
    }
    assertThat(features[0]).isNotEqualTo(features[BANDS - 1]);
  }

  @Test
  void gainIsWithinItsBoundInDecibels() {
    double most = 0;
    for (int seed = 0; seed < 200; seed++) {
      most = Math.max(most, Math.abs(ones(of(0, 6, 0), seed)[0] - 1) * STD);
    }
    assertThat(most).isBetween(5.0, 6.0);
  }

  @Test
  void responsesHaveTheDeviationAskedFor() {
    double sum = 0;
    int n = 400;
    for (int seed = 0; seed < n; seed++) {
      double decibels = (ones(of(4, 0, 0), seed)[0] - 1) * STD;
      sum += decibels * decibels;
    }
    assertThat(Math.sqrt(sum / n)).isCloseTo(4, within(0.6));
  }

  @Test
  void masksLeaveOutBandsAndMomentsInAllPlanes() {
    float[] features = ones(of(0, 0, 2), 5);
    int gaps = 0;
    for (int t = 0; t < FRAMES; t++) {
      for (int b = 0; b < BANDS; b++) {
        boolean out = features[t * BANDS + b] == 0;
        gaps += out ? 1 : 0;
        for (int p = 1; p < FoaFeatures.PLANES; p++) {
          assertThat(features[p * PLANE + t * BANDS + b] == 0).isEqualTo(out);
        }
      }
    }
    assertThat(gaps).isBetween(1, 2 * (10 * FRAMES + 20 * BANDS));
  }

  @Test
  void theSameSeedGivesTheSameAndNothingAskedForIsNothing() {
    assertThat(ones(of(4, 6, 2), 9)).isEqualTo(ones(of(4, 6, 2), 9));
    assertThat(of(0, 0, 0).isNone()).isTrue();
    assertThat(of(0, 0, 1).isNone()).isFalse();
  }
}
