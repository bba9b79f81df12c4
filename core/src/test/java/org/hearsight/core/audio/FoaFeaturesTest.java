package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Direction;
import org.junit.jupiter.api.Test;

class FoaFeaturesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/features");
  private static final int ROW = FoaFeatures.PLANES * FoaFeatures.BANDS;
  private static final int LOG_MEL = Foa.CHANNELS * FoaFeatures.BANDS;

  private final FoaFeatures features = new FoaFeatures();

  @Test
  void matchesTheBaselinesOwnFeatures() {
    assertMatches(GOLDEN, 50);
  }

  @Test
  void matchesTheBaselinesOwnFeaturesOfAWholeClip() {
    Path folder = shared().resolve("golden/features");
    assumeTrue(Files.exists(folder), "the whole reference clip is missing: " + folder);
    assertMatches(folder, 250);
  }

  private void assertMatches(Path folder, int frames) {
    float[] expected =
        GoldenTensors.read(folder.resolve("features.safetensors")).floats("features");
    float[][] foa = Foa.read(folder.resolve("foa.wav")).channels();

    float[] actual = FoaFeatures.toFrameMajor(features.compute(foa));

    assertThat(actual).hasSize(frames * ROW).hasSameSizeAs(expected);
    double decibels = 0;
    double intensity = 0;
    double largest = 0;
    for (int i = 0; i < actual.length; i++) {
      double difference = Math.abs(actual[i] - expected[i]);
      if (i % ROW < LOG_MEL) {
        decibels = Math.max(decibels, difference);
      } else {
        intensity = Math.max(intensity, difference);
        largest = Math.max(largest, Math.abs(expected[i]));
      }
    }
    assertThat(decibels).as("log-mel, dB").isLessThan(1e-5);
    assertThat(intensity / largest).as("intensity, relative").isLessThan(1e-6);
  }

  @Test
  void networkOrderIsFrameMajorTransposed() {
    float[] planes = new float[2 * ROW];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = i;
    }
    float[] byFrame = FoaFeatures.toFrameMajor(planes);
    for (int p = 0; p < 7; p++) {
      for (int t = 0; t < 2; t++) {
        for (int b = 0; b < 64; b++) {
          assertThat(byFrame[(t * 7 + p) * 64 + b]).isEqualTo(planes[(p * 2 + t) * 64 + b]);
        }
      }
    }
  }

  @Test
  void countsWholeHops() {
    assertThat(FoaFeatures.frames(Foa.CLIP_SAMPLES)).isEqualTo(250);
    assertThat(FoaFeatures.frames(479)).isZero();
    assertThat(features.compute(new float[4][479])).isEmpty();
    assertThat(features.compute(new float[4][961])).hasSize(2 * ROW);
    assertThat(FoaFeatures.FRAMES_PER_LABEL).isEqualTo(5);
  }

  @Test
  void silenceIsFlatAndFinite() {
    float[] f = features.compute(new float[4][24000]);
    // The 1e-8 added to every sample is a constant: only the lowest bands see it.
    for (int t = 0; t < 50; t++) {
      for (int b = 1; b < 64; b++) {
        assertThat(f[t * 64 + b]).isEqualTo(-100f);
      }
    }
    for (int i = LOG_MEL * 50; i < f.length; i++) {
      assertThat(f[i]).isCloseTo(0, within(1e-5f));
    }
  }

  @Test
  void nothingLiesMoreThan80DecibelsBelowTheMaximumOfItsChannel() {
    float[] burst = new float[48000];
    System.arraycopy(Sounds.noise(1, 4800, 0.9), 0, burst, 24000, 4800);
    float[] f = features.compute(Sounds.planeWave(burst, new Direction(30, 10)));
    for (int c = 0; c < 4; c++) {
      float[] plane = Arrays.copyOfRange(f, c * 100 * 64, (c + 1) * 100 * 64);
      float max = max(plane);
      float min = -max(negated(plane));
      assertThat(min).isEqualTo((float) (max - 80.0));
      assertThat(plane[10 * 64 + 20]).as("a silent frame").isEqualTo(min);
    }
  }

  @Test
  void intensityOfAPlaneWavePointsAtItsSourceInEveryBandAndFrame() {
    Direction direction = new Direction(-120, 35);
    float[][] foa = Sounds.planeWave(Sounds.noise(2, 24000, 0.5), direction);
    float[] f = features.compute(foa);
    int plane = 50 * 64;
    for (int i = 0; i < plane; i++) {
      double y = f[4 * plane + i];
      double z = f[5 * plane + i];
      double x = f[6 * plane + i];
      assertThat(Math.toDegrees(Math.atan2(y, x))).isCloseTo(-120, within(0.01));
      assertThat(Math.toDegrees(Math.atan2(z, Math.hypot(x, y)))).isCloseTo(35, within(0.01));
    }
  }

  @Test
  void turningAPlaneWaveTurnsItsIntensityAndLeavesItsLoudness() {
    float[] mono = Sounds.noise(3, 9600, 0.5);
    float[] front = features.compute(Sounds.planeWave(mono, new Direction(0, 0)));
    float[] left = features.compute(Sounds.planeWave(mono, new Direction(90, 0)));
    int plane = 20 * 64;
    for (int i = 0; i < plane; i++) {
      assertThat(left[i]).as("W").isEqualTo(front[i]);
      assertThat(left[plane + i]).as("Y, once X").isCloseTo(front[3 * plane + i], within(1e-4f));
      assertThat(left[4 * plane + i]).isCloseTo(front[6 * plane + i], within(1e-7f));
      assertThat(left[6 * plane + i]).isCloseTo(0, within(1e-7f));
    }
  }

  @Test
  void oneInstanceServesManyThreads() {
    List<float[][]> clips =
        IntStream.range(0, 8)
            .mapToObj(
                i -> Sounds.planeWave(Sounds.noise(i, 24000, 0.5), new Direction(40 * i, 5 * i)))
            .toList();
    List<float[]> alone = clips.stream().map(features::compute).toList();
    List<float[]> together = clips.parallelStream().map(features::compute).toList();
    for (int i = 0; i < clips.size(); i++) {
      assertThat(together.get(i)).isEqualTo(alone.get(i));
    }
  }

  @Test
  void threadsThatShareTheFramesChangeNothing() {
    float[][] clip = Sounds.planeWave(Sounds.noise(1, 24000, 0.5), new Direction(40, 5));
    for (AudioFeatures kind : List.of(features, new AvCrnnFeatures())) {
      float[] alone = kind.compute(clip);
      for (int threads : new int[] {2, 3, 1000}) {
        assertThat(kind.compute(clip, threads)).as("%d threads", threads).isEqualTo(alone);
      }
      assertThatThrownBy(() -> kind.compute(clip, 0)).hasMessageContaining("threads: 0");
    }
  }

  @Test
  void refusesOtherThanFourChannels() {
    assertThatThrownBy(() -> features.compute(new float[3][480]))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("channels: 3, expected 4");
  }

  /** HEARSIGHT_SHARED, or the folder "shared" beside the checkout. */
  private static Path shared() {
    String given = System.getenv("HEARSIGHT_SHARED");
    if (given != null) {
      return Path.of(given);
    }
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .map(p -> p.resolveSibling("shared"))
        .filter(p -> Files.exists(p.resolve("golden")))
        .findFirst()
        .orElse(Path.of("../../shared"));
  }

  private static float max(float[] values) {
    float max = Float.NEGATIVE_INFINITY;
    for (float v : values) {
      max = Math.max(max, v);
    }
    return max;
  }

  private static float[] negated(float[] values) {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = -values[i];
    }
    return out;
  }
}
