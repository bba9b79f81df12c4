package org.hearsight.learning.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.learning.encode.EncodedScenes;
import org.hearsight.learning.encode.EncodedSet.Layout;
import org.hearsight.learning.encode.EncodedSet.Part;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.loss.HazardTarget;
import org.hearsight.learning.model.Adapter;

/** The encoded scenarios of one split with their targets, handed out in batches. */
final class TrainingSet {
  private final List<Scenario> scenarios = new ArrayList<>();
  private final List<HazardTarget> targets = new ArrayList<>();
  private final List<Integer> records = new ArrayList<>();
  private final List<Integer> mirrored = new ArrayList<>();
  private final EncodedScenes encoded;

  /**
   * @param most scenarios to take, the first of the split; 0 = all
   * @throws InputException if the split is empty
   */
  TrainingSet(ScenarioStore store, Split split, EncodedScenes encoded, int most) {
    requireSome(store, split);
    this.encoded = encoded;
    List<Scenario> order = EncodedScenes.order(store);
    int twins = order.size();
    for (int i = 0; i < order.size(); i++) {
      Scenario s = order.get(i);
      if (s.split() == split && (most == 0 || scenarios.size() < most)) {
        scenarios.add(s);
        records.add(i);
        if (split == Split.TRAIN) {
          mirrored.add(twins + mirrored.size());
        }
        int c = store.taxonomy().indexOf(s.className(), s.id());
        targets.add(new HazardTarget(c, s.location()));
      }
    }
  }

  /**
   * Refuses a data set without scenarios of that split.
   *
   * @throws InputException if it holds none
   */
  static void requireSome(ScenarioStore store, Split split) {
    if (store.scenarios(split).isEmpty()) {
      throw new InputException(
          store.folder(),
          "split " + split.label() + ": holds no scenario",
          "simulate with --" + split.label() + " 100 or so");
    }
  }

  /**
   * A batch on the engine.
   *
   * @param tokens of the audio encoder [B, T', D], or the activations at the freeze boundary
   * @param cues beside them [B, T', {@value SpatialCues#WIDTH}]; null if the model has none
   * @param sight the adapter's input but for its audio
   */
  record Batch(
      List<Scenario> scenarios,
      List<HazardTarget> targets,
      NDArray tokens,
      NDArray cues,
      Adapter.Input<NDArray> sight) {
    /** The adapter's whole input, given the audio tokens [B, T', D]. */
    Adapter.Input<NDArray> input(NDArray audio, Fusion fusion) {
      NDArray all = cues == null ? audio : audio.concat(cues, 2);
      return new Adapter.Input<>(
          pooled(all, fusion), sight.visual(), sight.geometry(), sight.occlusion());
    }
  }

  int size() {
    return scenarios.size();
  }

  /**
   * A batch in Java's memory: all that can be made ready while the engine is busy.
   *
   * @param audio [B, T', D]: tokens, or activations at the freeze boundary
   * @param cues [B, T', {@value SpatialCues#WIDTH}]
   * @param visual [B, 49, 2048]; of the seed's fusion their mean, [B, 2048]
   * @param geometry [B, 49, 2]
   * @param occlusion [B]
   */
  record Prepared(
      List<Scenario> scenarios,
      List<HazardTarget> targets,
      int audioWidth,
      float[] audio,
      float[] cues,
      float[] visual,
      float[] geometry,
      float[] occlusion) {}

