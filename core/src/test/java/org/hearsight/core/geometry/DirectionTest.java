package org.hearsight.core.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectionTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "180, 180",
    "-180, 180",
    "181, -179",
    "-181, 179",
    "359, -1",
    "360, 0",
    "540, 180",
    "-540, 180",
    "725, 5",
    "-725, -5"
  })
  void wrapsAzimuthIntoItsHalfOpenRange(double degrees, double wrapped) {
    assertThat(Direction.wrap(degrees)).isEqualTo(wrapped, within(0.0));
    assertThat(new Direction(degrees, 0).azimuth()).isEqualTo(wrapped, within(0.0));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 0, 0",
    "0, 2, 0, 90, 0",
    "-3, 0, 0, 180, 0",
    "0, -1, 0, -90, 0",
    "0, 0, 5, 0, 90",
    "0, 0, -5, 0, -90",
    "1, 1, 0, 45, 0",
    "0, 0, 0, 0, 0"
  })
  void knowsTheAxes(double x, double y, double z, double azimuth, double elevation) {
    Direction d = Direction.of(new Vec3(x, y, z));
    assertThat(d.azimuth()).isCloseTo(azimuth, within(1e-12));
    assertThat(d.elevation()).isCloseTo(elevation, within(1e-12));
  }

  @Test
  void anglesAndVectorsConvertBothWays() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      Direction d = new Direction(random.nextDouble(-180, 180), random.nextDouble(-89.9, 89.9));
      assertThat(d.unit().norm()).isCloseTo(1, within(1e-12));
      Direction back = Direction.of(d.at(random.nextDouble(0.1, 100)));
      assertThat(back.azimuth()).isCloseTo(d.azimuth(), within(1e-9));
      assertThat(back.elevation()).isCloseTo(d.elevation(), within(1e-9));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1e-6, 1e-3, 1, 90, 179, 180 - 1e-6, 180 - 1e-9})
  void angleIsPreciseNearNothingAndNearOpposite(double degrees) {
    Direction ahead = new Direction(0, 0);
    assertThat(ahead.angleTo(new Direction(degrees, 0))).isCloseTo(degrees, within(1e-12));
    assertThat(new Direction(degrees, 0).angleTo(ahead)).isCloseTo(degrees, within(1e-12));
  }

  @Test
  void anglesAreGreatCircleAngles() {
    assertThat(new Direction(0, 0).angleTo(new Direction(0, 0))).isZero();
    assertThat(new Direction(179, 0).angleTo(new Direction(-179, 0))).isCloseTo(2, within(1e-9));
    assertThat(new Direction(0, 80).angleTo(new Direction(180, 80))).isCloseTo(20, within(1e-9));
    assertThat(new Direction(10, 90).angleTo(new Direction(-99, 90))).isCloseTo(0, within(1e-9));
    assertThat(new Direction(50, -90).angleTo(new Direction(0, 90))).isCloseTo(180, within(1e-9));
  }

  @Test
  void refusesWhatIsNoDirection() {
    double[][] bad = {
      {Double.NaN, 0}, {Double.POSITIVE_INFINITY, 0}, {0, Double.NaN}, {0, 90.001}, {0, -91}
    };
    for (double[] b : bad) {
      assertThatThrownBy(() -> new Direction(b[0], b[1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
