package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.inference.evaluate.Evaluation;
import org.hearsight.learning.TinyStore;
import org.junit.jupiter.api.Test;

/** How a trained model is scored. */
class EvaluatedModelIT extends TrainedModel {
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
            "direction histogram, peak",
            "geometric likelihood",
            "apparent direction",
            "majority",
            "always background");
    assertThat(evaluation.answers().values()).allMatch(a -> a.size() == 5);
    // A plane wave from the truth: the classical estimate cannot miss it, as the apparent direction
    // of this data set does by design.
    List<Answer> doa = evaluation.answers().get(Evaluation.DOA);
    assertThat(doa).filteredOn(a -> !a.truth().isBackground()).allMatch(a -> a.angle() < 5);
    List<Answer> peak = evaluation.answers().get(Evaluation.HISTOGRAM);
    assertThat(peak)
        .filteredOn(a -> !a.truth().isBackground())
        .allMatch(
            a ->
                Math.abs(Direction.wrap(a.location().azimuth() - a.truth().location().azimuth()))
                    < 2);
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
