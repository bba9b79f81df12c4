package org.hearsight.report.plan;

import java.util.Arrays;
import java.util.List;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.place.FreeSpace;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.vision.View;

/** Two hills round the ends of a van at 5 m, a wall at 20 m. */
final class SamplePlan {
  private SamplePlan() {}

  static PlacePosterior hills() {
    double[] p = new double[PlaceGrid.CELLS];
    float[] left = PlaceGrid.label(new Location(30, 0, 9));
    float[] far = PlaceGrid.label(new Location(38, 0, 12));
    float[] right = PlaceGrid.label(new Location(-62, 0, 7));
    for (int i = 0; i < p.length; i++) {
      p[i] = 0.4 * left[i] + 0.2 * far[i] + 0.3 * right[i] + 0.1 / p.length;
    }
    return new PlacePosterior(p, 0);
  }

  static View view() {
    int n = View.SIZE;
    float[] depth = new float[n * n];
    for (int i = 0; i < depth.length; i++) {
      int column = i % n;
      depth[i] = column > n / 5 && column < n / 2 ? 5 : column > 4 * n / 5 ? 0 : 20;
    }
    float[] occlusion = new float[n * n];
    Arrays.fill(occlusion, 0.5f);
    return new View(new float[3 * n * n], depth, occlusion, 0.5f);
  }

  static PlacePlan plan(View view) {
    PlacePosterior places = hills();
    return new PlacePlan(
        "siren, 33° left, 9.6 m; confidence 0.71",
        places,
        List.of(
            new PlacePlan.Region("50 %", places.region(0.5)),
            new PlacePlan.Region("80 %", places.region(0.8)),
            new PlacePlan.Region("90 %", places.region(0.9))),
        FreeSpace.of(view),
        places.best(),
        new Direction(21, 0));
  }
}
