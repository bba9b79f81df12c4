package org.hearsight.learning.encode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.bundle.ActivationRanges;
import org.hearsight.core.bundle.ActivationRanges.Range;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.inference.session.FloatBatch;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.export.NetworkGraph;
import org.hearsight.learning.model.ResNet50;

/**
 * How far the numbers inside a picture encoder reach on the pictures of a data set, to run it in 8
 * bits.
 */
public final class PictureCalibration {
  /** Pictures that are looked at. */
  public static final int PICTURES = 64;

  private PictureCalibration() {}

  /** The first pictures of the training split, at most so many. */
  public static List<View> pictures(ScenarioStore store, int count) {
    List<View> views = new ArrayList<>();
    for (Scenario s : store.scenarios(Split.TRAIN)) {
      if (views.size() == count) {
        break;
      }
      View view = StoredView.read(store, s);
      if (!view.isBlind()) {
        views.add(view);
      }
    }
    if (views.isEmpty()) {
      throw new InputException(
          store.folder(),
          "split train: holds no picture to calibrate 8 bits with",
          "simulate with --train 64 or more");
    }
    return views;
  }

  /**
   * Measures an encoder's ranges on the first {@value #PICTURES} pictures of the training split.
   *
   * @throws InputException if there is no picture
   */
  public static ActivationRanges of(
      ScenarioStore store, ResNet50 encoder, int threads, Progress progress) {
    List<float[]> planes = pictures(store, PICTURES).stream().map(VisualPlanes::of).toList();
    return of(planes, encoder, threads, progress);
  }

  /**
   * Measures an encoder's ranges.
   *
   * @param pictures planes of {@link VisualPlanes}, each [5, 224, 224]
   */
  public static ActivationRanges of(
      List<float[]> pictures, ResNet50 encoder, int threads, Progress progress) {
    Map<String, Range> ranges = new LinkedHashMap<>();
    byte[] graph = NetworkGraph.measuring(encoder).bytes();
    try (OnnxNetwork network = OnnxNetwork.open(graph, "picture encoder", threads);
        Progress.Task task = progress.begin("calibrate", pictures.size())) {
      String[] outputs = network.outputs().keySet().toArray(String[]::new);
      for (float[] planes : pictures) {
        FloatBatch batch = FloatBatch.of(List.of(planes), VisualPlanes.COUNT, View.SIZE, View.SIZE);
        Map<String, float[]> reach = network.runFloats(Map.of("input", batch), outputs);
        for (String output : outputs) {
          if (output.endsWith(NetworkGraph.LEAST)) {
            String place = output.substring(0, output.length() - NetworkGraph.LEAST.length());
            float most = reach.get(place + NetworkGraph.MOST)[0];
            float least = reach.get(output)[0];
            if (!Float.isFinite(least) || !Float.isFinite(most)) {
              throw InputException.model(
                  "picture encoder",
                  place + ": gives numbers that are not finite",
                  "take another encoder; 8 bits cannot hold what this one says");
            }
            Range range = new Range(Math.min(0, least), Math.max(0, most));
            ranges.merge(place, range, Range::and);
          }
        }
        task.advance(1);
      }
    }
    return new ActivationRanges(ranges);
  }
}
