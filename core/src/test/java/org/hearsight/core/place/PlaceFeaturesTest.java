package org.hearsight.core.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.audio.ChannelSwap;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaEncoder;
import org.hearsight.core.audio.FoaTurn;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.vision.Camera;
import org.hearsight.core.vision.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceFeaturesTest {
  private static final int N = PlaceGrid.AZIMUTHS;
  private static final float EXACT = 1e-4f;

  @Test
  void soundIsHeardAsTheReferenceHearsIt() {
    Path golden = Path.of("src/test/resources/golden");
    Map<String, Tensor> expected =
        Safetensors.read(golden.resolve("place/place.safetensors")).tensors();

    PlaceFeatures.Sound sound =
        PlaceFeatures.hear(Foa.read(golden.resolve("features/foa.wav")).channels());

    int every = 6;
    float[] heard = new float[PlaceFeatures.HEARD * N / every];
    for (int i = 0; i < heard.length; i++) {
      heard[i] = sound.heard()[i * every];
    }
    assertThat(heard).containsExactly(expected.get("heard").floats(), within(2e-5f));
    assertThat(sound.levels()).containsExactly(expected.get("levels").floats(), within(2e-5f));
  }

  @Test
  void aMirroredSceneHasTheMirroredFeatures() {
    float[][] foa = scene(5 * Foa.SAMPLE_RATE, 1);
    View view = room();

    PlaceFeatures features = PlaceFeatures.of(foa, view);
    PlaceFeatures expected =
        PlaceFeatures.of(new ChannelSwap(false, false, true, false).apply(foa), view.mirrored());

    assertThat(features.heard()).isNotEqualTo(expected.heard());
    assertThat(features.seen()).isNotEqualTo(expected.seen());
    assertThat(features.mirrored().heard()).containsExactly(expected.heard(), within(EXACT));
    assertThat(features.mirrored().seen()).containsExactly(expected.seen(), within(EXACT));
    assertThat(features.mirrored().known()).containsExactly(expected.known(), within(EXACT));
  }

  @Test
  void aTurnedSceneHasTheTurnedFeatures() {
    float[][] foa = scene(3 * Foa.SAMPLE_RATE, 2);
    PlaceFeatures features = PlaceFeatures.of(foa, View.blind());

    for (int cells : new int[] {1, -18, 31}) {
      // A microphone turned to the right hears everything farther to the left.
      float[][] turned = FoaTurn.left(foa, -PlaceGrid.DEGREES * cells);
      PlaceFeatures expected = PlaceFeatures.of(turned, View.blind());

      assertThat(features.heard()).isNotEqualTo(expected.heard());
      assertThat(features.turned(cells).heard()).containsExactly(expected.heard(), within(EXACT));
      assertThat(features.turned(cells).known()).containsExactly(expected.known(), within(EXACT));
    }
  }

  @Test
  void whatIsSeenCannotBeTurned() {
    PlaceFeatures features = PlaceFeatures.of(scene(Foa.SAMPLE_RATE, 3), room());

    assertThatThrownBy(() -> features.turned(1)).isInstanceOf(IllegalStateException.class);
    assertThat(features.blind())
        .usingRecursiveComparison()
        .isEqualTo(PlaceFeatures.of(scene(Foa.SAMPLE_RATE, 3), View.blind()));
  }

  @Test
  void silenceAndAnyLengthGiveNumbers() {
    for (int samples : new int[] {24_000, 24_001, 33_333, 120_000, 300_000}) {
      assertFinite(PlaceFeatures.of(new float[4][samples], room()));
      assertFinite(PlaceFeatures.of(scene(samples, 4), View.blind()));
    }
    float[][] half = scene(12_000, 4);
    float[][] whole = new float[4][24_000];
    for (int c = 0; c < 4; c++) {
      System.arraycopy(half[c], 0, whole[c], 12_000, 12_000);
    }
    assertThat(PlaceFeatures.hear(half).heard()).isEqualTo(PlaceFeatures.hear(whole).heard());
    assertFinite(PlaceFeatures.of(new float[4][1], View.blind()));
    float[][] broken = scene(24_000, 4);
    broken[2][7] = Float.NaN;
    assertThatThrownBy(() -> PlaceFeatures.hear(broken)).isInstanceOf(InputException.class);
  }

  /** Long transforms once waited for other threads and gave up, silently, when interrupted. */
  @Test
  void anInterruptedThreadHearsTheSameAndStaysInterrupted() {
    float[][] foa = scene(2 * Foa.SAMPLE_RATE, 1);
    PlaceFeatures.Sound expected = PlaceFeatures.hear(foa);

    for (int threads = 1; threads <= 2; threads++) {
      Thread.currentThread().interrupt();
      PlaceFeatures.Sound heard = PlaceFeatures.hear(foa, threads);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(heard.heard()).isEqualTo(expected.heard());
      assertThat(heard.levels()).isEqualTo(expected.levels());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 200})
  void theNumberOfThreadsChangesNoBit(int threads) {
    for (int samples : new int[] {12_000, 24_000, 50_001}) {
      float[][] foa = scene(samples, 7);
      PlaceFeatures.Sound alone = PlaceFeatures.hear(foa);
      PlaceFeatures.Sound shared = PlaceFeatures.hear(foa, threads);
      assertThat(shared.heard()).isEqualTo(alone.heard());
      assertThat(shared.levels()).isEqualTo(alone.levels());
    }
  }

  @Test
  void gainChangesLevelsOnly() {
    float[][] foa = scene(2 * Foa.SAMPLE_RATE, 5);
    float[][] quiet = new float[4][];
    for (int c = 0; c < 4; c++) {
      quiet[c] = foa[c].clone();
      for (int i = 0; i < quiet[c].length; i++) {
        quiet[c][i] /= 8;
      }
    }

    PlaceFeatures.Sound loud = PlaceFeatures.hear(foa);
    PlaceFeatures.Sound soft = PlaceFeatures.hear(quiet);

    assertThat(soft.heard()).containsExactly(loud.heard(), within(EXACT));
    assertThat(loud.levels()[20] - soft.levels()[20]).isCloseTo(1.806f, within(0.01f));
  }

  @Test
  void beamsAndHistogramsPointToAPlaneWave() {
    Direction from = new Direction(122.5, 0);
    float[] heard = PlaceFeatures.hear(wave(from, 48_000, 6)).heard();
    int at = PlaceGrid.azimuthCell(122.5);

    for (int row = 0; row < CovarianceBeams.SUMS; row++) {
      assertThat(heard[row * N + at]).as("beam " + row).isCloseTo(3, within(1e-4f));
      assertThat(heard[row * N + (at + 36) % N]).isCloseTo(-1, within(1e-4f));
      assertThat(heard[(CovarianceBeams.SUMS + row) * N + at]).isCloseTo(1, within(1e-4f));
    }
    for (int row = 0; row < DirectionHistograms.ROWS; row++) {
      int histogram = (CovarianceBeams.ROWS + row) * N;
      // The wave stands in the middle of a cell: a half of all lies there, a quarter beside it.
      assertThat(heard[histogram + at]).as("histogram " + row).isCloseTo(6, within(1e-3f));
      assertThat(heard[histogram + at + 1]).isCloseTo((float) Math.sqrt(18), within(1e-3f));
    }
  }

  @Test
  void anEchoIsFoundAtItsLagFromItsDirection() {
    int lag = 288; // 12 ms
    float[][] direct = wave(new Direction(60, 0), 72_000, 7);
    float[] gains = FoaEncoder.gains(new Direction(-40, 0));
    float[][] both = new float[4][];
    for (int c = 0; c < 4; c++) {
      both[c] = direct[c].clone();
      for (int i = lag; i < both[c].length; i++) {
        both[c][i] += 0.6f * gains[c] * direct[Foa.W][i - lag];
      }
    }

    float[] heard = PlaceFeatures.hear(both).heard();
    int echoes = CovarianceBeams.ROWS + DirectionHistograms.ROWS;
    int bin = -1;
    double most = 0;
    for (int row = 0; row < Echoes.LAGS; row++) {
      double peak = peak(heard, (echoes + row) * N);
      bin = peak > most ? row : bin;
      most = Math.max(most, peak);
    }

    assertThat(PlaceFeatures.heardNames().get(echoes + bin))
        .isEqualTo("echo, W leads, from 11.29 ms");
    assertThat(PlaceGrid.azimuth(peakAt(heard, (echoes + bin) * N))).isBetween(-50.0, -30.0);
    // Whatever trails, the direct sound comes 12 ms before.
    int trailing = (echoes + Echoes.LAGS + bin) * N;
    assertThat(PlaceGrid.azimuth(peakAt(heard, trailing))).isBetween(50.0, 70.0);
  }

  @Test
  void quickLogarithmsAndAnglesAreThoseOfTheLibrary() {
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 10_000; i++) {
      double value = Math.exp(random.nextDouble(0, 60));
      assertThat(DirectionHistograms.log10(value)).isCloseTo(Math.log10(value), within(2e-9));
      double angle = random.nextDouble(-180, 180);
      double expected = (angle + 180) / 5 - 0.5;
      double length = Math.exp(random.nextDouble(-40, 40));
      double y = length * Math.sin(Math.toRadians(angle));
      double x = length * Math.cos(Math.toRadians(angle));
      assertThat(Azimuths.position(y, x))
          .isCloseTo(expected < 0 ? expected + 72 : expected, within(1e-6));
    }
    assertThat(Azimuths.position(-0.0, -1)).isBetween(0.0, 72.0);
    assertThat(Azimuths.position(0, 0)).isBetween(0.0, 72.0);
  }

  @Test
  void theViewIsMeasuredByAzimuth() {
    PlaceFeatures.Sight sight = PlaceFeatures.see(room());
    float[] seen = sight.seen();

    for (int a = 0; a < N; a++) {
      boolean inside = Math.abs(PlaceGrid.azimuth(a)) < 45;
      assertThat(seen[PlaceFeatures.IN_VIEW * N + a]).isEqualTo(inside ? 1f : 0f);
      int nearest = (PlaceFeatures.SEEN_DISTANCES_AT + 8) * N;
      // A wall 8 m ahead; its near half, at 3 m, stands to the left of 10°.
      double wall = PlaceGrid.azimuth(a) > 10 ? 3 : 8;
      double low = Math.toRadians(Math.abs(PlaceGrid.azimuth(a)) - 2.5);
      if (inside) {
        assertThat(Math.exp(seen[nearest + a]))
            .isCloseTo(wall / Math.cos(low), within(0.01 * wall));
        assertThat(Math.exp(seen[nearest + N + a]))
            .isCloseTo(wall / Math.cos(low + Math.toRadians(5)), within(0.02 * wall));
      } else {
        assertThat(seen[nearest + a]).isZero();
      }
    }
    int edge = PlaceGrid.azimuthCell(7.5);
    float step = (float) Math.log(3.0 / 8);
    assertThat(seen[FreeDistance.STEPS_AT * N + edge]).isCloseTo(step, within(0.05f));
    assertThat(seen[(FreeDistance.STEPS_AT + 1) * N + edge + 1]).isCloseTo(-step, within(0.05f));
    assertThat(sight.cameraHeight()).isCloseTo(1.37f, within(0.02f));
  }

  @Test
  void withoutDepthNothingIsSeen() {
    float[] rgb = new float[3 * View.SIZE * View.SIZE];
    rgb[5] = 1;
    int plane = View.SIZE * View.SIZE;
    PlaceFeatures.Sight sight =
        PlaceFeatures.see(new View(rgb, new float[plane], new float[plane], 0));

    assertThat(sight.seen()).containsOnly(0);
    assertThat(sight.cameraHeight()).isEqualTo((float) CameraHeight.UNKNOWN);
  }

  @Test
  void everyRowHasItsOwnName() {
    assertThat(PlaceFeatures.heardNames()).hasSize(PlaceFeatures.HEARD);
    assertThat(new HashSet<>(PlaceFeatures.heardNames())).hasSize(PlaceFeatures.HEARD);
    assertThat(PlaceFeatures.seenNames()).hasSize(PlaceFeatures.SEEN);
    assertThat(new HashSet<>(PlaceFeatures.seenNames())).hasSize(PlaceFeatures.SEEN);
  }

  private static void assertFinite(PlaceFeatures f) {
    for (float[] values : new float[][] {f.heard(), f.seen(), f.known()}) {
      for (float v : values) {
        assertThat(v).isFinite();
      }
    }
  }

  /** A siren-like sound from one side, a second one, an echo and noise from everywhere. */
  private static float[][] scene(int samples, long seed) {
    float[][] foa = wave(new Direction(-71.3, 12), samples, seed);
    float[][] other = wave(new Direction(20.4, -8), samples, seed + 100);
    SplittableRandom random = new SplittableRandom(seed);
    for (int c = 0; c < 4; c++) {
      for (int i = samples - 1; i >= 0; i--) {
        float pulse = i / 3000 % 4 == 0 ? 1 : 0.1f;
        foa[c][i] = pulse * foa[c][i] + 0.4f * other[c][i];
        foa[c][i] += 0.02f * (float) random.nextDouble(-1, 1);
      }
    }
    return foa;
  }

  static float[][] wave(Direction from, int samples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] gains = FoaEncoder.gains(from);
    float[][] foa = new float[4][samples];
    for (int i = 0; i < samples; i++) {
      float v = (float) random.nextDouble(-0.2, 0.2);
      for (int c = 0; c < 4; c++) {
        foa[c][i] = gains[c] * v;
      }
    }
    return foa;
  }

  /** A floor 1.37 m below, a wall 8 m ahead, a nearer one at 3 m to the left of 10°. */
  static View room() {
    int plane = View.SIZE * View.SIZE;
    float[] depth = new float[plane];
    for (int i = 0; i < plane; i++) {
      double left = Camera.slope(i % View.SIZE);
      double up = Camera.slope(i / View.SIZE);
      double wall = Math.toDegrees(Math.atan(left)) > 10 ? 3 : 8;
      depth[i] = (float) (up < 0 ? Math.min(wall, 1.37 / -up) : wall);
    }
    return new View(new float[3 * plane], depth, new float[plane], 0);
  }

  private static double peak(float[] rows, int at) {
    return rows[at + peakAt(rows, at)];
  }

  private static int peakAt(float[] rows, int at) {
    int best = 0;
    for (int a = 1; a < N; a++) {
      best = rows[at + a] > rows[at + best] ? a : best;
    }
    return best;
  }
}
