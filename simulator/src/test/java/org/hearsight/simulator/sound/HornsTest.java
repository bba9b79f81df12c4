package org.hearsight.simulator.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HornsTest {
  private static final int SAMPLES = Synth.samples(3);

  /** Where the lowest strong partial lies, typically, and how much is above 1 kHz. */
  @ParameterizedTest
  @CsvSource({
    "CAR, 280, 520, 0.3",
    "TRUCK, 130, 350, 0.2",
    "BUZZER, 240, 640, 0.3",
    "BULB, 200, 900, 0.3",
    "KLAXON, 100, 640, 0.3"
  })
  void formsHaveTheFundamentalsOfPracticeAndManyHarmonics(
      Horns.Form form, double low, double high, double bright) {
    double[] lowest = new double[9];
    double[] above = new double[lowest.length];
    for (int seed = 0; seed < lowest.length; seed++) {
      float[] x = Horns.dry(form, SAMPLES, Listening.draw(seed));
      double edge = 60;
      while (Listening.share(x, 0, edge) < 0.005) {
        edge += 40;
      }
      lowest[seed] = edge;
      above[seed] = Listening.share(x, 1000, 12_000);
    }
    Arrays.sort(lowest);
    Arrays.sort(above);
    assertThat(Listening.quantile(lowest, 0.2)).isGreaterThan(low);
    assertThat(Listening.quantile(lowest, 0.7)).isLessThan(high);
    assertThat(Listening.quantile(above, 0.5)).isGreaterThan(bright);
  }

  /** Some sound throughout, some for a moment; none of them not at all. */
  @Test
  void driversTapAndHold() {
    double[] sounding = new double[50];
    for (int seed = 0; seed < sounding.length; seed++) {
      float[] x = Horns.dry(Horns.Form.CAR, SAMPLES, Listening.draw(seed));
      int loud = 0;
      for (int i = 0; i + 240 <= x.length; i += 240) {
        float[] piece = Arrays.copyOfRange(x, i, i + 240);
        loud += Effects.level(piece) > 0.1 * Effects.level(x) ? 1 : 0;
      }
      sounding[seed] = loud / (x.length / 240.0);
    }
    Arrays.sort(sounding);
    assertThat(sounding[0]).isGreaterThan(0.03);
    assertThat(Listening.quantile(sounding, 0.2)).isLessThan(0.45);
    assertThat(Listening.quantile(sounding, 0.5)).isBetween(0.3, 0.9);
    assertThat(Listening.quantile(sounding, 0.92)).isGreaterThan(0.97);
  }

  /** Two tones a third apart have a common period far longer than that of either. */
  @Test
  void mostCarsHaveTwoTones() {
    int pairs = 0;
    for (int seed = 0; seed < 40; seed++) {
      float[] x = Horns.dry(Horns.Form.CAR, SAMPLES, Listening.draw(seed));
      double[] pitches = Listening.pitches(x, 40, 600);
      pairs += pitches.length > 0 && Listening.quantile(pitches, 0.5) < 250 ? 1 : 0;
    }
    assertThat(pairs).isBetween(14, 36);
  }

  @ParameterizedTest
  @EnumSource(Horns.Form.class)
  void theSameDrawsSoundTheSameAndOthersDoNot(Horns.Form form) {
    Listening.requireOneSoundForEachSeed(24000, draw -> Horns.dry(form, 24000, draw));
  }
}
