package org.hearsight.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.vision.VisualPlanes;
import org.junit.jupiter.api.Test;

class TraitsTest {
  private static final int BANDS = 8;
  private static final int FRAMES = 6;

  @Test
  void aSoundIsMeanAndDeviationOfFourGroupsOfEachPlane() {
    float[] features = new float[AudioFeatures.PLANES * FRAMES * BANDS];
    for (int t = 0; t < FRAMES; t++) {
      int row = (2 * FRAMES + t) * BANDS; // of plane 2
      features[row + 4] = 1 + (t % 2 == 0 ? 2 : -2);
      features[row + 5] = 3 + (t % 2 == 0 ? 2 : -2);
    }

    float[] traits = Traits.ofSound(features, BANDS);

    assertThat(traits).hasSize(Traits.SOUND);
    assertThat(traits[2 * 4 + 2]).isEqualTo(2);
    assertThat(traits[28 + 2 * 4 + 2]).isEqualTo(2);
    float sum = 0;
    for (float v : traits) {
      sum += v;
    }
    assertThat(sum).isEqualTo(4);
  }

  @Test
  void aViewIsMeanDeviationAndTextureOfEachPlane() {
    int side = 14;
    float[] planes = new float[VisualPlanes.COUNT * side * side];
    for (int i = 0; i < side * side; i++) {
      planes[i] = i % 2; // varies within every square
      planes[side * side + i] = i < side * side / 2 ? 0 : 2; // between, where half a row is cut
    }

    float[] traits = Traits.ofSight(planes);

    assertThat(traits).hasSize(Traits.SIGHT);
    assertThat(traits[0]).isEqualTo(0.5f);
    assertThat(traits[5]).isEqualTo(0.5f);
    assertThat(traits[10]).isEqualTo(0.5f);
    assertThat(traits[1]).isEqualTo(1);
    assertThat(traits[6]).isEqualTo(1);
    assertThat(traits[11]).isCloseTo(1f / 7, within(1e-6f)); // of the middle row of squares
    assertThat(traits[2]).isZero();
  }
}
