package org.hearsight.simulator.acoustics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AirAbsorptionTest {
  /** ISO 9613-2:1996, table 2: dB per kilometre in the octave bands 125 Hz to 8 kHz. */
  @ParameterizedTest
  @CsvSource({
    "20, 70, 0.3, 1.1, 2.8, 5.0, 9.0, 22.9, 76.6",
    "15, 50, 0.5, 1.2, 2.2, 4.2, 10.8, 36.2, 129",
    "10, 70, 0.4, 1.0, 1.9, 3.7, 9.7, 32.8, 117",
    "30, 70, 0.3, 1.0, 3.1, 7.4, 12.7, 23.1, 59.3",
    "15, 20, 0.6, 1.2, 2.7, 8.2, 28.2, 88.8, 202"
  })
  void agreesWithThePublishedTable(
      double celsius,
      double humidity,
      double a125,
      double a250,
      double a500,
      double a1k,
      double a2k,
      double a4k,
      double a8k) {
    double[] table = {a125, a250, a500, a1k, a2k, a4k, a8k};
    for (int band = 0; band < table.length; band++) {
      double exactMidband = 1000 * Math.pow(10, 0.3 * (band - 3));
      double perKilometre = 1000 * AirAbsorption.decibelsPerMetre(exactMidband, celsius, humidity);
      assertThat(perKilometre)
          .as("%.0f Hz", exactMidband)
          .isCloseTo(table[band], within(Math.max(0.051, 0.01 * table[band])));
    }
  }

  /**
   * The equations of ISO 9613-1:1993 once more in their printed form with pressures and molar
   * concentrations, in another order; tolerance 1 %, −10 to 40 °C, 10 to 100 %, 50 Hz to 10 kHz.
   */
  @Test
  void agreesWithTheEquationsOfTheStandardWrittenOutAgain() {
    for (double celsius = -10; celsius <= 40; celsius += 10) {
      for (double humidity = 10; humidity <= 100; humidity += 30) {
        for (double f = 50; f <= 10_000; f *= 2) {
          double t = celsius + 273.15;
          double pascals = 101_325;
          double saturation =
              101_325 * Math.pow(10, -6.8346 * Math.pow(273.16 / t, 1.261) + 4.6151);
          double h = humidity * saturation / pascals;
          double oxygen = 24 + 40_400 * h * (0.02 + h) / (0.391 + h);
          double cube = Math.cbrt(293.15 / t) - 1;
          double nitrogen = Math.sqrt(293.15 / t) * (9 + 280 * h * Math.exp(-4.17 * cube));
          double vibration =
              Math.pow(293.15 / t, 2.5)
                  * (0.01275 * Math.exp(-2239.1 / t) * oxygen / (oxygen * oxygen + f * f)
                      + 0.1068 * Math.exp(-3352 / t) * nitrogen / (nitrogen * nitrogen + f * f));
          double expected = 8.686 * f * f * (1.84e-11 * Math.sqrt(t / 293.15) + vibration);
          double found = AirAbsorption.decibelsPerMetre(f, celsius, humidity);
          assertThat(found).isCloseTo(expected, within(0.01 * expected));
        }
      }
    }
  }
}
