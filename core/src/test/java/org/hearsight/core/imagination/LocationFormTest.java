package org.hearsight.core.imagination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.place.PlaceGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationFormTest {
  @ParameterizedTest
  @CsvSource({
    " 0.5,  0.5, 0.1,   90,  45,    3",
    "-1.0,  0.0, 1.0,  180,   0,   30",
    " 1.25, 2.0, 0.5, -135,  90,   15",
    " 0.0, -3.0, -1,     0, -90, 0.05",
    " 0.0,  0.0, 1e9,    0,   0, 1000"
  })
  void seedNumbersAreShares(
      float a, float e, float d, double azimuth, double elevation, double distance) {
    LocationForm.Estimate estimate = LocationForm.SEED.decode(new float[] {a, e, d});

    Location place = estimate.location();
    assertThat(place.azimuth()).isCloseTo(azimuth, within(1e-4));
    assertThat(place.elevation()).isCloseTo(elevation, within(1e-4));
    assertThat(place.distance()).isCloseTo(distance, within(1e-5));
    assertThat(estimate.kappa()).isNaN();
    assertThat(estimate.logDistanceSpread()).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "179.9, 5", "-179.9, -60", "90, 89", "-45, 30"})
  void sphericalNumbersAreAVectorOfAnyLength(double azimuth, double elevation) {
    Direction meant = new Direction(azimuth, elevation);
    for (double length : new double[] {0.01, 1, 300}) {
      Vec3 v = meant.unit().times(length);
      float[] raw = {(float) v.x(), (float) v.y(), (float) v.z(), 2, (float) Math.log(7), -2};

      LocationForm.Estimate estimate = LocationForm.SPHERICAL.decode(raw);

      assertThat(estimate.location().direction().angleTo(meant)).isLessThan(1e-4);
      assertThat(estimate.location().distance()).isCloseTo(7, within(1e-5));
      assertThat(estimate.kappa()).isCloseTo(Math.exp(2), within(1e-5));
      assertThat(estimate.logDistanceSpread()).isCloseTo(Math.exp(-1), within(1e-6));
    }
  }

  /** Two hills: the answer is the heavier one, not the middle. */
  @Test
  void mapNumbersAreLogitsOfPlacesAndARise() {
    float[] raw = new float[LocationForm.MAP.width()];
    Arrays.fill(raw, -20);
    raw[PlaceGrid.cell(new Location(62.5, 0, 8))] = 1;
    raw[PlaceGrid.cell(new Location(-62.5, 0, 20))] = 0;
    raw[PlaceGrid.CELLS] = -1.5f;

    LocationForm.Estimate estimate = LocationForm.MAP.decode(raw);

    assertThat(estimate.location()).isEqualTo(estimate.places().best());
    assertThat(estimate.location().azimuth()).isCloseTo(62.5, within(2.5));
    assertThat(PlaceGrid.rise(estimate.location())).isCloseTo(-1.5, within(1e-6));
    assertThat(estimate.kappa()).isNaN();
    assertThat(Imagination.Spread.of(estimate).degrees()).isBetween(0.0, 5.0);
    assertThat(Imagination.Spread.of(estimate).distanceFactor()).isBetween(1.0, 1.2);

    raw[PlaceGrid.CELLS] = 3000;
    assertThatThrownBy(() -> LocationForm.MAP.requirePlausible(raw))
        .hasMessageContaining("location: rise: 3000");
    raw[7] = Float.NaN;
    assertThatThrownBy(() -> LocationForm.MAP.requirePlausible(raw))
        .hasMessageContaining("location: NaN");
  }

  @Test
  void numbersThatNoWholeModelGivesAreRefused() {
    float[][] whole = {{1, 0, 0, 50, 4, -50}, {-3, 2, 1, 0, -2, 9}};
    for (float[] raw : whole) {
      LocationForm.SPHERICAL.requirePlausible(raw);
    }
    LocationForm.SEED.requirePlausible(new float[] {-2, 3, -0.5f});
    float[][] damaged = {
      {1, 0, 0, 0, 20, 0},
      {0, 0, 0, 0, 0, 0},
      {1, 0, Float.NaN, 0, 0, 0},
      {1, 0, 0, Float.NEGATIVE_INFINITY, 0, 0}
    };
    for (float[] raw : damaged) {
      assertThatThrownBy(() -> LocationForm.SPHERICAL.requirePlausible(raw))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("location: ");
    }
    for (float[] raw : new float[][] {{1e9f, 0, 0}, {0, -1e9f, 0}, {0, 0, 1e9f}, {0, 0, -1e9f}}) {
      assertThatThrownBy(() -> LocationForm.SEED.requirePlausible(raw))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void spreadsStayWithinTheirBounds() {
    LocationForm.Estimate sure = LocationForm.SPHERICAL.decode(new float[] {1, 0, 0, 50, 0, -50});
    LocationForm.Estimate lost = LocationForm.SPHERICAL.decode(new float[] {1, 0, 0, -50, 0, 50});

    assertThat(sure.kappa()).isCloseTo(Math.exp(LocationForm.MAX_LOG_KAPPA), within(1e-9));
    assertThat(lost.kappa()).isCloseTo(Math.exp(LocationForm.MIN_LOG_KAPPA), within(1e-9));
    assertThat(sure.logDistanceSpread()).isCloseTo(Math.exp(-3), within(1e-9));
    assertThat(lost.logDistanceSpread()).isCloseTo(Math.exp(1.5), within(1e-9));
  }

  @Test
  void refusesOtherWidths() {
    for (LocationForm form : LocationForm.values()) {
      assertThat(form.decode(new float[form.width()]).location().distance()).isPositive();
      assertThatThrownBy(() -> form.decode(new float[form.width() + 1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("location: " + (form.width() + 1) + " numbers");
    }
  }
}
