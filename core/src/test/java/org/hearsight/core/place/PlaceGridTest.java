package org.hearsight.core.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hearsight.core.dataset.Location;
import org.junit.jupiter.api.Test;

class PlaceGridTest {
  @Test
  void cellsRunCounterClockwiseAndOutwards() {
    assertThat(PlaceGrid.azimuth(0)).isEqualTo(-177.5);
    assertThat(PlaceGrid.azimuth(71)).isEqualTo(177.5);
    assertThat(PlaceGrid.distance(0)).isCloseTo(1.2, within(1e-9));
    assertThat(PlaceGrid.distance(15)).isCloseTo(60, within(1e-9));
    for (int cell = 0; cell < PlaceGrid.CELLS; cell++) {
      int a = PlaceGrid.azimuthOf(cell);
      int d = PlaceGrid.distanceOf(cell);
      Location place = PlaceGrid.place(PlaceGrid.azimuth(a), PlaceGrid.distance(d), 0.7);
      assertThat(PlaceGrid.cell(place)).isEqualTo(cell).isEqualTo(PlaceGrid.cell(a, d));
      assertThat(PlaceGrid.rise(place)).isCloseTo(0.7, within(1e-9));
    }
  }

  @Test
  void behindIsOneCellWhicheverWayItIsWritten() {
    assertThat(PlaceGrid.azimuthCell(180)).isZero();
    assertThat(PlaceGrid.azimuthCell(-180)).isZero();
    assertThat(PlaceGrid.azimuthCell(179.9)).isEqualTo(71);
  }

  @Test
  void placesOffTheGridBelongToItsRim() {
    assertThat(PlaceGrid.cell(new Location(2, 0, 0.1))).isEqualTo(PlaceGrid.cell(36, 0));
    assertThat(PlaceGrid.cell(new Location(2, 0, 900))).isEqualTo(PlaceGrid.cell(36, 15));
    assertThat(sum(PlaceGrid.label(new Location(2, 89, 0.05)))).isCloseTo(1, within(1e-5));
    assertThat(sum(PlaceGrid.label(new Location(2, 0, 1000)))).isCloseTo(1, within(1e-5));
  }

  @Test
  void aLabelHasItsMeanAndSpreadAtThePlace() {
    // Behind, where azimuths jump from 180° to −180°; elevated, so that the ground distance counts.
    Location place = new Location(179, 40, 12);
    float[] label = PlaceGrid.label(place);
    double azimuth = 0;
    double azimuth2 = 0;
    double log = 0;
    double log2 = 0;
    for (int cell = 0; cell < PlaceGrid.CELLS; cell++) {
      double off = PlaceGrid.azimuth(PlaceGrid.azimuthOf(cell)) - 179;
      off = off < -180 ? off + 360 : off;
      azimuth += label[cell] * off;
      azimuth2 += label[cell] * off * off;
      double l = PlaceGrid.logDistance(PlaceGrid.distanceOf(cell));
      log += label[cell] * l;
      log2 += label[cell] * l * l;
    }
    assertThat(azimuth).isCloseTo(0, within(0.05));
    assertThat(Math.sqrt(azimuth2)).isCloseTo(PlaceGrid.LABEL_DEGREES, within(0.1));
    double ground = Math.log(12 * Math.cos(Math.toRadians(40)));
    assertThat(log).isCloseTo(ground, within(0.01));
    double spread = Math.sqrt(log2 - log * log) / PlaceGrid.LOG_STEP;
    assertThat(spread).isCloseTo(PlaceGrid.LABEL_CELLS, within(0.02));
  }

  @Test
  void mirrorsAndTurnsOfLabelsAreLabelsOfMirroredAndTurnedPlaces() {
    Location place = new Location(33, -5, 7);
    assertThat(PlaceGrid.mirrored(PlaceGrid.label(place)))
        .containsExactly(PlaceGrid.label(new Location(-33, -5, 7)), within(1e-6f));
    assertThat(PlaceGrid.turned(PlaceGrid.label(place), -50))
        .containsExactly(PlaceGrid.label(new Location(33 - 250 + 360, -5, 7)), within(1e-6f));
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float v : values) {
      sum += v;
    }
    return sum;
  }
}
