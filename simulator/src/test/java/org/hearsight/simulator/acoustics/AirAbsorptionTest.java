package org.hearsight.simulator.acoustics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
}
