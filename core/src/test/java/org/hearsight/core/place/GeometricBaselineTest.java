package org.hearsight.core.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hearsight.core.dataset.Location;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.vision.View;
import org.junit.jupiter.api.Test;

class GeometricBaselineTest {
  private static final PlaceFeatures.Sight BLIND = PlaceFeatures.see(View.blind());

  /** A wall 8 m ahead; a nearer one, at 3 m, ends at 10° to the left. */
  private static final PlaceFeatures.Sight ROOM = PlaceFeatures.see(PlaceFeaturesTest.room());

  @Test
  void thePeakIsWhereAWaveComesFrom() {
    for (double azimuth : new double[] {0, 2.5, -61, 178, -179.5}) {
      Direction peak = AzimuthSpectrum.peak(wave(azimuth));

      assertThat(Math.abs(Direction.wrap(peak.azimuth() - azimuth))).isLessThan(1);
      assertThat(peak.elevation()).isZero();
    }
  }

  @Test
  void withoutAViewAPlaceIsHeardDirectlyAtAnyDistance() {
    PlacePosterior map = GeometricBaseline.of(wave(-61), BLIND);

    assertThat(map.best().azimuth()).isCloseTo(-61, within(1.5));
    int a = PlaceGrid.azimuthCell(-61);
    assertThat(map.probability(PlaceGrid.cell(a, 15)))
        .isCloseTo(map.probability(PlaceGrid.cell(a, 0)), within(1e-12));
  }

  @Test
  void whatComesFromAnEdgeMayStandBehindIt() {
    PlacePosterior map = GeometricBaseline.of(wave(10), ROOM);
    double behind = at(map, 22, 6);

    assertThat(behind).isGreaterThan(2 * at(map, -22, 6));
    assertThat(behind).isGreaterThan(2 * at(GeometricBaseline.of(wave(10), BLIND), 22, 6));
    // In front of the wall it would be heard from where it stands, not from the edge.
    assertThat(behind).isGreaterThan(2 * at(map, 22, 2));
  }

  @Test
  void whatComesFromAWallMayBeAnImage() {
    // 3 m to the right, at (0, −3), stands at (16, −3) in the mirror of the wall at x = 8.
    double image = Math.toDegrees(Math.atan2(-3, 16));
    PlacePosterior map = GeometricBaseline.of(wave(image), ROOM);

    assertThat(at(map, -91, 3)).isGreaterThan(3 * at(map, 91, 3));
    assertThat(at(map, -91, 3)).isGreaterThan(3 * at(map, -91, 20));
  }

  @Test
  void silenceTellsNothingAndIsAnsweredStraightAhead() {
    PlaceFeatures.Sound silence = PlaceFeatures.hear(new float[4][24_000]);
    PlacePosterior map = GeometricBaseline.of(silence, ROOM);

    assertThat(map.probability(7)).isCloseTo(1.0 / PlaceGrid.CELLS, within(1e-9));
    assertThat(map.best().azimuth()).isZero();
    assertThat(AzimuthSpectrum.peak(silence)).isEqualTo(new Direction(0, 0));
  }

  private static PlaceFeatures.Sound wave(double azimuth) {
    return PlaceFeatures.hear(PlaceFeaturesTest.wave(new Direction(azimuth, 0), 48_000, 11));
  }

  private static double at(PlacePosterior map, double azimuth, double metres) {
    return map.probability(PlaceGrid.cell(new Location(azimuth, 0, metres)));
  }
}
