package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.TinyStore;
import org.hearsight.learning.encode.EncodedSet;
import org.hearsight.learning.encode.PlaceSet;
import org.hearsight.learning.loop.SavedRun;
import org.hearsight.learning.loop.TrainingLoop;
import org.hearsight.learning.model.Adapter;
import org.hearsight.learning.model.ImaginationHead;
import org.hearsight.learning.model.ImaginationModel;
import org.hearsight.learning.model.PlaceHead;
import org.hearsight.learning.model.SeldNet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A training on small networks and made-up encodings. */
abstract class TinyTraining extends NativeTest {
  private static final int FRAMES = 10;
  private static final int HIDDEN = 16;
  private static final int CUES = 20;
  private static final int VISUAL = 256;
  private static final EncodedSet.Layout LAYOUT =
      new EncodedSet.Layout(FRAMES, HIDDEN, 2 * HIDDEN, CUES, 49, VISUAL);

  /** Of one direction, the smallest, at rates that stay and with an average of weights. */
  static final TrainConfig CONFIG =
      TrainConfig.seeds()
          .withForms(Fusion.SPATIAL, true, LocationForm.SPHERICAL, ConfidenceTarget.CORRECTNESS)
          .withShares(0.5, 0.1, 0.2)
          .withSchedule(6, 2, 2);

  @TempDir Path folder;
  private ScenarioStore store;
  private EncodedSet encoded;
  private PlaceSet places;

  @BeforeEach
  void encode() {
    store = TinyStore.index(folder.resolve("data"), 16, 6, 0);
    encoded = EncodedSet.open(folder.resolve("encoded.bin"), LAYOUT, "made up");
    store.scenarios().forEach(s -> encoded.append(encoding(s, s.seed())));
    // The training scenes' mirrored twins follow.
    store.scenarios(Split.TRAIN).forEach(s -> encoded.append(encoding(s, ~s.seed())));
    places = PlaceSet.open(folder.resolve("places.bin"), "made up");
    store.scenarios().forEach(s -> places.append(features(s.seed())));
  }

  private static EncodedSet.Encoded encoding(Scenario s, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new EncodedSet.Encoded(
        values(random, FRAMES * HIDDEN),
        values(random, FRAMES * 2 * HIDDEN),
        values(random, FRAMES * CUES),
        values(random, 49 * VISUAL),
        values(random, 49 * 2),
        (float) s.occlusionLevel());
  }

  private static PlaceFeatures features(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new PlaceFeatures(
        values(random, PlaceFeatures.HEARD * PlaceGrid.AZIMUTHS),
        values(random, PlaceFeatures.SEEN * PlaceGrid.AZIMUTHS),
        values(random, PlaceFeatures.KNOWN));
  }

  @AfterEach
  void closeEncoded() {
    places.close();
    encoded.close();
  }

  private static float[] values(SplittableRandom random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (2 * random.nextDouble() - 1);
    }
    return values;
  }

  /** A run with its networks. */
  final class Run {
    final SeldNet encoder =
        new SeldNet(
            new SeldNet.Config(
                7, 64, 4, List.of(5, 1, 1), List.of(4, 4, 2), HIDDEN, 2, 2, 2, 8, 12, 0.05),
            factory(1));
    final ImaginationModel model;
    final TrainConfig config;
    private final Path to;

    Run(TrainConfig config, String to) {
      this.config = config;
      this.to = folder.resolve(to);
      int audio = HIDDEN + (config.model().cues() ? CUES : 0);
      boolean map = config.model().location() == LocationForm.MAP;
      model =
          new ImaginationModel(
              new ImaginationModel.Config(
                  new Adapter.Config(config.model().fusion(), audio, VISUAL, 32, 4, 8, 49),
                  new ImaginationHead.Config(
                      64,
                      32,
                      16,
                      8,
                      TinyStore.TAXONOMY.size(),
                      config.model().location(),
                      config.model().dropout(),
                      true),
                  map ? new PlaceHead.Config(audio, VISUAL, 16) : null),
              factory(config.seed()));
    }

    TrainingLoop.Trained<EpochRecord> go(boolean resume, Progress progress) {
      return go(resume, progress, "made up");
    }

    TrainingLoop.Trained<EpochRecord> go(boolean resume, Progress progress, String fingerprint) {
      return new TrainingLoop<>(
              engine,
              Device.cpu(),
              new ImaginationTraining(
                  config,
                  store,
                  encoded,
                  config.model().location() == LocationForm.MAP ? places : null,
                  encoder,
                  encoder.config().bands(),
                  model),
              begun(to, resume, config, fingerprint),
              progress)
          .run();
    }
  }

  static SavedRun<EpochRecord> begun(
      Path to, boolean resume, TrainConfig config, String fingerprint) {
    return SavedRun.begun(TrainingRun.folder(to), resume, config, fingerprint, EpochRecord.class);
  }

  /** Stops the run, as a person might, right after an epoch was noted. */
  static Progress stopAfter(int epoch) {
    return Progress.notes(
        line -> {
          if (line.startsWith("epoch  " + epoch + "/")) {
            throw new CancellationException("stopped");
          }
        });
  }

  static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, t) -> assertThat(actual.get(name).bytes()).as(name).isEqualTo(t.bytes()));
  }

  static TrainConfig withRates(TrainConfig c, double stage1, double visual, double rest) {
    return c.with("stage1.rate", stage1)
        .with("stage1.visual_projection_rate", visual)
        .with("stage2.rate", rest)
        .with("stage2.encoder_rate", rest);
  }
}
