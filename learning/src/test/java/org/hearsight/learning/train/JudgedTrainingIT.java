package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.imagination.ModelInput;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.progress.Progress;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.evaluate.Evaluation;
import org.hearsight.inference.evaluate.Foreign;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.TinyStore;
import org.hearsight.learning.deploy.GraphCheck;
import org.hearsight.learning.deploy.ImaginerTwin;
import org.hearsight.learning.deploy.Twin;
import org.hearsight.learning.weights.EncoderImport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What trained networks answer from encodings, beside what the exported model answers. */
class JudgedTrainingIT extends NativeTest {
  private static final TrainConfig CONFIG =
      TrainConfig.defaults()
          .withSchedule(6, 1, 1)
          .withShares(0, 0.1, 0.2)
          .with("model.withheld", List.of("seld_tokens", "depth", "occlusion", "histograms"));

  @TempDir private Path folder;

  /**
   * @param frozen share of the encoder, or none of it
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0})
  void answersAsTheExportedModelDoes(double frozen) {
    TrainConfig config = CONFIG.with("encoder.frozen_share", frozen);
    ScenarioStore store = TinyStore.write(folder.resolve("data"), 6, 4, 4);
    EncoderFolder seld = EncoderImport.untrainedSeld(engine, 1, folder.resolve("seld"));
    EncoderFolder resnet50 = EncoderImport.untrainedResnet50(engine, 1, folder.resolve("resnet50"));
    ModelBundle bundle =
        new TrainingRun(
                config,
                store.folder(),
                seld.folder(),
                resnet50.folder(),
                folder.resolve("model"),
                folder.resolve("cache"),
                "cpu",
                1)
            .run(false, Progress.SILENT)
            .bundle();
    JudgedTraining.Judged judged;
    try (JudgedTraining training =
        new JudgedTraining(
            store.folder(),
            Split.TEST,
            seld.folder(),
            resnet50.folder(),
            folder.resolve("cache"),
            "cpu",
            1,
            Progress.SILENT)) {
      judged =
          training.run(
              config, folder.resolve("row"), EnumSet.allOf(Foreign.class), Progress.SILENT);
    }

    assertThat(bundle.card().adapter().withheld())
        .containsExactly(
            ModelInput.SELD_TOKENS, ModelInput.HISTOGRAMS, ModelInput.DEPTH, ModelInput.OCCLUSION);
    assertThat(bundle.card().unknown()).isNull();
    assertThat(bundle.card().calibration().confidence().occlusion()).isZero();
    try (Hearsight hearsight = Hearsight.load(bundle.folder(), 1)) {
      Evaluation evaluation =
          Evaluation.run(
              hearsight, store, Split.TEST, EnumSet.allOf(Foreign.class), Progress.SILENT);
      assertThat(judged.answers()).hasSize(3);
      judged
          .answers()
          .forEach((system, answers) -> same(system, answers, evaluation.answers().get(system)));
    }
    // Exported as one graph, the model is rebuilt from its card, which says what is withheld.
    Twin twin = ImaginerTwin.of(bundle, manager, "1.2.3");
    try (OnnxNetwork network = OnnxNetwork.open(twin.graph().bytes(), "model", 1)) {
      GraphCheck check = GraphCheck.of(network, twin.sample(3, 5));
      assertThat(check.largest()).as(check.worst()).isLessThanOrEqualTo(GraphCheck.ALLOWED);
    }
  }

  /** A set without checksums may change under the same list of scenes. */
  @Test
  void contentsAreThoseOfTheFiles() throws IOException {
    ScenarioStore store = TinyStore.write(folder.resolve("data"), 2, 1, 1);
    Path seld = EncoderImport.untrainedSeld(engine, 1, folder.resolve("seld")).folder();
    Path resnet50 = EncoderImport.untrainedResnet50(engine, 1, folder.resolve("resnet50")).folder();
    String before = contents(store, seld, resnet50);
    assertThat(contents(store, seld, resnet50)).isEqualTo(before);

    Path sound = store.resolve(store.scenarios(Split.TEST).get(0).files().audio());
    byte[] bytes = Files.readAllBytes(sound);
    bytes[bytes.length - 1] ^= 1;
    Files.write(sound, bytes);
    assertThat(contents(store, seld, resnet50)).isNotEqualTo(before);
  }

