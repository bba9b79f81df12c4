package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.IntensityDirection;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.seld.SeldCsv;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.weights.EncoderImport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings with H.264 videos to occlusion scenarios to a model. */
class OccludeIT {
  private static final int SIZE = View.SIZE;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static Processes processes;
  private static ScenarioStore store;
  private static Cli.Result made;

  @BeforeAll
  static void occlude() throws IOException, InterruptedException {
    SmallRecordings.write(folder.resolve("starss23"));
    processes = new Processes(folder);
    made = processes.run(occludeInto(folder.resolve("store")));
    assertThat(made.exit()).as(made.err()).isZero();
    store = ScenarioStore.open(folder.resolve("store"));
  }

  private static Object[] occludeInto(Path to) {
    return new Object[] {
      "occlude",
      "--data",
      folder.resolve("starss23"),
      "--to",
      to,
      "--train",
      10,
      "--validation",
      4,
      "--test",
      6,
      "--preview",
      8
    };
  }

  @Test
  void saysWhatItMade() {
    assertThat(made.err())
        .contains("1 of 4 recordings have no video", "train: ", "occlude: 20 of 20")
        .doesNotContain("Exception", "WARN");
    assertThat(made.out()).contains("class", "footsteps", "occlusion level", "data set in ");
    assertThat(store.folder().resolve("preview.png")).isNotEmptyFile();
    assertThat(store.header().provenance().get("depth").asText()).startsWith("invented");
    assertThat(store.scenarios(Split.TRAIN)).hasSize(10);
    assertThat(store.scenarios(Split.VALIDATION)).hasSize(4);
    assertThat(store.scenarios(Split.TEST)).hasSize(6);
  }

  @Test
  void theTurnedSoundComesFromTheTurnedLabel() {
    int hazards = 0;
    for (Scenario s : store.scenarios()) {
      if (s.isBackground()) {
        continue;
      }
      hazards++;
      float[][] foa = Foa.read(store.resolve(s.files().audio())).channels();
      for (SeldEvent e : SeldCsv.read(store.resolve(s.files().labels()))) {
        int from = e.frame() * Foa.LABEL_FRAME_SAMPLES;
        Direction heard = new IntensityDirection().of(foa, from, from + Foa.LABEL_FRAME_SAMPLES);
        assertThat(heard.angleTo(e.direction())).as(s.id() + " frame " + e.frame()).isLessThan(2);
      }
    }
    assertThat(hazards).isGreaterThan(8);
  }

  /** The frames are red, green, blue and grey by quarters of azimuth. */
  @Test
  void thePictureIsTurnedLikeTheSound() throws IOException {
    Map<String, Double> looks = looks();
    int right = 0;
    int seen = 0;
    for (Scenario s : store.scenarios()) {
      if (s.files().rgb() == null) {
        continue;
      }
      View view = StoredView.read(store, s);
      for (int column = 4; column < SIZE; column += 8) {
        double y = 1 - 2 * (column + 0.5) / SIZE;
        double azimuth = Direction.wrap(looks.get(s.id()) + Math.toDegrees(Math.atan(y)));
        if (Math.abs(Math.IEEEremainder(azimuth, 90)) > 5) {
          int pixel = SIZE / 4 * SIZE + column;
          right += SmallRecordings.isOfQuarter(colour(view, pixel), azimuth) ? 1 : 0;
          seen++;
        }
      }
    }
    // Occluders hide the rest.
    assertThat(seen).isGreaterThan(200);
    assertThat((double) right / seen).isGreaterThan(0.4);
  }

  private static float[] colour(View view, int pixel) {
    return new float[] {
      view.rgb()[pixel], view.rgb()[SIZE * SIZE + pixel], view.rgb()[2 * SIZE * SIZE + pixel]
    };
  }

  private static Map<String, Double> looks() throws IOException {
    Map<String, Double> looks = new java.util.HashMap<>();
    for (String line : Files.readAllLines(store.folder().resolve("draws.jsonl"))) {
      JsonNode draw = JSON.readTree(line);
      looks.put(draw.get("id").asText(), draw.get("look").asDouble());
    }
    return looks;
  }

  @Test
  void aKilledRunGoesOnToTheSameBytes() throws IOException, InterruptedException {
    Path killed = folder.resolve("killed");
    Path journal = killed.resolve(".unfinished");
    processes.killWhen(
        () -> Files.isDirectory(journal) && journal.toFile().list().length >= 3,
        occludeInto(killed));
    assertThat(killed.resolve("scenarios.jsonl")).doesNotExist();

    Cli.Result again = processes.run(occludeInto(killed));

    assertThat(again.exit()).as(again.err()).isZero();
    for (Scenario s : store.scenarios()) {
      for (String file : List.of(s.files().audio(), s.files().labels())) {
        assertThat(killed.resolve(file)).hasSameBinaryContentAs(store.resolve(file));
      }
      if (s.files().rgb() != null) {
        assertThat(killed.resolve(s.files().rgb()))
            .hasSameBinaryContentAs(store.resolve(s.files().rgb()));
      }
    }
    assertThat(killed.resolve("scenarios.jsonl"))
        .hasSameBinaryContentAs(store.resolve("scenarios.jsonl"));
    assertThat(journal).doesNotExist();
  }

  @Test
  void trainAndEvaluateTakeIt() throws IOException, InterruptedException {
    TorchEngine engine = TorchEngine.start(1);
    EncoderImport.untrainedSeld(engine, 1, folder.resolve("seld"));
    EncoderImport.untrainedResnet50(engine, 1, folder.resolve("resnet50"));
    Path model = folder.resolve("model");

    Cli.Result trained =
        processes.run(
            "train",
            "--data",
            store.folder(),
            "--seld",
            folder.resolve("seld"),
            "--resnet50",
            folder.resolve("resnet50"),
            "--to",
            model,
            "--stage1-epochs",
            1,
            "--stage2-epochs",
            1,
            "--batch",
            4,
            "--threads",
            1);
    assertThat(trained.exit()).as(trained.err()).isZero();

    Cli.Result scores =
        Cli.run("evaluate", "--model", model, "--data", store.folder(), "--threads", 1, "--json");
    assertThat(scores.exit()).as(scores.err()).isZero();
    assertThat(JSON.readTree(scores.out()).get("imagination").get("scenarios").asInt())
        .isEqualTo(6);
  }

  @Test
  void wrongInputIsOneLine() {
    Cli.Result empty =
        Cli.run("occlude", "--data", folder, "--to", folder.resolve("nothing"), "--train", 4);
    assertThat(empty.exit()).isEqualTo(1);
    assertThat(empty.errLines()).hasSize(1);
    assertThat(empty.err()).contains("foa_dev: is missing; unpack foa_dev.zip");
    Cli.Result window =
        Cli.run("occlude", "--data", folder, "--to", folder.resolve("nothing"), "--window", "0.5");
    assertThat(window.exit()).isEqualTo(2);
    assertThat(window.err()).contains("window: 0.5 s; choose tenths of seconds");
    assertThat(folder.resolve("nothing")).doesNotExist();
  }
}
