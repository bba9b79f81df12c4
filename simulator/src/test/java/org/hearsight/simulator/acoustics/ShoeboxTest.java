package org.hearsight.simulator.acoustics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Material;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.scene.Solid;
import org.junit.jupiter.api.Test;

/** Image sources of a rectangular room against their closed form. */
class ShoeboxTest {
  private static final Vec3 LOW = new Vec3(-2.1, -1.7, -1.2);
  private static final Vec3 HIGH = new Vec3(3.4, 2.6, 1.9);
  private static final Vec3 SOURCE = new Vec3(1.3, -0.6, 0.4);

  /** J. B. Allen, D. A. Berkley, JASA 65 (1979) 943–950. Tolerance: a nanometre. */
  @Test
  void imagesToThirdOrderLieWhereTheClosedFormPutsThem() {
    for (int order = 1; order <= 3; order++) {
      List<Vec3> expected = closedForm(order);
      assertThat(expected).hasSize(new int[] {1, 7, 25, 63}[order]);
      List<Vec3> found =
          new PathFinder(room(), Vec3.ZERO, SOURCE.z(), order)
              .find(SOURCE).stream().map(p -> p.direction().times(p.length())).toList();
      assertThat(found).hasSameSizeAs(expected);
      for (Vec3 image : expected) {
        assertThat(found)
            .as("order %d, image %s", order, image)
            .anyMatch(p -> p.distanceTo(image) < 1e-9);
      }
    }
  }

  private static List<Vec3> closedForm(int order) {
    List<Vec3> images = new ArrayList<>();
    for (int i = -order; i <= order; i++) {
      for (int j = -order; j <= order; j++) {
        for (int k = -order; k <= order; k++) {
          if (Math.abs(i) + Math.abs(j) + Math.abs(k) <= order) {
            images.add(
                new Vec3(
                    image(i, SOURCE.x(), LOW.x(), HIGH.x()),
                    image(j, SOURCE.y(), LOW.y(), HIGH.y()),
                    image(k, SOURCE.z(), LOW.z(), HIGH.z())));
          }
        }
      }
    }
    return images;
  }

  /** The coordinate after {@code n} reflections, the wall at {@code high} last if n is positive. */
  private static double image(int n, double x, double low, double high) {
    double width = high - low;
    return Math.floorMod(n, 2) == 0 ? x + n * width : low + high - x + n * width;
  }

  /** Six concrete slabs; the lowest is the ground of the scene. */
  private static Scene room() {
    double t = 0.3;
    List<Box> slabs =
        List.of(
            Box.of(LOW.x() - t, LOW.x(), LOW.y() - t, HIGH.y() + t, LOW.z(), HIGH.z()),
            Box.of(HIGH.x(), HIGH.x() + t, LOW.y() - t, HIGH.y() + t, LOW.z(), HIGH.z()),
            Box.of(LOW.x(), HIGH.x(), LOW.y() - t, LOW.y(), LOW.z(), HIGH.z()),
            Box.of(LOW.x(), HIGH.x(), HIGH.y(), HIGH.y() + t, LOW.z(), HIGH.z()),
            Box.of(LOW.x() - t, HIGH.x() + t, LOW.y() - t, HIGH.y() + t, HIGH.z(), HIGH.z() + t));
    return new Scene(
        "test",
        Setting.INDOOR,
        -LOW.z(),
        Material.CONCRETE,
        slabs.stream().map(b -> new Solid(Solid.Kind.WALL, b, Material.CONCRETE, 0)).toList(),
        null,
        null,
        new Vec3(0, 0, 1));
  }
}
