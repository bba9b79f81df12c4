package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hearsight.core.geometry.Direction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A window that slides hears what the same window hears when it is computed at once. */
class SlidingHearingTest {
  private static final int WINDOW = Foa.SAMPLE_RATE;

  enum Kind {
    FOA(new FoaFeatures()),
    AV_CRNN(new AvCrnnFeatures());

    @SuppressWarnings("ImmutableEnumChecker") // keeps nothing between clips
    private final AudioFeatures features;

    Kind(AudioFeatures features) {
      this.features = features;
    }
  }

  /** Nearly silent, but for a burst that passes through: it moves the range of all the rest. */
  static float[][] stream() {
    float[][] foa = new float[Foa.CHANNELS][4 * WINDOW];
    for (int c = 0; c < Foa.CHANNELS; c++) {
      System.arraycopy(Sounds.noise(c, 4 * WINDOW, 1e-6), 0, foa[c], 0, 4 * WINDOW);
    }
    float[][] burst = Sounds.planeWave(Sounds.noise(9, 3000, 0.9), new Direction(40, 5));
    for (int c = 0; c < Foa.CHANNELS; c++) {
      System.arraycopy(burst[c], 0, foa[c], 30_001, 3000);
    }
    return foa;
  }

  static float[][] part(float[][] foa, int from, int to) {
    return Arrays.stream(foa).map(c -> Arrays.copyOfRange(c, from, to)).toArray(float[][]::new);
  }

  private static void assertSame(SlidingHearing sliding, Hearing hearing, int from, int to) {
    float[][] window = part(stream(), from, to);
    Hearing.Heard expected = hearing.hear(window, true, 1);
    Hearing.Heard actual = sliding.hear(window, from, true);
    assertThat(actual.features()).isEqualTo(expected.features());
    assertThat(actual.cues()).isEqualTo(expected.cues());
  }

  private static Hearing hearing(AudioFeatures features) {
    return new Hearing(features, FeatureScaler.none(features));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void hopsOfATenthOfASecondFromTheFirstOn(Kind kind) {
    Hearing hearing = hearing(kind.features);
    SlidingHearing sliding = hearing.sliding();
    for (int to = 4800; to <= 3 * WINDOW; to += 2400) {
      assertSame(sliding, hearing, Math.max(0, to - WINDOW), to);
    }
  }

  @ParameterizedTest
  @CsvSource({"FOA, 1", "FOA, 2", "AV_CRNN, 3"})
  void anyStepForwards(Kind kind, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Hearing hearing = hearing(kind.features);
    SlidingHearing sliding = hearing.sliding();
    for (int to = 4000; to <= 3 * WINDOW; to += 240 * random.nextInt(40) + random.nextInt(2)) {
      int length = WINDOW / 2 + random.nextInt(WINDOW / 2);
      assertSame(sliding, hearing, Math.max(0, to - length), to);
    }
  }
}
