package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.metrics.PlaceScores;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.Observation;
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

/** From a data set to answers, with a map of places. */
class MapModelIT extends NativeTest {
  @TempDir private Path folder;

  @Test
  void aMapIsTrainedAnswersAndIsScored() {
    ScenarioStore store = TinyStore.write(folder.resolve("data"), 8, 4, 5);
    Path model = folder.resolve("model");
    List<String> notes = new ArrayList<>();
    TrainConfig config =
        TrainConfig.defaults()
            .withForms(Fusion.SPATIAL, true, LocationForm.MAP, ConfidenceTarget.CORRECTNESS)
            .withSchedule(8, 1, 1);
    TrainingRun run =
        new TrainingRun(
            config,
            store.folder(),
            EncoderImport.untrainedSeld(engine, 1, folder.resolve("seld")).folder(),
            EncoderImport.untrainedResnet50(engine, 1, folder.resolve("resnet50")).folder(),
            model,
            folder.resolve("cache"),
            "cpu",
            1);
    ModelBundle bundle = run.run(false, Progress.notes(notes::add)).bundle();

    assertThat(bundle.card().adapter().placeFeatures()).isEqualTo(PlaceFeatures.VERSION);
    assertThat(bundle.card().calibration().fittedOn().split()).isEqualTo("validation");
    assertThat(notes).filteredOn(n -> n.contains("has no calibration split")).hasSize(1);
    try (Hearsight hearsight = Hearsight.load(model, 1)) {
      answers(hearsight, store);
      scores(hearsight, store);
    }
    Twin twin = ImaginerTwin.of(bundle, manager, "1.2.3");
    try (OnnxNetwork network = OnnxNetwork.open(twin.graph().bytes(), "model", 1)) {
      GraphCheck check = GraphCheck.of(network, twin.sample(3, 5));
      assertThat(check.largest()).as(check.worst()).isLessThanOrEqualTo(GraphCheck.ALLOWED);
    }
  }

  private static void answers(Hearsight hearsight, ScenarioStore store) {
    Scenario scene = store.scenarios(Split.TEST).get(1);
    Clip clip = Clip.of(Foa.read(store.file(scene.files().audio())).channels(), Foa.SAMPLE_RATE);
    View view = StoredView.read(store, scene);

    Imagination answer = hearsight.imagine(clip, view);
    assertThat(answer.location()).isEqualTo(answer.places().best());
    assertThat(answer.spread().degrees()).isBetween(0.0, 180.0);

    Imagination blind = hearsight.imagine(clip, View.blind());
    assertThat(blind.places()).isNotEqualTo(answer.places());
    List<Imagination> both =
        hearsight.imagine(
            List.of(new Observation(clip, View.blind()), new Observation(clip, view)));
    assertClose(both.get(0), blind);
    assertClose(both.get(1), answer);

    Clip half = Clip.of(new float[4][Foa.SAMPLE_RATE / 2], Foa.SAMPLE_RATE);
    assertThatThrownBy(() -> hearsight.imagine(half, view))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("duration: 0.50 s, expected at least 1.0 s");
  }

  private static void assertClose(Imagination found, Imagination expected) {
    for (int cell = 0; cell < PlaceGrid.CELLS; cell++) {
      assertThat(found.places().probability(cell))
          .isCloseTo(expected.places().probability(cell), within(1e-5));
    }
  }

  /** Each scene is answered with what another scene of the split shows, or sounds of. */
  private static void foreign(Hearsight hearsight, ScenarioStore store, Evaluation own) {
    Evaluation both =
        Evaluation.run(hearsight, store, Split.TEST, EnumSet.allOf(Foreign.class), Progress.SILENT);
    List<Scenario> scenes = store.scenarios(Split.TEST);
    List<Answer> pictures = both.answers().get(Foreign.PICTURE.system());
    List<Answer> sounds = both.answers().get(Foreign.SOUND.system());
    for (int i = 0; i < scenes.size(); i++) {
      Clip clip = Clip.read(store.file(scenes.get(i).files().audio()));
      PlacePosterior given = pictures.get(i).places();
      assertThat(scenes)
          .filteredOn(
              s -> hearsight.imagine(clip, StoredView.read(store, s)).places().equals(given))
          .isNotEmpty()
          .doesNotContain(scenes.get(i));
      assertThat(pictures.get(i).truth()).isEqualTo(scenes.get(i));
      assertThat(sounds.get(i).truth()).isEqualTo(scenes.get(i));
    }
    List<Answer> mine = own.answers().get(Evaluation.IMAGINATION);
    assertThat(both.answers().get(Evaluation.IMAGINATION))
        .usingRecursiveComparison()
        .isEqualTo(mine);
    assertThat(pictures).usingRecursiveComparison().isNotEqualTo(mine);
    assertThat(sounds).usingRecursiveComparison().isNotEqualTo(mine);
    assertThat(both.table()).contains("imagination, another's picture  hidden");
    // Weights go by the occlusion of a view that was not shown.
    assertThat(both.scores().get(Foreign.PICTURE.system()).reliability()).isEmpty();
    assertThat(both.scores().get(Foreign.SOUND.system()).reliability()).isNotEmpty();
  }

  private static void scores(Hearsight hearsight, ScenarioStore store) {
    Evaluation evaluation = Evaluation.run(hearsight, store, Split.TEST, Progress.SILENT);
    PlaceScores places = evaluation.scores().get(Evaluation.IMAGINATION).overall().places();
    double[] foreseen =
        evaluation.answers().get(Evaluation.IMAGINATION).stream()
            .filter(a -> !a.truth().isBackground())
            .mapToDouble(a -> a.places().crossEntropy(a.truth().location()))
            .toArray();
    assertThat(places.count()).isEqualTo(foreseen.length);
    assertThat(places.negativeLogLikelihood())
        .isCloseTo(Arrays.stream(foreseen).average().orElseThrow(), within(1e-9));
    assertThat(evaluation.scores().get(Evaluation.DOA).overall().places()).isNull();
    assertThat(evaluation.scores().get(Evaluation.GEOMETRIC).overall().places().count())
        .isEqualTo(foreseen.length);
    assertThat(evaluation.scores().keySet()).doesNotContain(Foreign.PICTURE.system());
    foreign(hearsight, store, evaluation);
    assertThat(evaluation.table()).contains("neg. log-likelihood");
  }
}
