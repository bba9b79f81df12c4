package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.vision.Panorama;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChannelSwapTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 32;

  /** Sound, label and picture of one source, moved together, still say the same. */
  @ParameterizedTest
  @MethodSource("swaps")
  void soundLabelAndPictureMoveTogether(ChannelSwap swap) {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 50; i++) {
      int column = random.nextInt(WIDTH);
      int row = random.nextInt(HEIGHT);
      Direction label = directionOf(column, row);

      Direction moved = swap.apply(label);
      Direction heard = direction(swap.apply(planeWave(label, random)));
      Direction seen = marked(swap, column, row);

      assertThat(heard.angleTo(moved)).as("sound and label").isLessThan(0.1);
      assertThat(seen.angleTo(moved)).as("picture and label").isLessThan(1e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("swaps")
  void featuresOfSwappedSoundAreSwappedFeatures(ChannelSwap swap) {
    SplittableRandom random = new SplittableRandom(3);
    float[][] foa = planeWave(new Direction(33, -21), random);
    float[] before = new FoaFeatures().compute(foa);
    float[] after = new FoaFeatures().compute(swap.apply(foa));
    float[] moved = swap.applyToFeatures(before);
    int plane = after.length / FoaFeatures.PLANES;
    for (int p = 0; p < FoaFeatures.PLANES; p++) {
      float sign = swap.negates(p) ? -1 : 1;
      float largest = 0;
      float off = 0;
      for (int i = 0; i < plane; i++) {
        float expected = sign * before[swap.sourcePlane(p) * plane + i];
        assertThat(moved[p * plane + i]).isEqualTo(expected);
        largest = Math.max(largest, Math.abs(expected));
        off = Math.max(off, Math.abs(after[p * plane + i] - expected));
      }
      // Every sample has 1e-8 added, which is the one thing that knows no symmetry.
      assertThat(off / largest).as("plane " + p).isLessThan(1e-4f);
    }
  }

  @ParameterizedTest
  @MethodSource("swaps")
  void theInverseUndoes(ChannelSwap swap) {
    Direction d = new Direction(17, 40);
    assertThat(swap.inverse().apply(swap.apply(d)).angleTo(d)).isCloseTo(0, within(1e-9));
  }

  @Test
  void thereAreSixteenDifferentOnes() {
    Set<String> places = new HashSet<>();
    for (ChannelSwap swap : ChannelSwap.values()) {
      Direction d = swap.apply(new Direction(20, 10));
      places.add(Math.round(d.azimuth()) + " " + Math.round(d.elevation()));
    }
    assertThat(places).hasSize(16);
    assertThat(ChannelSwap.values().get(0)).isEqualTo(ChannelSwap.IDENTITY);
  }

  static Iterable<ChannelSwap> swaps() {
    return ChannelSwap.values();
  }

  /** Where a pixel is found in the moved picture. */
  private static Direction marked(ChannelSwap swap, int column, int row) {
    int[] pixels = new int[WIDTH * HEIGHT];
    pixels[row * WIDTH + column] = 0xFFFFFF;
    int[] moved = new Panorama(WIDTH, HEIGHT, pixels).swapped(swap).pixels();
    int found = IntStream.range(0, moved.length).filter(i -> moved[i] != 0).sum();
    return directionOf(found % WIDTH, found / WIDTH);
  }

  /** As {@link Panorama#columnOf} and {@link Panorama#rowOf} have it, at the pixel's middle. */
  private static Direction directionOf(int column, int row) {
    return new Direction(180 - 360 * (column + 0.5) / WIDTH, 90 - 180 * (row + 0.5) / HEIGHT);
  }

  private static float[][] planeWave(Direction d, SplittableRandom random) {
    float[] gains = FoaEncoder.gains(d);
    float[][] foa = new float[Foa.CHANNELS][Foa.SAMPLE_RATE / 4];
    for (int i = 0; i < foa[0].length; i++) {
      double wave = random.nextDouble() - 0.5;
      for (int c = 0; c < Foa.CHANNELS; c++) {
        foa[c][i] = (float) (gains[c] * wave);
      }
    }
    return foa;
  }

  /** The mean intensity vector's direction. */
  private static Direction direction(float[][] foa) {
    double[] sum = new double[3];
    for (int i = 0; i < foa[0].length; i++) {
      sum[0] += (double) foa[Foa.W][i] * foa[Foa.X][i];
      sum[1] += (double) foa[Foa.W][i] * foa[Foa.Y][i];
      sum[2] += (double) foa[Foa.W][i] * foa[Foa.Z][i];
    }
    return Direction.of(new Vec3(sum[0], sum[1], sum[2]));
  }
}