  private String contents(ScenarioStore store, Path seld, Path resnet50) {
    try (JudgedTraining training =
        new JudgedTraining(
            store.folder(),
            Split.TEST,
            seld,
            resnet50,
            folder.resolve("cache"),
            "cpu",
            1,
            Progress.SILENT)) {
      return training.contents();
    }
  }

  /** What an encoder learned must not enter a training that is called "from scratch". */
  @Test
  void fromScratchItIsTheSeedThatDrawsTheEncoder() {
    ScenarioStore store = TinyStore.write(folder.resolve("data"), 4, 2, 2);
    Path resnet50 = EncoderImport.untrainedResnet50(engine, 1, folder.resolve("resnet50")).folder();
    TrainConfig scratch =
        TrainConfig.defaults().withSchedule(4, 1, 0).with("encoder.from_scratch", true);

    List<Answer> one = answers(store, scratch, 1, resnet50);
    List<Answer> other = answers(store, scratch, 2, resnet50);

    assertThat(other).hasSameSizeAs(one);
    for (int i = 0; i < one.size(); i++) {
      assertThat(other.get(i).classProbabilities()).isEqualTo(one.get(i).classProbabilities());
    }
    List<Answer> drawn = answers(store, scratch.withSeed(2), 1, resnet50);
    assertThat(drawn.get(0).classProbabilities()).isNotEqualTo(one.get(0).classProbabilities());
  }

  /** All of it trains, from what it learned. */
  @Test
  void ofWhichNothingIsFrozenBeginsAsItIs() {
    ScenarioStore store = TinyStore.write(folder.resolve("data"), 4, 2, 2);
    Path resnet50 = EncoderImport.untrainedResnet50(engine, 1, folder.resolve("resnet50")).folder();
    TrainConfig whole =
        TrainConfig.defaults().withSchedule(4, 1, 0).with("encoder.frozen_share", 0.0);

    List<Answer> one = answers(store, whole, 1, resnet50);
    List<Answer> other = answers(store, whole, 2, resnet50);

    assertThat(other.get(0).classProbabilities()).isNotEqualTo(one.get(0).classProbabilities());
  }

  /** Of a training beside an encoder of a seed. */
  private List<Answer> answers(ScenarioStore store, TrainConfig config, long seld, Path resnet50) {
    Path of = folder.resolve("seld" + seld + "-" + config.seed());
    try (JudgedTraining training =
        new JudgedTraining(
            store.folder(),
            Split.TEST,
            EncoderImport.untrainedSeld(engine, seld, of).folder(),
            resnet50,
            folder.resolve("cache"),
            "cpu",
            1,
            Progress.SILENT)) {
      return training
          .run(
              config,
              of.resolveSibling(of.getFileName() + "-row"),
              EnumSet.noneOf(Foreign.class),
              Progress.SILENT)
          .answers()
          .get(Evaluation.IMAGINATION);
    }
  }

  private static void same(String system, List<Answer> answers, List<Answer> exported) {
    assertThat(answers).hasSameSizeAs(exported);
    for (int i = 0; i < answers.size(); i++) {
      Answer a = answers.get(i);
      Answer b = exported.get(i);
      assertThat(a.truth()).isEqualTo(b.truth());
      for (int c = 0; c < a.classProbabilities().length; c++) {
        assertThat(a.classProbabilities()[c])
            .as("%s, %s", system, a.truth().id())
            .isCloseTo(b.classProbabilities()[c], within(1e-3f));
      }
      assertThat(a.confidence()).isCloseTo(b.confidence(), within(1e-3));
      assertThat(a.reliability()[0]).isCloseTo(b.reliability()[0], within(1e-3));
      for (int p = 0; p < 1152; p++) {
        assertThat(a.places().probability(p)).isCloseTo(b.places().probability(p), within(1e-4));
      }
    }
  }
}
