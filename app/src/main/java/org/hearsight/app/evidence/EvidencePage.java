package org.hearsight.app.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.SoundOrigin;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.metrics.Comparison;
import org.hearsight.core.metrics.Measure;
import org.hearsight.core.provenance.Provenance;
import org.hearsight.inference.evaluate.Evaluation;
import org.hearsight.report.page.EvidenceData;

/** What the page of an evaluation shows, gathered from its parts. */
public final class EvidencePage {
  private EvidencePage() {}

  /** Scenes of each pair of models that are shown. */
  private static final int SHOWN = 4;

  /** Measures of the baselines, which have no confidence and no class of their own. */
  private static final List<Measure> PLACES =
      List.of(
          Measure.HIDDEN_MEDIAN_ANGLE,
          Measure.HIDDEN_WITHIN_20,
          Measure.MEDIAN_ANGLE,
          Measure.WITHIN_20,
          Measure.DISTANCE,
          Measure.MAP);

  /**
   * Of an evaluation.
   *
   * @param store that was evaluated
   * @param comparison with other models; null where there are none
   */
  public static EvidenceData of(
      Evaluation evaluation,
      ScenarioStore store,
      Split split,
      Comparison comparison,
      Provenance provenance) {
    List<Answer> answers = evaluation.answers().get(Evaluation.IMAGINATION);
    Cases cases = Cases.of(store, answers);
    return new EvidenceData(
        "Hearsight: what the evidence is",
        "%s answered %d scenes (%s, split %s). Every figure is counted from the answers to these scenes;"
                .formatted(
                    provenance.models().get(0).name(),
                    answers.size(),
                    provenance.data().name(),
                    split.label())
            + " the baselines answered the same ones.",
        Systems.of(evaluation),
        baselines(evaluation, comparison, store),
        comparison == null ? null : compared(evaluation, comparison, cases),
        cases.worst(),
        cases.median(),
        Origins.facts(provenance),
        notes(store.scenarios(split)));
  }

  private static Comparison baselines(
      Evaluation evaluation, Comparison comparison, ScenarioStore store) {
    List<String> others = new ArrayList<>(evaluation.answers().keySet());
    others.removeAll(List.of(Evaluation.IMAGINATION, Evaluation.BACKGROUND));
    if (comparison != null) {
      comparison.pairs().forEach(p -> others.remove(p.second()));
    }
    return evaluation.compare(others, PLACES, store);
  }

  private static EvidenceData.Compared compared(
      Evaluation evaluation, Comparison comparison, Cases cases) {
    Map<String, Integer> places = new HashMap<>();
    List<Answer> own = evaluation.answers().get(Evaluation.IMAGINATION);
    for (int i = 0; i < own.size(); i++) {
      places.put(own.get(i).truth().id(), i);
    }
    List<EvidenceData.Disagreement> shown = new ArrayList<>();
    for (Comparison.Pair pair : comparison.pairs()) {
      List<Answer> other = evaluation.answers().get(pair.second());
      for (Comparison.Apart a : pair.apart().stream().limit(SHOWN).toList()) {
        int at = places.get(a.id());
        shown.add(
            new EvidenceData.Disagreement(
                pair.second(), cases.scene(own.get(at)), cases.scene(other.get(at))));
      }
    }
    return new EvidenceData.Compared(comparison, shown);
  }

  private static List<String> notes(List<Scenario> scenarios) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Hidden: the camera sees nothing of the hazard; partly: less than half of its silhouette;"
            + " visible: half or more. Right: the class, and the place within 20° and half its"
            + " distance.");
    notes.add(
        "Cases are chosen by their direction error alone. Sound is two cardioids made from the"
            + " recording's first-order ambisonics, left and right, raised to full scale and"
            + " compressed; the model hears the recording itself.");
    if (scenarios.stream().noneMatch(s -> s.origin() == SoundOrigin.RECORDED)) {
      notes.add("No sound here is a recording: all are generated.");
    }
    if (scenarios.stream().anyMatch(s -> s.scene() != null)) {
      notes.add("Scenes are simulated; scores on recordings of a real place will differ.");
    }
    return notes;
  }
}
