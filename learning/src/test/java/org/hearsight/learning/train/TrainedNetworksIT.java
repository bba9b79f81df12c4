package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hearsight.core.audio.AvCrnnFeatures;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.bundle.SeldCard;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.checkpoint.StateDict;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.ConfidenceScaling;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.DistanceForm;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.inference.Hearsight;
import org.hearsight.learning.Goldens;
import org.hearsight.learning.deploy.Export;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.layer.LoadRules;
import org.hearsight.learning.model.Adapter;
import org.hearsight.learning.model.AudioEncoder;
import org.hearsight.learning.model.AvCrnn;
import org.hearsight.learning.model.ImaginationModel;
import org.hearsight.learning.model.ResNet50;
import org.hearsight.learning.weights.EncoderImport;
import org.junit.jupiter.api.Test;

/** A bundle's answers beside those of the networks it was trained from, in libtorch. */
class TrainedNetworksIT extends TrainedBundle {
  /** The same weights, the same data, another scaler on the encoder's card. */
  @Test
  void anotherScalerIsAnotherCacheAndAnotherRun() throws IOException {
    Path cache = folder.resolve("cache");
    EncoderFolder one = scaled("one", 0.5f);
    EncoderFolder other = scaled("other", 2);
    TrainConfig once = CONFIG.withSchedule(6, 1, 0);
    TrainingRun.Result before = run(once, one, folder.resolve("model"), cache);
    TrainingRun.Result after = run(once, other, folder.resolve("another"), cache);

    try (Stream<Path> files = Files.list(cache)) {
      assertThat(files).hasSize(2);
    }
    assertThat(after.trained().history()).isNotEqualTo(before.trained().history());
    assertSameAnswers(after.bundle(), other);
    TrainingRun resumed =
        new TrainingRun(
            once,
            store.folder(),
            other.folder(),
            resnet50.folder(),
            folder.resolve("model"),
            cache,
            "cpu",
            1);
    assertThatThrownBy(() -> resumed.run(true, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("fingerprint: the run was started with other options or data");
  }

  private static TrainingRun.Result run(
      TrainConfig config, EncoderFolder audio, Path to, Path cache) {
    return new TrainingRun(
            config, store.folder(), audio.folder(), resnet50.folder(), to, cache, "cpu", 1)
        .run(false, Progress.SILENT);
  }

  /** As a pretrained encoder, which brings its scaler along. */
  private EncoderFolder scaled(String name, float deviation) throws IOException {
    Path to = folder.resolve(name);
    Files.createDirectories(to);
    Files.copy(seld.weights(), to.resolve("weights.safetensors"));
    int n = FoaFeatures.PLANES * FoaFeatures.BANDS;
    FeatureScaler scaler =
        new FeatureScaler(Collections.nCopies(n, 0f), Collections.nCopies(n, deviation));
    EncoderCard c = seld.card();
    return EncoderFolder.finish(
        to,
        new EncoderCard(
            EncoderCard.FORMAT_VERSION,
            c.kind(),
            c.width(),
            c.inputs(),
            true,
            false,
            "test",
            "",
            new SeldCard(List.of("dog"), DistanceForm.METRES, scaler),
            null));
  }

  @Test
  void theBundleAnswersAsTheTrainedNetworks() {
    assertSameAnswers(first.bundle(), seld);
  }

  @Test
  void inEightBitsItSeesInTrainingAsInAnswering() throws IOException {
    Path to = folder.resolve("model");
    TrainConfig coarse = CONFIG.withSchedule(6, 1, 0).with("data.int8", true);

    ModelBundle bundle =
        run(coarse, to, folder.resolve("cache")).run(false, Progress.SILENT).bundle();

    assertThat(bundle.card().visual().int8().of("layer4.0")).isNotNull();
    assertThat(bundle.visualEncoder().toFile().length())
        .isLessThan(first.bundle().visualEncoder().toFile().length() / 3);
    assertThat(onlyFile(folder.resolve("cache")).getFileName())
        .isNotEqualTo(onlyFile(shared.resolve("cache")).getFileName());
    // Libtorch, given what that encoder sees, answers as the exported model does.
    Export whole = Export.model(to, folder.resolve("whole.onnx"), 1, "test");
    assertThat(whole.largestDifference()).isLessThan(1e-4);
    assertThat(whole.bytes()).isLessThan(bundle.weights().toFile().length() / 2);
    Export alone =
        Export.resnet50In8Bits(
            resnet50.folder(),
            store.folder(),
            folder.resolve("pictures.onnx"),
            1,
            "test",
            Progress.SILENT);
    assertThat(alone.largestDifference()).isBetween(1e-4, alone.allowedDifference());
  }

  @Test
  void fromScratchTheWholeEncoderTrainsOnAPartOfTheData() {
    TrainConfig scratch =
        CONFIG
            .withSchedule(6, 1, 1)
            .with("data.train_scenes", 6)
            .with("encoder.from_scratch", true);
    TrainingRun.Result trained =
        run(scratch, folder.resolve("model"), folder.resolve("cache")).run(false, Progress.SILENT);

    Map<String, Tensor> drawn = StateDict.read(seld.weights()).tensors();
    Map<String, Tensor> now = StateDict.read(trained.bundle().weights()).tensors();
    for (String name :
        List.of("conv_block_list.0.conv.weight", "gru.weight_hh_l0", "layer_norm_list.1.weight")) {
      assertThat(now.get("seld_encoder." + name).floats())
          .as(name)
          .isNotEqualTo(drawn.get(name).floats());
    }
    assertSameAnswers(trained.bundle(), seld);
  }

  @Test
  void theSeedsBundleAnswersAsTheTrainedNetworks() {
    TrainingRun.Result seeds =
        run(SEEDS, folder.resolve("model"), shared.resolve("cache")).run(false, Progress.SILENT);
    assertThat(seeds.bundle().card().adapter().fusion()).isEqualTo(Fusion.SEED);

    assertSameAnswers(seeds.bundle(), seld);
  }

  @Test
  void anotherBackboneChangesNothingElse() {
    EncoderFolder avCrnn =
        EncoderImport.untrainedAudio(AudioBackbone.AVCRNN, engine, 1, folder.resolve("avcrnn"));

    TrainingRun.Result result = with(avCrnn, "model");

    ModelBundle bundle = ModelBundle.open(result.bundle().folder());
    assertThat(bundle.card().audio().backbone()).isEqualTo(AudioBackbone.AVCRNN);
    assertThat(bundle.card().audio().width()).isEqualTo(512);
    assertThat(bundle.card().scaler().bands()).isEqualTo(257);
    assertThat(bundle.card().scaler()).as("fitted").isNotEqualTo(RAW);
    assertThat(result.trained().history()).extracting(EpochRecord::stage).containsExactly(1, 2);
    Map<String, Tensor> drawn = Safetensors.read(avCrnn.weights()).tensors();
    Map<String, Tensor> trained =
        Goldens.under("seld_encoder.", Safetensors.read(bundle.weights()).tensors());
    assertThat(trained.keySet()).isEqualTo(drawn.keySet());
    assertThat(trained.get("gru.weight_hh_l0").floats())
        .isNotEqualTo(drawn.get("gru.weight_hh_l0").floats());
    assertThat(trained.get("audio_encoder.conv3.weight").floats())
        .isEqualTo(drawn.get("audio_encoder.conv3.weight").floats());
    assertSameAnswers(bundle, avCrnn);

    try (Hearsight hearsight = Hearsight.load(bundle.folder(), 1)) {
      assertThatThrownBy(() -> hearsight.imagine(silence(3599), View.blind()))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("duration: 0.15 s");
      assertThat(hearsight.imagine(silence(3600), View.blind()).probabilities()).hasSize(4);
    }
  }

  @Test
  void aNetworkTrainedOnRawFeaturesHearsThemRaw() {
    Path weights =
        EncoderImport.untrainedAudio(AudioBackbone.AVCRNN, engine, 1, folder.resolve("drawn"))
            .weights();
    EncoderFolder imported =
        EncoderImport.audio(AudioBackbone.AVCRNN, engine, weights, folder.resolve("imported"))
            .folder();

    TrainingRun.Result result = with(imported, "raw");

    assertThat(result.bundle().card().scaler()).isEqualTo(RAW);
    assertSameAnswers(result.bundle(), imported);
  }

  private TrainingRun.Result with(EncoderFolder audio, String name) {
    return new TrainingRun(
            CONFIG,
            store.folder(),
            audio.folder(),
            resnet50.folder(),
            folder.resolve(name),
            folder.resolve("cache-" + name),
            "cpu",
            1)
        .run(false, Progress.SILENT);
  }

  private static Clip silence(int samples) {
    return Clip.of(new float[Foa.CHANNELS][samples], Foa.SAMPLE_RATE);
  }

  /** ONNX Runtime through the shipped pipeline, beside libtorch on the same weights. */
  private void assertSameAnswers(ModelBundle bundle, EncoderFolder encoder) {
    Networks networks = new Networks(bundle, encoder);
    try (Hearsight hearsight = Hearsight.load(bundle.folder(), 1)) {
      for (Scenario s : store.scenarios(Split.TEST)) {
        Clip clip = Clip.read(store.resolve(s.files().audio()));
        View view = StoredView.read(store, s);
        Imagination answer = hearsight.imagine(clip, view);
        ImaginationModel.Output<NDArray> expected =
            Gradients.infer(() -> networks.forward(clip.foa(), view));

        float[] p =
            expected.classLogits().div(bundle.card().temperature()).softmax(1).toFloatArray();
        int c = 0;
        for (double found : answer.probabilities().values()) {
          assertThat(found).isCloseTo(p[c++], within(1e-3));
        }
        LocationForm.Estimate place =
            bundle.card().adapter().location().decode(expected.location().toFloatArray());
        assertThat(answer.location().direction().angleTo(place.location().direction()))
            .isLessThan(0.1);
        assertThat(answer.location().distance() / place.location().distance())
            .isCloseTo(1, within(1e-3));
        double said = expected.confidence().toFloatArray()[0];
        assertThat(answer.confidence())
            .isCloseTo(bundle.card().confidence(evidence(said, view, answer)), within(1e-3));
        assertThat(answer.reliability().audio())
            .isCloseTo(expected.reliability().toFloatArray()[0], within(1e-3));
      }
    }
  }

  private static ConfidenceScaling.Evidence evidence(double said, View view, Imagination answer) {
    double[] classes =
        answer.probabilities().values().stream().mapToDouble(Double::doubleValue).toArray();
    return ConfidenceScaling.Evidence.of(said, view.occlusionLevel(), classes, answer.places());
  }

  /** The networks of a bundle in libtorch. */
  private final class Networks {
    private final ModelBundle bundle;
    private final AudioEncoder audio;
    private final ResNet50 visual =
        new ResNet50(ResNet50.Config.encoder(VisualPlanes.COUNT), factory(0));
    private final ImaginationModel model;

    Networks(ModelBundle bundle, EncoderFolder encoder) {
      this.bundle = bundle;
      audio = EncoderImport.loadAudio(encoder, manager);
      Map<String, Tensor> weights = Safetensors.read(bundle.weights()).tensors();
      audio.load(
          Goldens.under("seld_encoder.", weights),
          "bundle",
          LoadRules.strict().skip(audio.headPrefix(), ""));
      visual.load(Goldens.under("visual_encoder.", weights), "bundle");
      var adapter = bundle.card().adapter();
      model =
          new ImaginationModel(
              ImaginationModel.Config.of(
                  adapter.fusion(),
                  audio.width() + (adapter.cues() ? SpatialCues.WIDTH : 0),
                  bundle.card().taxonomy().size(),
                  adapter.location()),
              factory(0));
      model.load(
          weights,
          "bundle",
          LoadRules.strict().skip("seld_encoder.", "").skip("visual_encoder.", ""));
    }

    ImaginationModel.Output<NDArray> forward(float[][] foa, View view) {
      boolean avCrnn = audio instanceof AvCrnn;
      float[] levels = new FoaFeatures().compute(foa);
      float[] beside = new SpatialCues(avCrnn ? 8 : 5).of(levels);
      float[] map = avCrnn ? new AvCrnnFeatures().compute(foa) : levels;
      int bands = avCrnn ? 257 : 64;
      int frames = map.length / (7 * bands);
      float[] scaled = bundle.card().scaler().apply(map);
      NDArray heard = audio.encode(TensorBridge.toArray(manager, scaled, 1, 7, frames, bands));
      if (bundle.card().adapter().cues()) {
        NDArray cues =
            TensorBridge.toArray(
                manager, beside, 1, frames / audio.framesPerToken(), SpatialCues.WIDTH);
        heard = heard.concat(cues, 2);
      }
      NDArray planes =
          TensorBridge.toArray(
              manager, VisualPlanes.of(view), 1, VisualPlanes.COUNT, View.SIZE, View.SIZE);
      NDArray seen = visual.features(planes).reshape(1, 2048, 49).swapAxes(1, 2);
      boolean spatial = bundle.card().adapter().fusion() == Fusion.SPATIAL;
      return model.answer(
          new Adapter.Input<>(
              spatial ? heard : heard.mean(new int[] {1}),
              spatial ? seen : seen.mean(new int[] {1}),
              TensorBridge.toArray(manager, VisualPlanes.tokenGeometry(view), 1, 49, 2),
              TensorBridge.toArray(manager, new float[] {view.occlusionLevel()}, 1, 1)));
    }
  }
}
