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
import org.hearsight.learning.encode.EncodedSet;
import org.hearsight.learning.encode.EncodedSet.Encoded;
import org.hearsight.learning.encode.EncodedSet.Layout;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.loss.HazardTarget;
import org.hearsight.learning.model.Adapter;

/** The encoded scenarios of one split with their targets, handed out in batches. */
final class TrainingSet {
  private final List<Scenario> scenarios = new ArrayList<>();
  private final List<HazardTarget> targets = new ArrayList<>();
  private final List<Integer> records = new ArrayList<>();
  private final List<Integer> mirrored = new ArrayList<>();
  private final EncodedSet encoded;

  /**
   * @param most scenarios to take, the first of the split; 0 = all
   * @throws InputException if the split is empty
   */
  TrainingSet(ScenarioStore store, Split split, EncodedSet encoded, int most) {
    this.encoded = encoded;
    int twins = store.scenarios().size();
    for (int i = 0; i < store.scenarios().size(); i++) {
      Scenario s = store.scenarios().get(i);
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
   * @param tokens of the audio encoder [B, T', D], or the activations at the freeze boundary
   * @param cues beside them [B, T', {@value SpatialCues#WIDTH}]; null if the model has none
   * @param sight the adapter's input but for its audio
   */
  record Batch(
      List<Scenario> scenarios,
      List<HazardTarget> targets,
      NDArray tokens,
      NDArray cues,
      Adapter.Input sight) {
    /** The adapter's whole input, given the audio tokens [B, T', D]. */
    Adapter.Input input(NDArray audio, Fusion fusion) {
      NDArray all = cues == null ? audio : audio.concat(cues, 2);
      return new Adapter.Input(
          pooled(all, fusion), sight.visual(), sight.geometry(), sight.occlusion());
    }
  }

  int size() {
    return scenarios.size();
  }

  /**
   * The given members as a batch, owned by {@code manager}.
   *
   * @param fromBoundary whether audio is computed from the freeze boundary
   * @param random draws mirrored twins, omitted pictures and dropped tokens; null when evaluating
   */
  Batch batch(
      NDManager manager,
      int[] members,
      TrainConfig config,
      boolean fromBoundary,
      SplittableRandom random) {
    Layout layout = encoded.layout();
    int n = members.length;
    int audioWidth = fromBoundary ? layout.boundaryWidth() : layout.audioWidth();
    int audioFloats = layout.frames() * audioWidth;
    int visualFloats = layout.visualTokens() * layout.visualWidth();
    int geometryFloats = layout.visualTokens() * 2;
    float[] audio = new float[n * audioFloats];
    int cueFloats = layout.frames() * layout.cueWidth();
    float[] cues = new float[n * cueFloats];
    float[] visual = new float[n * visualFloats];
    float[] geometry = new float[n * geometryFloats];
    float[] occlusion = new float[n];
    List<Scenario> chosen = new ArrayList<>();
    List<HazardTarget> wanted = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int member = members[i];
      boolean mirror = random != null && random.nextDouble() < config.mirrorShare();
      Encoded e = encoded.read((mirror ? mirrored : records).get(member));
      System.arraycopy(
          fromBoundary ? e.boundary() : e.audio(), 0, audio, i * audioFloats, audioFloats);
      System.arraycopy(e.cues(), 0, cues, i * cueFloats, cueFloats);
      if (random != null && random.nextDouble() < config.blindShare()) {
        occlusion[i] = 1;
        for (int t = 0; t < layout.visualTokens(); t++) {
          geometry[i * geometryFloats + 2 * t] = 1;
        }
      } else {
        System.arraycopy(e.visual(), 0, visual, i * visualFloats, visualFloats);
        System.arraycopy(e.geometry(), 0, geometry, i * geometryFloats, geometryFloats);
        occlusion[i] = e.occlusion();
        if (random != null) {
          drop(
              visual,
              i * layout.visualTokens(),
              layout.visualTokens(),
              layout.visualWidth(),
              random,
              config.tokenDropout());
        }
      }
      chosen.add(scenarios.get(member));
      wanted.add(mirror ? mirror(targets.get(member)) : targets.get(member));
    }
    NDArray sight =
        TensorBridge.toArray(manager, visual, n, layout.visualTokens(), layout.visualWidth());
    NDArray cells =
        config.fusion() == Fusion.SPATIAL
            ? TensorBridge.toArray(manager, geometry, n, layout.visualTokens(), 2)
            : null;
    Adapter.Input input =
        new Adapter.Input(
            null,
            pooled(sight, config.fusion()),
            cells,
            TensorBridge.toArray(manager, occlusion, n, 1));
    return new Batch(
        chosen,
        wanted,
        TensorBridge.toArray(manager, audio, n, layout.frames(), audioWidth),
        config.cues()
            ? TensorBridge.toArray(manager, cues, n, layout.frames(), layout.cueWidth())
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

  /** Sets some of {@code count} tokens from the {@code first} on to zero. */
  private static void drop(
      float[] tokens, int first, int count, int width, SplittableRandom random, double share) {
    for (int t = first; t < first + count; t++) {
      if (random.nextDouble() < share) {
        Arrays.fill(tokens, t * width, (t + 1) * width, 0);
      }
    }
  }

  /** Tokens for the spatial fusion, their mean for the seed's. */
  private static NDArray pooled(NDArray tokens, Fusion fusion) {
    return fusion == Fusion.SPATIAL ? tokens : tokens.mean(new int[] {1});
  }
}
