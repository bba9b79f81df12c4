package org.hearsight.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.hearsight.core.place.FreeSpace;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.vision.View;
import org.junit.jupiter.api.Test;

class PlaceLinesTest {
  private static final FreeSpace BLIND = FreeSpace.of(View.blind());

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

    assertThat(PlaceLines.of(new PlacePosterior(map, 0), BLIND))
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

    assertThat(PlaceLines.of(new PlacePosterior(map, 0), BLIND))
        .containsExactly(
            "50 %: 5° right to 5° left, 6.5–8.5 m", "47 %: 175° left to 175° right, 6.5–8.5 m");
  }

  /** A surface in the left half of the view, another in the right half; 0 where all is open. */
  private static FreeSpace between(float left, float right) {
    int n = View.SIZE;
    float[] depth = new float[n * n];
    for (int i = 0; i < depth.length; i++) {
      depth[i] = i % n < n / 2 ? left : right;
    }
    return FreeSpace.of(new View(new float[3 * n * n], depth, new float[n * n], 0));
  }

  private String line(FreeSpace space) {
    return PlaceLines.of(new PlacePosterior(map, 0), space).get(0);
  }

  @Test
  void aHillIsBehindWhatStandsBeforeIt() {
    put(17, 12, 0.5);
    put(22, 12, 0.5);

    assertThat(line(between(4, 20)))
        .isEqualTo("100 %: behind what stands 4.2 m away, 15°–25° left, 11–14 m");
    assertThat(line(between(20, 4))).startsWith("100 %: in the open, 15°–25° left");
    assertThat(line(between(0, 4))).startsWith("100 %: in the open, ");
    // The front of the hazard itself.
    assertThat(line(between(10, 4))).startsWith("100 %: in the open, ");
    assertThat(line(BLIND)).isEqualTo("100 %: 15°–25° left, 11–14 m");
  }

  @Test
  void whereTheCameraDoesNotLookIsSaidSo() {
    put(-80, 6, 0.6);
    put(-42, 6, 0.4);

    assertThat(PlaceLines.of(new PlacePosterior(map, 0), between(20, 3)))
        .containsExactly(
            "60 %: outside the view, 75°–80° right, 5.0–6.5 m",
            "40 %: behind what stands 3.9 m away, 40°–45° right, 5.0–6.5 m");
  }

  @Test
  void mostOfAHillDecides() {
    put(42, 12, 0.6);
    put(47, 12, 0.4);
    assertThat(line(between(4, 4))).startsWith("100 %: behind what stands 5.2 m away, ");

    put(42, 12, -0.3);
    put(47, 12, 0.3);
    assertThat(line(between(4, 4))).startsWith("100 %: outside the view, ");
  }
}
