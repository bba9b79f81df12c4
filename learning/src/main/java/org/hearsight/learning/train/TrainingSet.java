package org.hearsight.learning.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.learning.encode.EncodedSet;
import org.hearsight.learning.encode.EncodedSet.Encoded;
import org.hearsight.learning.encode.EncodedSet.Layout;
import org.hearsight.learning.loss.HazardTarget;
import org.hearsight.learning.model.Adapter;

/** The encoded scenarios of one split with their targets, handed out in batches. */
final class TrainingSet {
  private final List<Scenario> scenarios = new ArrayList<>();
  private final List<HazardTarget> targets = new ArrayList<>();
  private final List<Integer> records = new ArrayList<>();
  private final EncodedSet encoded;

  /**
   * @throws InputException if the split is empty
   */
  TrainingSet(ScenarioStore store, Split split, EncodedSet encoded) {
    this.encoded = encoded;
    for (int i = 0; i < store.scenarios().size(); i++) {
      Scenario s = store.scenarios().get(i);
      if (s.split() == split) {
        scenarios.add(s);
        records.add(i);
        int c = store.taxonomy().indexOf(s.className(), s.id());
        targets.add(new HazardTarget(c, s.location()));
      }
    }
    if (scenarios.isEmpty()) {
      throw new InputException(
          store.folder(),
          "split " + split.label() + ": holds no scenario",
          "simulate with --" + split.label() + " 100 or so");
    }
  }

  /**
   * A batch on the engine.
   *
   * @param boundary activations where stage 2 starts, [B, T', width]; null in stage 1
   * @param input of the adapter; its audio is null when {@code boundary} is given
   */
  record Batch(
      List<Scenario> scenarios, List<HazardTarget> targets, NDArray boundary, Adapter.Input input) {
    /** The adapter's input with audio tokens [B, T', D] computed from the boundary. */
    Adapter.Input withAudio(NDArray tokens, Fusion fusion) {
      return new Adapter.Input(
          pooled(tokens, fusion), input.visual(), input.geometry(), input.occlusion());
    }
  }

  int size() {
    return scenarios.size();
  }

  /**
   * The given members as a batch, owned by {@code manager}.
   *
   * @param fromBoundary whether audio is computed from the freeze boundary
   * @param blind draws whether a scenario is shown without its picture; null for never
   * @param blindShare probability of that
   */
  Batch batch(
      NDManager manager,
      int[] members,
      Fusion fusion,
      boolean fromBoundary,
      SplittableRandom blind,
      double blindShare) {
    Layout layout = encoded.layout();
    int n = members.length;
    int audioWidth = fromBoundary ? layout.boundaryWidth() : layout.audioWidth();
    int audioFloats = layout.frames() * audioWidth;
    int visualFloats = layout.visualTokens() * layout.visualWidth();
    int geometryFloats = layout.visualTokens() * 2;
    float[] audio = new float[n * audioFloats];
    float[] visual = new float[n * visualFloats];
    float[] geometry = new float[n * geometryFloats];
    float[] occlusion = new float[n];
    List<Scenario> chosen = new ArrayList<>();
    List<HazardTarget> wanted = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Encoded e = encoded.read(records.get(members[i]));
      System.arraycopy(
          fromBoundary ? e.boundary() : e.audio(), 0, audio, i * audioFloats, audioFloats);
      if (blind != null && blind.nextDouble() < blindShare) {
        occlusion[i] = 1;
        for (int t = 0; t < layout.visualTokens(); t++) {
          geometry[i * geometryFloats + 2 * t] = 1;
        }
      } else {
        System.arraycopy(e.visual(), 0, visual, i * visualFloats, visualFloats);
        System.arraycopy(e.geometry(), 0, geometry, i * geometryFloats, geometryFloats);
        occlusion[i] = e.occlusion();
      }
      chosen.add(scenarios.get(members[i]));
      wanted.add(targets.get(members[i]));
    }
    NDArray sound = manager.create(audio, new Shape(n, layout.frames(), audioWidth));
    NDArray sight =
        manager.create(visual, new Shape(n, layout.visualTokens(), layout.visualWidth()));
    NDArray cells =
        fusion == Fusion.SPATIAL
            ? manager.create(geometry, new Shape(n, layout.visualTokens(), 2))
            : null;
    Adapter.Input input =
        new Adapter.Input(
            fromBoundary ? null : pooled(sound, fusion),
            pooled(sight, fusion),
            cells,
            manager.create(occlusion, new Shape(n, 1)));
    return new Batch(chosen, wanted, fromBoundary ? sound : null, input);
  }

  /** Tokens for the spatial fusion, their mean for the seed's. */
  private static NDArray pooled(NDArray tokens, Fusion fusion) {
    return fusion == Fusion.SPATIAL ? tokens : tokens.mean(new int[] {1});
  }
}
