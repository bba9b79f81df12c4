package org.hearsight.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.junit.jupiter.api.Test;

class PanoramaTest {
  private static final int WIDTH = 1920;
  private static final int HEIGHT = 960;
  private static final int SIZE = View.SIZE;

  @Test
  void azimuthFallsFromLeftToRight() {
    Panorama p = new Panorama(WIDTH, HEIGHT, new int[WIDTH * HEIGHT]);

    assertThat(p.columnOf(new Direction(180, 0))).isZero();
    assertThat(p.columnOf(new Direction(90, 0))).isEqualTo(480);
    assertThat(p.columnOf(new Direction(0, 0))).isEqualTo(960);
    assertThat(p.columnOf(new Direction(-90, 0))).isEqualTo(1440);
    assertThat(p.rowOf(new Direction(0, 90))).isZero();
    assertThat(p.rowOf(new Direction(0, -90))).isEqualTo(960);
  }

  /** The marker's pixel follows from the pinhole alone: offsets over the optical axis. */
  @Test
  void aMarkerIsSeenWhereItsDirectionPoints() {
    double[][] cases = {
      // look, then marker
      {0, 0, 0, 0},
      {0, 0, 30, 0},
      {0, 0, -30, 20},
      {90, 0, 70, -25},
      {170, 0, -160, 10}, // across the seam
      {-179.5, 0, 178, -30},
      {40, 25, 20, 40},
      {-100, -30, -120, -45},
    };
    for (double[] c : cases) {
      Direction look = new Direction(c[0], c[1]);
      Direction marker = new Direction(c[2], c[3]);

      double[] seen = brightest(marked(marker).pinhole(look));

      Vec3 forward = look.unit();
      Vec3 left = new Direction(look.azimuth() + 90, 0).unit();
      Vec3 ray = marker.unit();
      double y = ray.dot(left) / ray.dot(forward);
      double z = ray.dot(forward.cross(left)) / ray.dot(forward);
      assertThat(seen[0]).as("column of " + marker).isCloseTo(112 * (1 - y), within(0.6));
      assertThat(seen[1]).as("row of " + marker).isCloseTo(112 * (1 - z), within(0.6));
    }
  }

  /** Looking level, that is simply tan(azimuth): left of the axis is left in the picture. */
  @Test
  void leftIsLeftAndUpIsUp() {
    double[] seen = brightest(marked(new Direction(40, 0)).pinhole(new Direction(10, 0)));
    assertThat(seen[0]).isCloseTo(112 * (1 - Math.tan(Math.toRadians(30))), within(0.6));
    assertThat(seen[1]).isCloseTo(112, within(0.6));
    assertThat(brightest(marked(new Direction(0, 30)).pinhole(new Direction(0, 0)))[1])
        .isLessThan(60);
  }

  @Test
  void whatLiesBehindIsNotSeen() {
    for (float v : marked(new Direction(180, 0)).pinhole(new Direction(0, 0))) {
      assertThat(v).isZero();
    }
  }

  @Test
  void coloursKeepTheirPlane() {
    int[] pixels = new int[64 * 32];
    java.util.Arrays.fill(pixels, 0xFF8000);

    float[] rgb = new Panorama(64, 32, pixels).pinhole(new Direction(77, -60));

    assertThat(rgb[5]).isCloseTo(1, within(1e-6f));
    assertThat(rgb[SIZE * SIZE + 5]).isCloseTo(128 / 255f, within(1e-6f));
    assertThat(rgb[2 * SIZE * SIZE + 5]).isZero();
  }

  @Test
  void otherShapesAreRefused() {
    assertThatThrownBy(() -> new Panorama(64, 48, new int[64 * 48]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** White within 1.5° of a direction. */
  private static Panorama marked(Direction marker) {
    int[] pixels = new int[WIDTH * HEIGHT];
    for (int row = 0; row < HEIGHT; row++) {
      double elevation = 90 - (row + 0.5) * 180 / HEIGHT;
      if (Math.abs(elevation - marker.elevation()) > 1.5) {
        continue;
      }
      for (int column = 0; column < WIDTH; column++) {
        Direction d = new Direction(180 - (column + 0.5) * 360 / WIDTH, elevation);
        pixels[row * WIDTH + column] = d.angleTo(marker) < 1.5 ? 0xFFFFFF : 0;
      }
    }
    return new Panorama(WIDTH, HEIGHT, pixels);
  }

  /** Centre of gravity of the red plane: {column, row} in pixels from the top left corner. */
  private static double[] brightest(float[] rgb) {
    double sum = 0;
    double column = 0;
    double row = 0;
    for (int i = 0; i < SIZE * SIZE; i++) {
      sum += rgb[i];
      column += rgb[i] * (i % SIZE + 0.5);
      row += rgb[i] * (Math.floorDiv(i, SIZE) + 0.5);
    }
    assertThat(sum).as("the marker is seen").isGreaterThan(1);
    return new double[] {column / sum, row / sum};
  }
}
