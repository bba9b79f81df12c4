package org.hearsight.learning.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;

/**
 * Inputs that two runtimes are compared on: of the size and kind of real ones, drawn from a seed.
 */
final class SampleInputs {
  private static final int PLANE = View.SIZE * View.SIZE;
  private static final int BLOCK = 16;

  private SampleInputs() {}

  /** Standardised features, [batch, planes, frames, bands]: mean 0, deviation 1. */
  static Tensor features(SplittableRandom random, int... shape) {
    int n = 1;
    for (int s : shape) {
      n *= s;
    }
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, shape);
  }

  /** {@link PlaceFeatures} of a size as if they were standardised. */
  static Map<String, Tensor> places(SplittableRandom random, int batch) {
    int azimuths = PlaceGrid.AZIMUTHS;
    return Map.of(
        "heard", features(random, batch, PlaceFeatures.HEARD, azimuths),
        "seen", features(random, batch, PlaceFeatures.SEEN, azimuths),
        "known", features(random, batch, PlaceFeatures.KNOWN));
  }

  /** Coloured blocks before a ground that comes nearer from row to row, behind one box. */
  static List<View> views(SplittableRandom random, int count) {
    List<View> views = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] rgb = new float[3 * PLANE];
      float[] depth = new float[PLANE];
      float[] occlusion = new float[PLANE];
      float[] colours = new float[3 * (PLANE / BLOCK / BLOCK)];
      for (int c = 0; c < colours.length; c++) {
        colours[c] = (float) random.nextDouble();
      }
      int left = random.nextInt(View.SIZE / 2);
      int top = random.nextInt(View.SIZE / 2);
      int width = View.SIZE / 4 + random.nextInt(View.SIZE / 4);
      double near = 1 + 3 * random.nextDouble();
      int covered = 0;
      for (int at = 0; at < PLANE; at++) {
        int row = at / View.SIZE;
        int column = at % View.SIZE;
        int block = row / BLOCK * (View.SIZE / BLOCK) + column / BLOCK;
        for (int c = 0; c < 3; c++) {
          rgb[c * PLANE + at] = colours[3 * block + c];
        }
        boolean box = row >= top && row < top + width && column >= left && column < left + width;
        int below = row - View.SIZE / 2;
        depth[at] = (float) (box ? near : below > 0 ? 1.5 * View.SIZE / 2 / below : 0);
        occlusion[at] = box ? 1 : 0;
        covered += box ? 1 : 0;
      }
      views.add(new View(rgb, depth, occlusion, (float) covered / PLANE));
    }
    return views;
  }

  /** [views, 5, 224, 224]. */
  static Tensor planes(List<View> views) {
    float[] all = new float[views.size() * VisualPlanes.COUNT * PLANE];
    int at = 0;
    for (View view : views) {
      float[] planes = VisualPlanes.of(view);
      System.arraycopy(planes, 0, all, at, planes.length);
      at += planes.length;
    }
    return Tensor.of(all, views.size(), VisualPlanes.COUNT, View.SIZE, View.SIZE);
  }
}
