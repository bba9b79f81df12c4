package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Direction;
import org.junit.jupiter.api.Test;

class FoaTurnTest {
  @Test
  void aWaveComesFromWhereTheTurnedMicrophoneHasIt() {
    for (Direction from : new Direction[] {new Direction(0, 0), new Direction(150, -40)}) {
      for (double turn : new double[] {0, 35, -120, 180}) {
        float[][] turned = FoaTurn.left(wave(from), turn);

        Direction expected = new Direction(from.azimuth() - turn, from.elevation());
        float[] gains = FoaEncoder.gains(expected);
        for (int c = 0; c < Foa.CHANNELS; c++) {
          assertThat(turned[c][7]).isCloseTo(gains[c] * turned[Foa.W][7], within(1e-6f));
        }
        assertThat(new IntensityDirection().of(turned, 0, 9600).angleTo(expected))
            .as(from + " turned by " + turn)
            .isLessThan(0.01);
      }
    }
  }

  @Test
  void twoTurnsAreOneAndTheInputStays() {
    float[][] wave = wave(new Direction(20, 10));
    float before = wave[Foa.X][3];

    float[][] twice = FoaTurn.left(FoaTurn.left(wave, 100), 70);

    assertThat(twice[Foa.Y]).containsExactly(FoaTurn.left(wave, 170)[Foa.Y], within(1e-6f));
    assertThat(wave[Foa.X][3]).isEqualTo(before);
  }

  @Test
  void otherChannelCountsAreRefused() {
    assertThatThrownBy(() -> FoaTurn.left(new float[2][8], 10)).isInstanceOf(InputException.class);
  }

  private static float[][] wave(Direction from) {
    SplittableRandom random = new SplittableRandom(4);
    float[] gains = FoaEncoder.gains(from);
    float[][] foa = new float[Foa.CHANNELS][9600];
    for (int i = 0; i < 9600; i++) {
      double sample = 0.2 * random.nextGaussian();
      for (int c = 0; c < Foa.CHANNELS; c++) {
        foa[c][i] = (float) (gains[c] * sample);
      }
    }
    return foa;
  }
}
