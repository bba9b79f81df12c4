package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFeatures;
import org.hearsight.core.audio.Hearing;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.checkpoint.StateDict;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.ViewReader;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.evaluate.Evaluation;
import org.hearsight.inference.session.FloatBatch;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.TinyStore;
import org.hearsight.learning.deploy.Export;
import org.hearsight.learning.deploy.ImaginerTwin;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.export.NetworkGraph;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.model.ImaginationModel;
import org.hearsight.learning.weights.EncoderImport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a trained bundle answers, and how it is scored. */
class TrainedModelIT {
  @TempDir private static Path shared;
  private static ScenarioStore store;
  private static Path model;
  private static Hearsight hearsight;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    TorchEngine engine = TorchEngine.start(1);
    store = TinyStore.write(shared.resolve("data"), 8, 4, 5);
    model = shared.resolve("model");
    new TrainingRun(
            TrainConfig.defaults().withSchedule(8, 1, 0),
            store.folder(),
            EncoderImport.untrainedSeld(engine, 1, shared.resolve("seld")).folder(),
            EncoderImport.untrainedResnet50(engine, 1, shared.resolve("resnet50")).folder(),
            model,
            shared.resolve("cache"),
            "cpu",
            1)
        .run(false, Progress.SILENT);
    hearsight = Hearsight.load(model, 1);
  }

  @AfterAll
  static void close() {
    hearsight.close();
  }

  private static Scenario scene(int index) {
    return store.scenarios(Split.TEST).get(index);
  }

  private static float[][] sound(int index) {
    return Foa.read(store.resolve(scene(index).files().audio())).channels();
  }

  private static Clip clip(float[][] foa) {
    return Clip.of(foa, Foa.SAMPLE_RATE);
  }

  private static View view(int index) {
    return StoredView.read(store, scene(index));
  }

  @Test
  void sharesSumToOne() {
    for (int i = 0; i < store.scenarios(Split.TEST).size(); i++) {
      Imagination a = hearsight.imagine(clip(sound(i)), view(i));

      assertThat(a.probabilities().keySet())
          .containsExactlyElementsOf(TinyStore.TAXONOMY.classes());
      assertThat(a.probabilities().values()).allMatch(p -> p > 0 && p < 1);
      assertThat(a.probabilities().values().stream().mapToDouble(p -> p).sum())
          .isCloseTo(1, within(1e-9));
      assertThat(a.probabilities().get(a.className()))
          .isEqualTo(a.probabilities().values().stream().mapToDouble(p -> p).max().getAsDouble());
      assertThat(a.reliability().audio() + a.reliability().visual()).isCloseTo(1, within(1e-6));
      assertThat(a.confidence()).isBetween(0.0, 1.0);
      assertThat(a.location().distance()).isPositive();
      assertThat(a.spread().degrees()).isBetween(1.0, 90.0);
      assertThat(a.spread().distanceFactor()).isGreaterThan(1);
      assertThat(a.occlusionLevel()).isCloseTo(scene(i).occlusionLevel(), within(1e-6));
      assertThat(a.notes()).isEmpty();
    }
  }

  @Test
  void theEndOfALongClipIsJudged() {
    float[][] clip = sound(1);
    float[][] noise = sound(2);
    float[][] longer = new float[4][];
    for (int c = 0; c < 4; c++) {
      longer[c] = Arrays.copyOf(noise[c], 2 * TinyStore.SAMPLES);
      System.arraycopy(clip[c], 0, longer[c], TinyStore.SAMPLES, TinyStore.SAMPLES);
    }

    Imagination answer = hearsight.imagine(clip(longer).noting(List.of("first")), view(1));

    assertThat(answer.notes())
        .containsExactly("first", "audio is 2.0 s long; its last 1 s are judged");
    Imagination alone = hearsight.imagine(clip(clip), view(1));
    assertThat(answer.probabilities()).isEqualTo(alone.probabilities());
    assertThat(answer.location()).isEqualTo(alone.location());
  }

  @Test
  void aShortClipIsAnsweredWithANote() {
    float[][] half = new float[4][];
    for (int c = 0; c < 4; c++) {
      half[c] = Arrays.copyOf(sound(1)[c], TinyStore.SAMPLES / 2);
    }
    assertThat(hearsight.imagine(clip(half), view(1)).notes())
        .containsExactly("audio is 0.5 s long; the model was trained on 1 s");

    float[][] shortest = new float[4][2400];
    assertThat(hearsight.imagine(clip(shortest), view(1)).confidence()).isBetween(0.0, 1.0);
    assertThatThrownBy(() -> hearsight.imagine(clip(new float[4][2399]), view(1)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("audio: duration: 0.10 s, expected at least 0.1 s; ");
  }

  @Test
  void arraysThatAreNotSoundAreRefusedAsFilesAre() {
    assertNotSound(new float[3][TinyStore.SAMPLES], "audio: channels: 3, expected 4");
    float[][] uneven = sound(1);
    uneven[2] = Arrays.copyOf(uneven[2], TinyStore.SAMPLES - 1);
    assertNotSound(uneven, "audio: channel 3: 23999 samples, but channel 1 has 24000");
    float[][] broken = sound(1);
    broken[3][77] = Float.NaN;
    assertNotSound(broken, "audio: data: sample 77 of channel 4 is NaN");
    broken[3][77] = 32767;
    assertNotSound(broken, "audio: data: sample 77 of channel 4 is 32767.0");
  }

  private static void assertNotSound(float[][] foa, String message) {
    assertThatThrownBy(() -> hearsight.imagine(clip(foa), view(1)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void whatIsNotASoundFieldIsAnsweredWithANote() {
    float[][] dead = sound(1);
    dead[Foa.Y] = new float[TinyStore.SAMPLES];
    assertThat(hearsight.imagine(clip(dead).noting(List.of("first")), view(1)).notes())
        .containsExactly(
            "first", "channel 2 (Y) is silent: not a sound field in W, Y, Z, X and SN3D");
    float[] one = sound(1)[Foa.W];
    float[][] copied = {one, one.clone(), one.clone(), one.clone()};
    assertThat(hearsight.imagine(clip(copied), view(1)).notes())
        .singleElement()
        .asString()
        .startsWith("channel 2 (Y) is channel 1 (W), channel 3 (Z) is channel 1 (W), ");
  }

  @Test
  void aLongRecordingIsReadFromItsEnd() {
    float[][] clip = sound(1);
    float[][] longer = new float[4][];
    for (int c = 0; c < 4; c++) {
      longer[c] = Arrays.copyOf(sound(2)[c], 2 * TinyStore.SAMPLES);
      System.arraycopy(clip[c], 0, longer[c], TinyStore.SAMPLES, TinyStore.SAMPLES);
    }
    Path file = folder.resolve("long.wav");
    Wav.write(file, new Audio(Foa.SAMPLE_RATE, longer), Encoding.FLOAT_32);

    Clip read = hearsight.read(file);
    assertThat(read.foa()).isDeepEqualTo(clip);
    assertThat(read.notes()).containsExactly("audio is 2.0 s long; its last 1 s are judged");
    Wav.write(file, new Audio(Foa.SAMPLE_RATE, new float[4][2399]), Encoding.FLOAT_32);
    assertThatThrownBy(() -> hearsight.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": duration: 0.10 s, expected at least 0.1 s; ");
  }

  @Test
  void aShortRecordingIsNamed() {
    Path file = folder.resolve("short.wav");
    Wav.write(file, new Audio(Foa.SAMPLE_RATE, new float[4][2399]), Encoding.FLOAT_32);
    assertThatThrownBy(() -> hearsight.imagine(Clip.read(file), view(1)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": duration: 0.10 s, expected at least 0.1 s; ");
  }

  @Test
  void aCardOfOtherClassesThanTheHeadIsRefused() throws IOException {
    for (Path part :
        List.of(
            ModelBundle.seldEncoder(model),
            ModelBundle.visualEncoder(model),
            ModelBundle.imagination(model))) {
      Files.createLink(folder.resolve(part.getFileName()), part);
    }
    String card = Files.readString(model.resolve("model.json"));
    String last = TinyStore.TAXONOMY.nameOf(TinyStore.TAXONOMY.size() - 1);
    String fewer = card.replaceFirst(",\\s*\"" + last + "\"", "");
    assertThat(fewer).isNotEqualTo(card);
    Files.writeString(folder.resolve("model.json"), fewer);
    assertThatThrownBy(() -> Hearsight.load(folder, 1))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.resolve("model.json") + ": is damaged or was edited: ");
    fewer = withoutChecksums(fewer);
    Files.writeString(folder.resolve("model.json"), fewer);

    assertThatThrownBy(() -> Hearsight.load(folder, 1))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(ModelBundle.imagination(folder) + ": class_logits: ");
  }

  @Test
  void withoutPicturesTheViewIsOccludedAndTheReaderIsTold() {
    ViewReader.Seen nothing = ViewReader.read(ViewReader.Options.NOTHING);

    Imagination answer = hearsight.imagine(clip(sound(1)).noting(nothing.notes()), nothing.view());

    assertThat(answer.occlusionLevel()).isEqualTo(1);
    assertThat(answer.notes()).hasSize(3).first().asString().startsWith("no picture: ");
    assertThat(answer.probabilities())
        .isEqualTo(hearsight.imagine(clip(sound(1)), View.blind()).probabilities())
        .isNotEqualTo(hearsight.imagine(clip(sound(1)), view(1)).probabilities());
  }

  @Test
  void silenceIsAnsweredToo() {
    Imagination a = hearsight.imagine(clip(new float[4][TinyStore.SAMPLES]), View.blind());
    assertThat(a.probabilities().values()).allMatch(Double::isFinite);
    assertThat(a.location().distance()).isFinite();
  }

  /** The last clip of the batch has no picture. */
  @Test
  void oneFileAnswersTheSame() {
    Path file = folder.resolve("model.onnx");
    Export.model(model, file, 1, "1.2.3");
    Hearing hearing = new Hearing(new FoaFeatures(), hearsight.card().scaler(), 1);
    List<View> views = List.of(view(1), view(2), View.blind());
    List<float[]> features = new ArrayList<>();
    List<float[]> cues = new ArrayList<>();
    List<float[]> planes = new ArrayList<>();
    for (int i = 0; i < views.size(); i++) {
      Hearing.Heard heard = hearing.hear(sound(i + 1), true);
      features.add(heard.features());
      cues.add(heard.cues());
      planes.add(VisualPlanes.of(view(i + 1)));
    }
    List<float[]> occlusion =
        views.stream().map(v -> new float[] {v.isBlind() ? 0.3f : v.occlusionLevel()}).toList();
    List<float[]> sight = views.stream().map(v -> new float[] {v.isBlind() ? 0 : 1}).toList();
    Map<String, float[]> out;
    try (OnnxNetwork network = OnnxNetwork.open(file, 1)) {
      out =
          network.runFloats(
              Map.of(
                  "features", FloatBatch.of(features, 7, 50, 64),
                  "cues", FloatBatch.of(cues, 10, SpatialCues.WIDTH),
                  "planes", FloatBatch.of(planes, 5, View.SIZE, View.SIZE),
                  "occlusion", FloatBatch.of(occlusion, 1),
                  "sight", FloatBatch.of(sight, 1)));
    }

    for (int i = 0; i < views.size(); i++) {
      Imagination a = hearsight.imagine(clip(sound(i + 1)), views.get(i));
      List<Double> shares = List.copyOf(a.probabilities().values());
      for (int c = 0; c < shares.size(); c++) {
        near(out, "class_probabilities", i * shares.size() + c, shares.get(c));
      }
      Vec3 unit = a.location().direction().unit();
      near(out, "direction", 3 * i, unit.x());
      near(out, "direction", 3 * i + 1, unit.y());
      near(out, "direction", 3 * i + 2, unit.z());
      near(out, "distance", i, a.location().distance());
      near(out, "spread_degrees", i, a.spread().degrees());
      near(out, "spread_factor", i, a.spread().distanceFactor());
      near(out, "confidence", i, a.confidence());
      near(out, "reliability", 2 * i, a.reliability().audio());
    }
  }

  /** Within 1e-4, and of numbers above 1 within that share of them. */
  private static void near(Map<String, float[]> out, String name, int index, double expected) {
    assertThat((double) out.get(name)[index])
        .as(name + " " + index)
        .isCloseTo(expected, within(1e-4 * Math.max(1, Math.abs(expected))));
  }

  @Test
  void manyThreadsGetTheSameAnswers() {
    List<Imagination> alone =
        IntStream.range(0, 4).mapToObj(i -> hearsight.imagine(clip(sound(i)), view(i))).toList();
    List<Imagination> together =
        IntStream.range(0, 4)
            .parallel()
            .mapToObj(i -> hearsight.imagine(clip(sound(i)), view(i)))
            .toList();
    assertThat(together).isEqualTo(alone);
  }

  private static String withoutChecksums(String card) {
    return card.replaceFirst("(?s),\\s*\"checksums\" : \\{.*?\\}", "");
  }

  private void copyModel() throws IOException {
    try (Stream<Path> files = Files.list(model)) {
      for (Path file : files.filter(f -> f.toString().matches(".*(onnx|json)")).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Loaded or not: what is wrong with it is said by its checksum. */
  @Test
  void aDamagedPartIsNamed() throws IOException {
    copyModel();
    for (Path part :
        List.of(
            ModelBundle.seldEncoder(folder),
            ModelBundle.visualEncoder(folder),
            ModelBundle.imagination(folder))) {
      byte[] whole = Files.readAllBytes(part);
      byte[] flipped = whole.clone();
      flipped[whole.length / 2] ^= 64;
      for (byte[] damaged : List.of(Arrays.copyOf(whole, whole.length / 2), flipped)) {
        Files.write(part, damaged);
        assertThatThrownBy(() -> Hearsight.load(folder, 1))
            .isInstanceOf(InputException.class)
            .hasMessageStartingWith(part + ": is damaged: ")
            .hasMessageNotContaining("\n");
      }
      Files.write(part, whole);
    }
  }

  @Test
  void anOlderModelOpensAndItsDamageIsSeenInItsAnswer() throws IOException {
    copyModel();
    Path card = folder.resolve("model.json");
    Files.writeString(card, withoutChecksums(Files.readString(card)));
    try (Hearsight older = Hearsight.load(folder, 1)) {
      assertThat(older.imagine(clip(sound(1)), view(1)))
          .isEqualTo(hearsight.imagine(clip(sound(1)), view(1)));
    }

    Path part = ModelBundle.imagination(folder);
    byte[] whole = Files.readAllBytes(part);
    Files.write(part, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Hearsight.load(folder, 1))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(part + ": cannot be loaded: ");

    // One number of the localizer, as one flipped bit makes it: 40 is e^40 metres.
    for (float number : new float[] {40, 3e38f}) {
      Map<String, Tensor> weights = new HashMap<>();
      StateDict.read(ModelBundle.weights(model))
          .tensors()
          .forEach(
              (name, t) -> {
                float[] values = t.floats();
                if (name.equals("imagination_head.localizer.2.bias")) {
                  values[4] = number;
                }
                weights.put(name, Tensor.of(values, t.shape()));
              });
      try (NDManager manager = TorchEngine.start(1).newManager(Device.cpu())) {
        ImaginationModel.Config config =
            ImaginationModel.Config.of(
                Fusion.SPATIAL,
                weights.get("adapter.audio_projection.weight").shape()[1],
                TinyStore.TAXONOMY.size(),
                LocationForm.SPHERICAL);
        ImaginationModel net =
            new ImaginationModel(config, new ParameterFactory(manager, new SplittableRandom(1)));
        net.load(ImaginerTwin.Parts.of(weights).imagination(), "test");
        NetworkGraph.imagination(net, Map.of()).write(part);
      }
      try (Hearsight damaged = Hearsight.load(folder, 1)) {
        assertThatThrownBy(() -> damaged.imagine(clip(sound(1)), view(1)))
            .isInstanceOf(InputException.class)
            .hasMessageStartingWith(
                part + ": is damaged or was trained wrongly: its answer has location: ")
            .hasMessageNotContaining("\n");
      }
    }
  }

  @Test
  void damagedWeightsAreNotExported() throws IOException {
    copyModel();
    Path weights = ModelBundle.weights(folder);
    Files.createDirectories(weights.getParent());
    byte[] bytes = Files.readAllBytes(ModelBundle.weights(model));
    bytes[bytes.length / 2] ^= 64;
    Files.write(weights, bytes);
    Path to = folder.resolve("model.onnx");
    assertThatThrownBy(() -> Export.model(folder, to, 1, "test"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(weights + ": is damaged: ");
    assertThat(to).doesNotExist();
  }

  @Test
  void scoresStandBesideTheBaselines() throws IOException {
    List<String> tasks = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public Task begin(String name, long total) {
            tasks.add(name + " " + total);
            return amount -> {};
          }

          @Override
          public void note(String line) {}
        };

    Evaluation evaluation = Evaluation.run(hearsight, store, Split.TEST, progress);

    assertThat(tasks).containsExactly("evaluate 5");
    assertThat(evaluation.scores().keySet())
        .containsExactly(
            "imagination",
            "intensity vector",
            "intensity vector, last 1 s",
            "apparent direction",
            "majority",
            "always background");
    assertThat(evaluation.answers().values()).allMatch(a -> a.size() == 5);
    // A plane wave from the truth: the classical estimate cannot miss it, as the apparent direction
    // of this data set does by design.
    List<Answer> doa = evaluation.answers().get(Evaluation.DOA);
    assertThat(doa).filteredOn(a -> !a.truth().isBackground()).allMatch(a -> a.angle() < 5);
    assertThat(evaluation.table()).contains("imagination", "majority", "intensity vector");

    Path file = folder.resolve("scores.json");
    evaluation.write(file);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactlyElementsOf(evaluation.scores().keySet());
    Path again = folder.resolve("again.json");
    Evaluation.run(hearsight, store, Split.TEST, Progress.SILENT).write(again);
    assertThat(again).hasSameBinaryContentAs(file);
  }

  @Test
  void otherClassesAreRefused() {
    ScenarioStore other = TinyStore.index(folder, 2, 2, 4);
    ScenarioStore.Header h = other.header();
    ScenarioStore hazards =
        ScenarioStore.write(
            folder,
            new ScenarioStore.Header(
                h.formatVersion(), Taxonomy.hazards(), h.generator(), h.seed(), h.provenance()),
            other.scenarios());

    assertThatThrownBy(() -> Evaluation.run(hearsight, hazards, Split.TEST, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder + ": taxonomy: ");
  }

  @Test
  void anEmptySplitIsRefused() {
    ScenarioStore none = TinyStore.index(folder, 2, 2, 0);
    assertThatThrownBy(() -> Evaluation.run(hearsight, none, Split.TEST, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder + ": split test: holds no scenario");
  }

  @Test
  void withoutTrainingScenesItIsSaidHowFarTheBaselinesLook() {
    ScenarioStore untrained = TinyStore.index(folder, 0, 2, 4);
    List<String> notes = new ArrayList<>();
    Progress progress = Progress.notes(notes::add);
    // Its recordings are missing, but that is found later.
    assertThatThrownBy(() -> Evaluation.run(hearsight, untrained, Split.TEST, progress))
        .isInstanceOf(InputException.class);
    assertThat(notes)
        .containsExactly(
            "the training split holds no hazard: systems that take their distance from it say"
                + " 10 m");
  }

  @Test
  void aMissingRecordingIsNamed() {
    ScenarioStore bare = TinyStore.index(folder, 2, 2, 4);
    assertThatThrownBy(() -> Evaluation.run(hearsight, bare, Split.TEST, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.resolve("foa_dev").toString());
  }
}
