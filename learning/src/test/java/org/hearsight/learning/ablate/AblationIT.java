package org.hearsight.learning.ablate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.Json;
import org.hearsight.core.metrics.SeedMean;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.provenance.Machine;
import org.hearsight.core.provenance.Provenance;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.TinyStore;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.train.JudgedTraining;
import org.hearsight.learning.train.TrainConfig;
import org.hearsight.learning.weights.EncoderImport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are trained, stopped, gone on with, and put in a table. */
class AblationIT extends NativeTest {
  private static final TrainConfig WHOLE =
      Ablation.defaults().withSchedule(6, 1, 1).withShares(0, 0.1, 0.2);

  @TempDir private static Path folder;
  private static ScenarioStore store;

  @BeforeAll
  static void write() {
    TorchEngine engine = TorchEngine.start(1);
    store = TinyStore.write(folder.resolve("data"), 6, 4, 4);
    EncoderImport.untrainedSeld(engine, 1, folder.resolve("seld"));
    EncoderImport.untrainedResnet50(engine, 1, folder.resolve("resnet50"));
  }

  private AblationResult run(
      String to, TrainConfig whole, List<AblationRow> rows, List<Long> seeds, Progress progress) {
    try (JudgedTraining training =
        new JudgedTraining(
            store.folder(),
            Split.TEST,
            folder.resolve("seld"),
            folder.resolve("resnet50"),
            folder.resolve("cache"),
            "cpu",
            1,
            Progress.SILENT)) {
      Provenance provenance =
          new Provenance(
              "ablate",
              "1",
              null,
              List.of(new Provenance.Model("seldnet", "0")),
              Provenance.Data.of(store, Split.TEST),
              Machine.here());
      return new Ablation(folder.resolve(to), whole, rows, seeds)
          .run(training, provenance, progress);
    }
  }

  @Test
  void aStoppedRunGoesOnToTheSameTable() throws Exception {
    List<AblationRow> rows = List.of(AblationRow.WHOLE, AblationRow.SOUND_ONLY);
    List<Long> seeds = List.of(1L);
    AblationResult whole = run("whole", WHOLE, rows, seeds, Progress.SILENT);

    // In the second row, after its first epoch.
    List<String> notes = new ArrayList<>();
    Progress stop =
        Progress.notes(
            line -> {
              notes.add(line);
              if (line.startsWith("epoch  1/") && notes.size() > 4) {
                throw new CancellationException("stopped");
              }
            });
    assertThatThrownBy(() -> run("stopped", WHOLE, rows, seeds, stop))
        .isInstanceOf(CancellationException.class);
    Path first = folder.resolve("stopped/rows/whole-seed1.json");
    byte[] before = Files.readAllBytes(first);
    assertThat(folder.resolve("stopped/rows/sound-only-seed1.json")).doesNotExist();
    List<String> later = new ArrayList<>();
    AblationResult gone = run("stopped", WHOLE, rows, seeds, Progress.notes(later::add));

    assertThat(later.get(0)).startsWith("1 of 2 rows are to do: about ");
    assertThat(later).contains("going on after epoch 1 of 2");
    assertThat(Files.readAllBytes(first)).isEqualTo(before);
    assertThat(folder.resolve("stopped/work/sound-only-seed1")).doesNotExist();
    for (String row : List.of("whole-seed1", "sound-only-seed1")) {
      assertThat(scores("stopped", row)).isEqualTo(scores("whole", row));
    }
    assertThat(gone.rows()).hasSameSizeAs(whole.rows());
    for (int i = 0; i < gone.rows().size(); i++) {
      assertThat(gone.rows().get(i).figures()).isEqualTo(whole.rows().get(i).figures());
    }
    sumsUp(whole);
  }

  private String scores(String to, String row) {
    return Json.line(
        Json.read(folder.resolve(to).resolve("rows").resolve(row + ".json"), AblationRun.class, "")
            .scores());
  }

  private void sumsUp(AblationResult result) {
    assertThat(result.rows())
        .extracting(AblationResult.Row::row)
        .containsExactly("whole", "sound-only", "another-picture", "another-sound");
    AblationResult.Row whole = result.rows().get(0);
    AblationResult.Row soundOnly = result.rows().get(1);
    SeedMean angle = whole.figures().get(AblationFigure.HIDDEN_ANGLE);
    assertThat(angle.values()).containsExactly(angle.mean());
    assertThat(angle.low()).isNaN(); // of one seed
    assertThat(whole.againstWhole()).isEmpty();
    SeedMean difference = soundOnly.againstWhole().get(AblationFigure.HIDDEN_ANGLE);
    assertThat(difference.mean())
        .isCloseTo(
            soundOnly.figures().get(AblationFigure.HIDDEN_ANGLE).mean() - angle.mean(),
            within(1e-9));
    // What it never sees cannot change it; what it hears can.
    assertThat(whole.figures()).isNotEqualTo(result.rows().get(3).figures());
    assertThat(result.table()).contains("whole model", "another scene's sound", "hidden: median°");
    assertThat(result.markdown()).startsWith("| row | seeds |");
    Path file = folder.resolve("ablation.json");
    AtomicFile.writeText(file, Json.rows(result));
    assertThat(Json.rows(Json.read(file, AblationResult.class, ""))).isEqualTo(Json.rows(result));
  }

  @Test
  void anotherConfigurationIsRefusedInTheSameFolder() {
    List<AblationRow> rows = List.of(AblationRow.LOCATION_SEED);
    AblationResult one = run("to", WHOLE.withSchedule(6, 1, 0), rows, List.of(3L), Progress.SILENT);
    assertThat(one.rows()).hasSize(1);
    assertThat(one.rows().get(0).againstWhole()).isEmpty(); // there is no whole model
    assertThatThrownBy(() -> run("to", WHOLE, rows, List.of(3L), Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("settings.json: is of an ablation with other encoders");
  }
}