  /**
   * Gathers the given members.
   *
   * @param fromBoundary whether audio is computed from the freeze boundary
   * @param random draws mirrored twins, omitted pictures and dropped tokens; null when evaluating
   */
  Prepared prepare(
      int[] members, TrainConfig config, boolean fromBoundary, SplittableRandom random) {
    Layout layout = encoded.layout();
    int n = members.length;
    Part heard = fromBoundary ? Part.BOUNDARY : Part.AUDIO;
    int audioFloats = layout.floats(heard);
    int cueFloats = layout.floats(Part.CUES);
    boolean pooled = config.model().fusion() == Fusion.SEED;
    int visualFloats = pooled ? layout.visualWidth() : layout.floats(Part.VISUAL);
    float[] tokens = new float[layout.floats(Part.VISUAL)];
    int geometryFloats = layout.floats(Part.GEOMETRY);
    Prepared all =
        new Prepared(
            new ArrayList<>(),
            new ArrayList<>(),
            audioFloats / layout.frames(),
            new float[n * audioFloats],
            new float[n * cueFloats],
            new float[n * visualFloats],
            new float[n * geometryFloats],
            new float[n]);
    for (int i = 0; i < n; i++) {
      int member = members[i];
      boolean mirror = random != null && random.nextDouble() < config.augmentation().mirrorShare();
      int record = (mirror ? mirrored : records).get(member);
      encoded.copy(record, heard, all.audio(), i * audioFloats);
      encoded.copy(record, Part.CUES, all.cues(), i * cueFloats);
      if (random != null && random.nextDouble() < config.augmentation().blindShare()) {
        all.occlusion()[i] = 1;
        for (int t = 0; t < layout.visualTokens(); t++) {
          all.geometry()[i * geometryFloats + 2 * t] = 1;
        }
      } else {
        encoded.copy(record, Part.VISUAL, tokens, 0);
        encoded.copy(record, Part.GEOMETRY, all.geometry(), i * geometryFloats);
        encoded.copy(record, Part.OCCLUSION, all.occlusion(), i);
        if (random != null) {
          drop(tokens, layout, random, config.augmentation().tokenDropout());
        }
        if (pooled) {
          mean(tokens, layout, all.visual(), i * visualFloats);
        } else {
          System.arraycopy(tokens, 0, all.visual(), i * visualFloats, visualFloats);
        }
      }
      all.scenarios().add(scenarios.get(member));
      all.targets().add(mirror ? mirror(targets.get(member)) : targets.get(member));
    }
    return all;
  }

  /** A batch on the engine, owned by {@code manager}. */
  Batch toBatch(NDManager manager, Prepared all, TrainConfig config) {
    Layout layout = encoded.layout();
    int n = all.targets().size();
    boolean spatial = config.model().fusion() == Fusion.SPATIAL;
    int width = layout.visualWidth();
    NDArray sight =
        spatial
            ? TensorBridge.toArray(manager, all.visual(), n, layout.visualTokens(), width)
            : TensorBridge.toArray(manager, all.visual(), n, width);
    NDArray cells =
        spatial ? TensorBridge.toArray(manager, all.geometry(), n, layout.visualTokens(), 2) : null;
    Adapter.Input<NDArray> input =
        new Adapter.Input<>(
            null, sight, cells, TensorBridge.toArray(manager, all.occlusion(), n, 1));
    return new Batch(
        all.scenarios(),
        all.targets(),
        TensorBridge.toArray(manager, all.audio(), n, layout.frames(), all.audioWidth()),
        config.model().cues()
            ? TensorBridge.toArray(manager, all.cues(), n, layout.frames(), layout.cueWidth())
            : null,
        input);
  }

  /** Left becomes right. */
  private static HazardTarget mirror(HazardTarget t) {
    Location l = t.location();
    return l == null
        ? t
        : new HazardTarget(t.classIndex(), new Location(-l.azimuth(), l.elevation(), l.distance()));
  }

  /** Sets some tokens to zero. */
  private static void drop(float[] tokens, Layout layout, SplittableRandom random, double share) {
    int width = layout.visualWidth();
    for (int t = 0; t < layout.visualTokens(); t++) {
      if (random.nextDouble() < share) {
        Arrays.fill(tokens, t * width, (t + 1) * width, 0);
      }
    }
  }

  /** The mean token; dropped ones count. */
  private static void mean(float[] tokens, Layout layout, float[] out, int at) {
    int width = layout.visualWidth();
    for (int t = 0; t < layout.visualTokens(); t++) {
      for (int i = 0; i < width; i++) {
        out[at + i] += tokens[t * width + i];
      }
    }
    for (int i = 0; i < width; i++) {
      out[at + i] /= layout.visualTokens();
    }
  }

  /** Tokens for the spatial fusion, their mean for the seed's. */
  private static NDArray pooled(NDArray tokens, Fusion fusion) {
    return fusion == Fusion.SPATIAL ? tokens : tokens.mean(new int[] {1});
  }
}
