package org.hearsight.report.page;

import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.vision.View;

/** Made-up street corners, with a view of them cast ray by ray. */
final class SampleScenes {
  private static final double EGO_HEIGHT = 1.5;

  private static final Scenario.Source MADE =
      new Scenario.Source("generated siren", Scenario.Source.GENERATED, "siren");
  private static final Scenario.Source TAKEN = new Scenario.Source("siren/a.wav", "CC0", "a");

  private SampleScenes() {}

  static Scenario scenario(String name, double visibility, SplittableRandom random) {
    boolean background = name.equals("background");
    double side = random.nextBoolean() ? 1 : -1;
    double wall = 4 + 3 * random.nextDouble();
    double corner = 7 + 5 * random.nextDouble();
    Scenario.Footprint house =
        side > 0
            ? new Scenario.Footprint("building", 1, wall, corner, wall + 14, 8)
            : new Scenario.Footprint("building", 1, -wall - 14, corner, -wall, 8);
    Scenario.Footprint van =
        new Scenario.Footprint("van", 5, -side * 3.5 - 1, 9.5, -side * 3.5 + 1, 2.4);
    double x = corner + 3 + 2 * random.nextDouble();
    double y = side * (wall + 2 + 8 * random.nextDouble());
    Location place = background ? null : Location.of(new Vec3(x, y, -0.7));
    Direction edge = Direction.of(new Vec3(corner, side * wall, -0.3));
    List<double[]> path =
        background ? List.of() : List.of(new double[] {x + 1, y + side * 9}, new double[] {x, y});
    return new Scenario(
        "sample" + random.nextInt(1000),
        Split.TEST,
        name,
        place,
        background ? 0 : visibility,
        0.1 + 0.85 * random.nextDouble(),
        background ? null : edge,
        1,
        List.of(random.nextInt(3) > 0 ? MADE : TAKEN),
        new Scenario.Files("a.wav", "a.csv", null, null, null),
        new Scenario.SceneMap("street_corner", EGO_HEIGHT, List.of(house, van), path));
  }

  static View view(Scenario scenario) {
    int n = View.SIZE;
    float[] rgb = new float[3 * n * n];
    float[] depth = new float[n * n];
    float[] occlusion = new float[n * n];
    for (int i = 0; i < n * n; i++) {
      int row = i / n;
      int column = i % n;
      Vec3 ray = new Vec3(1, (n / 2.0 - column) / (n / 2.0), (n / 2.0 - row) / (n / 2.0));
      double t = ray.z() < 0 ? -EGO_HEIGHT / ray.z() : 1e9;
      double shade = 0.45;
      for (Scenario.Footprint f : scenario.scene().obstacles()) {
        double hit = hit(f, ray);
        if (hit < t) {
          t = hit;
          shade = 0.3 + 0.4 * Math.abs(Math.sin(hit * 3 + f.height()));
          occlusion[i] = 1;
        }
      }
      boolean sky = t > 60;
      depth[i] = sky ? 0 : (float) t;
      rgb[i] = (float) (sky ? 0.62 : shade);
      rgb[n * n + i] = (float) (sky ? 0.75 : shade * 0.95);
      rgb[2 * n * n + i] = (float) (sky ? 0.88 : shade * 0.85);
    }
    return new View(rgb, depth, occlusion, 0.5f);
  }

  private static double hit(Scenario.Footprint f, Vec3 ray) {
    double near = 0.05;
    double far = 1e8;
    double[] low = {f.xMin(), f.yMin(), -EGO_HEIGHT};
    double[] high = {f.xMax(), f.yMax(), f.height() - EGO_HEIGHT};
    double[] d = {ray.x(), ray.y(), ray.z()};
    for (int a = 0; a < 3; a++) {
      double slope = d[a] == 0 ? 1e-12 : d[a];
      near = Math.max(near, Math.min(low[a] / slope, high[a] / slope));
      far = Math.min(far, Math.max(low[a] / slope, high[a] / slope));
    }
    return near <= far ? near : 1e9;
  }
}
