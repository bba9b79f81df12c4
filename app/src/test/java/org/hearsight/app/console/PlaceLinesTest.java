package org.hearsight.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.junit.jupiter.api.Test;

class PlaceLinesTest {
  private final double[] map = new double[PlaceGrid.CELLS];

  private void put(double azimuth, double metres, double probability) {
    map[PlaceGrid.cell(PlaceGrid.azimuthCell(azimuth), PlaceGrid.distanceCell(metres))] +=
        probability;
  }

  @Test
  void hillsAreNamedByTheirSides() {
    put(37, 8, 0.3);
    put(42, 8, 0.32);
    put(-12, 20, 0.3);
    put(100, 3, 0.08);

    assertThat(PlaceLines.of(new PlacePosterior(map, 0)))
        .containsExactly(
            "62 %: 35°–45° left, 6.5–8.5 m",
            "30 %: 10°–15° right, 19–24 m", "8 %: 100°–105° left, 3.0–3.9 m");
  }

  @Test
  void aheadAndBehindHaveTwoSides() {
    put(2, 8, 0.25);
    put(-2, 8, 0.25);
    put(178, 8, 0.25);
    put(-178, 8, 0.22);
    put(-90, 8, 0.03);

    assertThat(PlaceLines.of(new PlacePosterior(map, 0)))
        .containsExactly(
            "50 %: 5° right to 5° left, 6.5–8.5 m", "47 %: 175° left to 175° right, 6.5–8.5 m");
  }
}
