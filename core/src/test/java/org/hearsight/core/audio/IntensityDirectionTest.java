package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntensityDirectionTest {
  private final IntensityDirection intensity = new IntensityDirection();

  @ParameterizedTest
  @ValueSource(ints = {-90, -60, -20, 0, 35, 80, 90})
  void pointsAtAPlaneWave(int elevation) {
    float[] mono = Sounds.noise(1, 4800, 0.5);
    for (int azimuth = -180; azimuth < 180; azimuth += 30) {
      Direction truth = new Direction(azimuth, elevation);
      Direction heard = intensity.of(Sounds.planeWave(mono, truth), 0, mono.length);
      assertThat(heard.angleTo(truth)).isLessThan(0.01);
    }
  }

  @ParameterizedTest
  @CsvSource({"60, 50", "179, -30", "-90, 0"})
  void pointsAtASourceInUncorrelatedNoise(double azimuth, double elevation) {
    Direction truth = new Direction(azimuth, elevation);
    float[][] foa = Sounds.planeWave(Sounds.noise(1, 24000, 0.5), truth);
    for (int c = 0; c < 4; c++) {
      float[] hiss = Sounds.noise(10 + c, 24000, 0.1);
      for (int i = 0; i < hiss.length; i++) {
        foa[c][i] += hiss[i];
      }
    }
    assertThat(intensity.of(foa, 0, 24000).angleTo(truth)).isLessThan(1);
  }

  @Test
  void hearsOnlyTheStretchAskedFor() {
    Direction first = new Direction(100, 0);
    Direction second = new Direction(-50, 20);
    float[] mono = Sounds.noise(2, 4800, 0.5);
    float[][] a = Sounds.planeWave(mono, first);
    float[][] b = Sounds.planeWave(mono, second);
    float[][] foa = new float[4][9600];
    for (int c = 0; c < 4; c++) {
      System.arraycopy(a[c], 0, foa[c], 0, 4800);
      System.arraycopy(b[c], 0, foa[c], 4800, 4800);
    }
    assertThat(intensity.of(foa, 0, 4800).angleTo(first)).isLessThan(0.01);
    assertThat(intensity.of(foa, 4800, 9600).angleTo(second)).isLessThan(0.01);
    assertThat(intensity.of(foa, 4800, 4900).angleTo(second)).isLessThan(0.01);
  }

  @Test
  void rumbleAndHissOutsideTheBandDoNotTurnIt() {
    Direction truth = new Direction(45, 0);
    float[][] foa = Sounds.planeWave(Sounds.sine(1000, 24000, 24000, 0.1), truth);
    float[][] rumble =
        Sounds.planeWave(Sounds.sine(23.4375, 24000, 24000, 0.8), new Direction(-135, 0));
    float[][] hiss =
        Sounds.planeWave(Sounds.sine(10500, 24000, 24000, 0.5), new Direction(-45, 60));
    for (int c = 0; c < 4; c++) {
      for (int i = 0; i < 24000; i++) {
        foa[c][i] += rumble[c][i] + hiss[c][i];
      }
    }
    assertThat(intensity.of(foa, 0, 24000).angleTo(truth)).isLessThan(1);
  }

  @Test
  void theLouderOfTwoSourcesLeads() {
    Direction loud = new Direction(90, 0);
    float[][] a = Sounds.planeWave(Sounds.noise(3, 24000, 0.5), loud);
    float[][] b = Sounds.planeWave(Sounds.noise(4, 24000, 0.1), new Direction(0, 0));
    for (int c = 0; c < 4; c++) {
      for (int i = 0; i < 24000; i++) {
        a[c][i] += b[c][i];
      }
    }
    // Energies of 25 to 1: atan(1 / 25) = 2.3 degrees towards the quiet one.
    assertThat(intensity.of(a, 0, 24000).angleTo(loud)).isBetween(1.8, 2.8);
  }

  @Test
  void silenceAndNothingAreStraightAhead() {
    assertThat(intensity.of(new float[4][4800], 0, 4800)).isEqualTo(new Direction(0, 0));
    assertThat(intensity.of(new float[4][4800], 100, 100)).isEqualTo(new Direction(0, 0));
  }

  @Test
  void refusesAStretchOutsideTheSound() {
    assertThatThrownBy(() -> intensity.of(new float[4][480], 0, 481))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> intensity.of(new float[2][480], 0, 480))
        .isInstanceOf(InputException.class);
    float[][] broken = new float[4][480];
    broken[2][100] = Float.NaN;
    assertThatThrownBy(() -> intensity.of(broken, 50, 480)).isInstanceOf(InputException.class);
  }
}
