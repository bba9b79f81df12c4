package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.audio.Hearing;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.checkpoint.StateDict;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.TinyStore;
import org.hearsight.learning.encode.EncodedScenes;
import org.hearsight.learning.encode.EncodedSet.Layout;
import org.hearsight.learning.encode.EncodedSet.Part;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.layer.LoadRules;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.loop.SavedRun;
import org.hearsight.learning.loop.TrainingLoop;
import org.hearsight.learning.model.AudioEncoder;
import org.hearsight.learning.model.ImaginationModel;
import org.hearsight.learning.model.ResNet50;
import org.hearsight.learning.weights.EncoderImport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training on what ONNX Runtime encoded once, beside training that runs the frozen encoders with
 * libtorch at every step, as the seed does.
 */
class CachedEncodingIT extends NativeTest {
  // Places are no encoder's, and would have to be given to the reference, too.
  private static final TrainConfig CONFIG =
      TrainConfig.defaults().with("model.location", LocationForm.SPHERICAL).withSchedule(4, 3, 3);

  @TempDir private Path folder;

  @Test
  void givesTheSameLossCurve() {
    TorchEngine engine = TorchEngine.start(1);
    ScenarioStore store = TinyStore.write(folder.resolve("data"), 8, 3, 0);
    EncoderFolder seld = EncoderImport.untrainedSeld(engine, 1, folder.resolve("seld"));
    EncoderFolder resnet50 = EncoderImport.untrainedResnet50(engine, 1, folder.resolve("resnet50"));
    Path to = folder.resolve("model");
    List<EpochRecord> cached =
        new TrainingRun(
                CONFIG,
                store.folder(),
                seld.folder(),
                resnet50.folder(),
                to,
                folder.resolve("cache"),
                "cpu",
                1)
            .run(false, Progress.SILENT)
            .trained()
            .history();

    Hearing hearing = new Hearing(new FoaFeatures(), ModelBundle.open(to).card().scaler());
    AudioEncoder trained = EncoderImport.loadAudio(seld, manager);
    trained.unfreezeTop(CONFIG.encoder().frozenShare());
    List<EpochRecord> uncached =
        new TrainingLoop<>(
                engine,
                Device.cpu(),
                new ImaginationTraining(
                    CONFIG,
                    store,
                    new Live(store, seld, resnet50, hearing, manager, factory(1)),
                    null,
                    trained,
                    FoaFeatures.BANDS,
                    new ImaginationModel(
                        ImaginationModel.Config.of(
                            CONFIG.model().fusion(),
                            trained.width() + SpatialCues.WIDTH,
                            store.taxonomy().size(),
                            CONFIG.model().location()),
                        new ParameterFactory(manager, new SplittableRandom(CONFIG.seed())))),
                SavedRun.begun(
                    TrainingRun.folder(folder.resolve("live")),
                    false,
                    CONFIG,
                    "live",
                    EpochRecord.class),
                Progress.SILENT)
            .run()
            .history();

    assertThat(uncached).hasSize(CONFIG.epochs());
    for (int e = 0; e < CONFIG.epochs(); e++) {
      EpochRecord a = cached.get(e);
      EpochRecord b = uncached.get(e);
      assertThat(a.train().total())
          .as("epoch %d", e + 1)
          .isCloseTo(b.train().total(), within(1e-3));
      assertThat(a.validation().total()).isCloseTo(b.validation().total(), within(1e-3));
      assertThat(a.accuracy()).isEqualTo(b.accuracy());
    }
    assertThat(uncached.get(5).train().total())
        .isNotCloseTo(uncached.get(0).train().total(), within(1e-2));
  }

  /** Runs the frozen encoders whenever it is asked. */
  private static final class Live implements EncodedScenes {
    private final ScenarioStore store;
    private final List<Scenario> train;
    private final AudioEncoder encoder;
    private final int boundary;
    private final ResNet50 pictures;
    private final Hearing hearing;
    private final NDManager manager;

    Live(
        ScenarioStore store,
        EncoderFolder seld,
        EncoderFolder resnet50,
        Hearing hearing,
        NDManager manager,
        ParameterFactory factory) {
      this.store = store;
      this.train = store.scenarios(Split.TRAIN);
      this.hearing = hearing;
      this.manager = manager;
      encoder = EncoderImport.loadAudio(seld, manager);
      encoder.unfreezeTop(CONFIG.encoder().frozenShare());
      boundary = encoder.firstTrainableStage();
      encoder.freeze();
      pictures = new ResNet50(ResNet50.Config.encoder(VisualPlanes.COUNT), factory);
      pictures.load(StateDict.read(resnet50.weights()).tensors(), "resnet50", LoadRules.strict());
      pictures.freeze();
    }

    @Override
    public Layout layout() {
      return new Layout(
          10,
          encoder.width(),
          encoder.widthAfter(boundary - 1),
          SpatialCues.WIDTH,
          VisualPlanes.TOKENS,
          pictures.width());
    }

    @Override
    public void copy(int index, Part part, float[] out, int at) {
      boolean mirrored = index >= store.scenarios().size();
      Scenario s =
          mirrored ? train.get(index - store.scenarios().size()) : store.scenarios().get(index);
      float[] values =
          switch (part) {
            case AUDIO -> heard(s, mirrored, encoder.stageNames().size());
            case BOUNDARY -> heard(s, mirrored, boundary);
            case CUES -> hearing.hear(foa(s, mirrored), true, 1).cues();
            case VISUAL -> seen(view(s, mirrored));
            case GEOMETRY -> VisualPlanes.tokenGeometry(view(s, mirrored));
            case OCCLUSION -> new float[] {view(s, mirrored).occlusionLevel()};
          };
      System.arraycopy(values, 0, out, at, layout().floats(part));
    }

    private View view(Scenario s, boolean mirrored) {
      View view = StoredView.read(store, s);
      return mirrored ? view.mirrored() : view;
    }

    private float[][] foa(Scenario s, boolean mirrored) {
      float[][] foa = Foa.read(store.resolve(s.files().audio())).channels();
      for (int i = 0; mirrored && i < foa[Foa.Y].length; i++) {
        foa[Foa.Y][i] = -foa[Foa.Y][i];
      }
      return foa;
    }

    private float[] heard(Scenario s, boolean mirrored, int stages) {
      float[] features = hearing.hear(foa(s, mirrored), true, 1).features();
      long frames = features.length / FoaFeatures.PLANES / FoaFeatures.BANDS;
      return run(
          scope ->
              encoder.encode(
                  TensorBridge.toArray(
                      scope, features, 1, FoaFeatures.PLANES, frames, FoaFeatures.BANDS),
                  0,
                  stages));
    }

    private float[] seen(View view) {
      return run(
          scope ->
              pictures
                  .features(
                      TensorBridge.toArray(
                          scope,
                          VisualPlanes.of(view),
                          1,
                          VisualPlanes.COUNT,
                          View.SIZE,
                          View.SIZE))
                  .reshape(1, pictures.width(), VisualPlanes.TOKENS)
                  .transpose(0, 2, 1));
    }

    private float[] run(Function<NDManager, NDArray> network) {
      float[][] values = new float[1][];
      try (NDManager scope = manager.newSubManager()) {
        Gradients.pause(() -> values[0] = network.apply(scope).toFloatArray());
      }
      return values[0];
    }
  }
}
