package org.hearsight.core.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Foa;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A window that slides hears of places what the same window hears when it is computed at once. */
class SlidingPlacesTest {
  private static final int SECOND = Foa.SAMPLE_RATE;

  private static float[][] stream() {
    SplittableRandom random = new SplittableRandom(1);
    float[][] foa = new float[Foa.CHANNELS][3 * SECOND];
    for (int i = 0; i < 3 * SECOND; i++) {
      double source = i / 7000 % 2 == 0 ? 0.3 * random.nextGaussian() : 0;
      for (int c = 0; c < Foa.CHANNELS; c++) {
        foa[c][i] = (float) (source / (1 + c) + 0.01 * random.nextGaussian());
      }
    }
    return foa;
  }

  @ParameterizedTest
  @ValueSource(ints = {2400, 480, 2401, 1200})
  void asTheWholeWindow(int hop) {
    float[][] stream = stream();
    SlidingPlaces sliding = new SlidingPlaces(2);
    int window = 3 * SECOND / 2;
    for (int to = 20 * hop; to <= Math.min(3 * SECOND, window + 25 * hop); to += hop) {
      int from = Math.max(0, to - window);
      int end = to;
      float[][] foa =
          Arrays.stream(stream).map(c -> Arrays.copyOfRange(c, from, end)).toArray(float[][]::new);
      PlaceFeatures.Sound expected = PlaceFeatures.hear(foa);
      PlaceFeatures.Sound actual = sliding.hear(foa, from);
      assertThat(actual.heard()).isEqualTo(expected.heard());
      assertThat(actual.levels()).isEqualTo(expected.levels());
    }
  }
}
