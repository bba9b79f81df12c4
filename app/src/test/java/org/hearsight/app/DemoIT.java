package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of Hearsight, small: the demo in a process of its own, then its model at work. */
class DemoIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static Path demo;
  private static ScenarioStore store;
  private static Cli.Result result;

  @BeforeAll
  static void run() throws IOException, InterruptedException {
    demo = folder.resolve("demo");
    result =
        new Processes(folder)
            .run(
                "demo",
                "--train",
                20,
                "--validation",
                10,
                "--test",
                10,
                "--calibration",
                8,
                "--epochs",
                2,
                1,
                "--threads",
                1,
                "--to",
                demo);
    assertThat(result.exit()).as(result.err()).isZero();
    store = ScenarioStore.open(demo.resolve("data-20-10-10-8-seed1"));
  }

  @Test
  void printsTheScoresAndSaysWhatIsUntrained() {
    assertThat(result.out()).contains("imagination", "intensity vector", "majority", "report in ");
    assertThat(result.err())
        .contains("the SELD encoder is untrained; give --seld for a pretrained one")
        .contains("the picture encoder is untrained")
        .contains("epoch  3/3  stage 2")
        .doesNotContain("Exception", "WARN");
    assertThat(result.err().lines().filter(l -> l.contains("untrained"))).hasSize(2);
  }

  @Test
  void theReportHoldsTheScores() throws IOException {
    JsonNode scores = JSON.readTree(demo.resolve("scores.json").toFile());
    JsonNode imagination = scores.get("imagination");
    assertThat(imagination.get("scenarios").asInt()).isEqualTo(10);
    String page = Files.readString(demo.resolve("report.html"));

    assertThat(page).startsWith("<!DOCTYPE html>").contains("</html>").contains("untrained");
    scores.fieldNames().forEachRemaining(system -> assertThat(page).contains(system));
    double angle = imagination.get("hidden").get("localization").get("median_angle").asDouble();
    assertThat(page).contains(String.format(Locale.ROOT, ">%.1f°", angle));
    assertThat(page).contains("class=\"mass\"", "how probable, and the region of 90 %", "<audio");
    assertThat(page.replaceAll("data:(image|audio)/[^\"]*", ""))
        .doesNotContain("NaN", "null", "http://", "https://");
  }

  @Test
  void everySceneIsOnTheDisk() throws IOException {
    assertThat(store.scenarios(Split.TRAIN)).hasSize(20);
    for (Scenario s : store.scenarios()) {
      Scenario.Files f = s.files();
      for (String name : List.of(f.audio(), f.rgb(), f.depth(), f.occlusion())) {
        assertThat(store.resolve(name)).isNotEmptyFile();
      }
      assertThat(store.resolve(f.labels())).isRegularFile();
      assertThat(Files.size(store.resolve(f.labels())) == 0).isEqualTo(s.isBackground());
    }
  }

  @Test
  void theModelImaginesAScene() throws IOException {
    Scenario s = store.scenarios(Split.TEST).get(1);
    Cli.Result r =
        Cli.run(
            "imagine",
            "--model",
            demo.resolve("model"),
            "--audio",
            store.resolve(s.files().audio()),
            "--rgb",
            store.resolve(s.files().rgb()),
            "--depth",
            store.resolve(s.files().depth()),
            "--occlusion",
            store.resolve(s.files().occlusion()),
            "--threads",
            1,
            "--json");

    assertThat(r.exit()).as(r.err()).isZero();
    assertThat(r.err()).isEmpty();
    JsonNode answer = JSON.readTree(r.out());
    assertThat(r.out().strip()).startsWith("{").endsWith("}");
    double sum = 0;
    for (JsonNode p : answer.get("probabilities")) {
      sum += p.asDouble();
    }
    assertThat(sum).isCloseTo(1, within(1e-9));
    assertThat(answer.get("occlusion_level").asDouble())
        .isCloseTo(s.occlusionLevel(), within(0.01));
    assertThat(answer.get("notes").toString()).doesNotContain("no picture", "no depth");
    assertThat(store.taxonomy().classes()).contains(answer.get("class").asText());
  }

  @Test
  void withoutPicturesItAnswersFromSoundAndSaysSo() {
    Scenario s = store.scenarios(Split.TEST).get(1);

    Cli.Result r =
        Cli.run(
            "imagine",
            "--model",
            demo.resolve("model"),
            "--audio",
            store.resolve(s.files().audio()),
            "--threads",
            1);

    assertThat(r.exit()).as(r.err()).isZero();
    assertThat(r.out())
        .contains(" at azimuth ", "confidence ", "at occlusion 1.00", "note: no picture");
  }

  /** A home that has the demo's model as its own, and one that has none. */
  @Test
  void withoutModelTheOneThatShipsAnswers() throws IOException, InterruptedException {
    Path home = folder.resolve("home");
    copyModel(Files.createDirectories(home.resolve("weights/default")));
    Path audio = store.resolve(store.scenarios(Split.TEST).get(1).files().audio());
    Processes processes = new Processes(folder, "-Dhearsight.home=" + home);

    Cli.Result shipped = processes.run("imagine", "--audio", audio, "--threads", 1, "--json");
    assertThat(shipped.exit()).as(shipped.err()).isZero();
    Cli.Result given =
        Cli.run(
            "imagine",
            "--model",
            demo.resolve("model"),
            "--audio",
            audio,
            "--threads",
            1,
            "--json");
    assertThat(shipped.out()).isEqualTo(given.out());

    Cli.Result scores =
        processes.run("evaluate", "--data", store.folder(), "--threads", 1, "--json");
    assertThat(scores.exit()).as(scores.err()).isZero();
    assertThat(JSON.readTree(scores.out()))
        .isEqualTo(JSON.readTree(demo.resolve("scores.json").toFile()));

    Path bare = folder.resolve("bare");
    Cli.Result missing =
        new Processes(folder, "-Dhearsight.home=" + bare).run("imagine", "--audio", audio);
    assertThat(missing.exit()).isEqualTo(1);
    assertThat(missing.errLines())
        .singleElement()
        .asString()
        .startsWith("hearsight: " + bare.resolve("weights/default") + ": is missing: no model")
        .contains("--model=DIR");
  }

  private static void copyModel(Path to) throws IOException {
    try (Stream<Path> files = Files.list(demo.resolve("model"))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void evaluateGivesTheDemosScores() throws IOException {
    Cli.Result r =
        Cli.run(
            "evaluate",
            "--model",
            demo.resolve("model"),
            "--data",
            store.folder(),
            "--threads",
            1,
            "--json");

    assertThat(r.exit()).as(r.err()).isZero();
    assertThat(JSON.readTree(r.out()))
        .isEqualTo(JSON.readTree(demo.resolve("scores.json").toFile()));
  }

  @Test
  void theModelFolderHoldsWhatAnswersNeedAndNoMore() {
    Path model = demo.resolve("model");
    assertThat(ModelBundle.open(model).card().audio().pretrained()).isFalse();
    assertThat(model.toFile().list())
        .containsExactlyInAnyOrder(
            "model.json", "seld_encoder.onnx", "visual_encoder.onnx", "imagination.onnx");
    assertThat(demo.resolve("epochs.csv")).content().hasLineCount(4);
    assertThat(demo.resolve("trained")).doesNotExist();
    Cli.Result whole = Cli.run("export", "--model", model, "--to", folder.resolve("model.onnx"));
    assertThat(whole.err())
        .contains(model + ": holds a model that only answers, without weights; give the folder");
  }

  @Test
  void itsModelAnswersWhereThereIsNoTrainingEngine() throws IOException, InterruptedException {
    Processes processes = Processes.withoutTorch(folder);
    Path model = demo.resolve("model");
    Scenario scene = store.scenarios(Split.TEST).get(0);
    Cli.Result answer =
        processes.run(
            "imagine", "--model", model, "--audio", store.resolve(scene.files().audio()), "--json");
    assertThat(answer.exit()).as(answer.err()).isZero();
    assertThat(JSON.readTree(answer.out()).has("confidence")).isTrue();
    Cli.Result scores = processes.run("evaluate", "--model", model, "--data", store.folder());
    assertThat(scores.exit()).as(scores.err()).isZero();
  }
}
