package org.hearsight.core.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.metrics.Correctness;
import org.junit.jupiter.api.Test;

class RightPlacesTest {
  private static PlacePosterior map(double... massAtAzimuths) {
    double[] cells = new double[PlaceGrid.CELLS];
    for (int i = 0; i < massAtAzimuths.length; i += 2) {
      int azimuth = PlaceGrid.azimuthCell(massAtAzimuths[i + 1]);
      cells[PlaceGrid.cell(azimuth, 7)] += massAtAzimuths[i];
    }
    return new PlacePosterior(cells, 0);
  }

  @Test
  void oneHillIsRightAndTwoSidesAreRightAsOftenAsTheHeavier() {
    assertThat(map(1, 2.5).rightness()).isCloseTo(1, within(1e-6));
    assertThat(map(0.6, 42.5, 0.4, -62.5).rightness()).isCloseTo(0.6, within(1e-6));
    // One answer between the two is right for both; it may lie across the seam behind.
    assertThat(map(0.5, 12.5, 0.5, -17.5).rightness()).isCloseTo(1, within(1e-6));
    assertThat(map(0.5, 167.5, 0.5, -167.5).rightness()).isCloseTo(1, within(1e-6));
  }

  @Test
  void aMapThatKnowsNothingIsRightAsOftenAsChance() {
    double[] cells = new double[PlaceGrid.CELLS];
    Arrays.fill(cells, 1.0 / PlaceGrid.CELLS);
    PlacePosterior places = new PlacePosterior(cells, 0);
    assertThat(places.entropy()).isCloseTo(Math.log(PlaceGrid.CELLS), within(1e-9));
    // 20° to either side, and the four distances between two thirds and twice the answer.
    assertThat(places.rightness()).isCloseTo(40.0 / 360 * 4 / 16, within(1e-6));
    assertThat(map(1, 2.5).entropy()).isZero();
    assertThat(map(0.5, 2.5, 0.5, 52.5).entropy()).isCloseTo(Math.log(2), within(1e-9));
  }

  /** Drawn from the map itself, truths make no answer right more often than it says. */
  @Test
  void itIsTheShareOfTruthsThatMakeTheBestAnswerRight() {
    SplittableRandom random = new SplittableRandom(1);
    double[] cells = new double[PlaceGrid.CELLS];
    double sum = 0;
    for (int i = 0; i < cells.length; i++) {
      double off = PlaceGrid.azimuth(PlaceGrid.azimuthOf(i)) - 30;
      double far = PlaceGrid.distanceOf(i) - 8;
      cells[i] = Math.exp(-off * off / 800 - far * far / 8);
      sum += cells[i];
    }
    for (int i = 0; i < cells.length; i++) {
      cells[i] /= sum;
    }
    PlacePosterior places = new PlacePosterior(cells, 0);
    Location answer = places.best();
    int right = 0;
    int n = 20_000;
    for (int k = 0; k < n; k++) {
      double u = random.nextDouble();
      int cell = 0;
      while (u > cells[cell] && cell + 1 < cells.length) {
        u -= cells[cell++];
      }
      // Anywhere in the cell's width; at the centre of its distance.
      double azimuth =
          PlaceGrid.azimuth(PlaceGrid.azimuthOf(cell))
              + PlaceGrid.DEGREES * (random.nextDouble() - 0.5);
      Location truth = PlaceGrid.place(azimuth, PlaceGrid.distance(PlaceGrid.distanceOf(cell)), 0);
      right += Correctness.isPlaced(truth, answer) ? 1 : 0;
    }
    assertThat((double) right / n).isCloseTo(places.rightness(), within(0.06));
    assertThat((double) right / n).isLessThan(places.rightness() + 0.02);
  }
}
