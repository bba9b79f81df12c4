package org.hearsight.simulator.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AlarmsAndBellsTest {
  /** The middle of the energy of a typical alarm, and the share of time it sounds. */
  @ParameterizedTest
  @CsvSource({
    "SMOKE, 2500, 3700, 0.2, 0.55",
    "GAS, 2500, 3700, 0.1, 0.4",
    "REVERSING, 900, 3000, 0.35, 0.7",
    "REVERSING_NOISE, 700, 5000, 0.25, 0.7",
    "CLOCK, 700, 4300, 0.15, 0.65",
    "TELEPHONE, 700, 4000, 0.3, 0.85",
    "CAR, 1200, 6000, 0.75, 1",
    "SOUNDER, 600, 5000, 0.9, 1",
    "BUZZER, 200, 4500, 0.4, 1"
  })
  void alarmsHaveThePitchAndPausesOfPractice(
      Alarms.Form form, double low, double high, double least, double most) {
    double[] middle = new double[11];
    double[] sounding = new double[middle.length];
    for (int seed = 0; seed < middle.length; seed++) {
      float[] x = Alarms.dry(form, Synth.samples(6), Listening.draw(seed));
      middle[seed] = Listening.middle(x);
      sounding[seed] = Listening.sounding(x, 0.3);
    }
    Arrays.sort(middle);
    Arrays.sort(sounding);
    assertThat(Listening.quantile(middle, 0.5)).isBetween(low, high);
    assertThat(Listening.quantile(sounding, 0.5)).isBetween(least, most);
  }

  /** Those of cars lie above the sirens of vehicles. */
  @Test
  void carAlarmsAreHigherThanSirens() {
    for (int seed = 0; seed < 20; seed++) {
      float[] x = Alarms.dry(Alarms.Form.CAR, 72000, Listening.draw(seed));
      assertThat(Listening.share(x, 0, 1100)).isLessThan(0.05);
    }
  }

  /** A stroke is loud at once and dies away; how soon depends on the bell. */
  @ParameterizedTest
  @CsvSource({
    "CHURCH, 0.75, 1",
    "HAND, 0.6, 1",
    "COW, 0.1, 0.8",
    "ELECTRIC, 0.7, 1",
    "TELEPHONE, 0.5, 1"
  })
  void bellsRingAsLongAsTheyAreLarge(Bells.Form form, double least, double most) {
    double[] sounding = new double[11];
    for (int seed = 0; seed < sounding.length; seed++) {
      sounding[seed] =
          Listening.sounding(Bells.dry(form, Synth.samples(5), Listening.draw(seed)), 0.1);
    }
    Arrays.sort(sounding);
    assertThat(Listening.quantile(sounding, 0.5)).isBetween(least, most);
  }

  @ParameterizedTest
  @EnumSource(Alarms.Form.class)
  void alarmsOfTheSameDrawsAreTheSameAndOthersAreNot(Alarms.Form form) {
    Listening.requireOneSoundForEachSeed(72000, draw -> Alarms.dry(form, 72000, draw));
  }

  @ParameterizedTest
  @EnumSource(Bells.Form.class)
  void bellsOfTheSameDrawsAreTheSameAndOthersAreNot(Bells.Form form) {
    Listening.requireOneSoundForEachSeed(72000, draw -> Bells.dry(form, 72000, draw));
  }
}
