package org.hearsight.app.evidence;

import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.SoundOrigin;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.provenance.Provenance;
import org.hearsight.inference.evaluate.Evaluation;
import org.hearsight.report.page.EvidenceData;

/** What the page of an evaluation shows, gathered from its parts. */
public final class EvidencePage {
  private EvidencePage() {}

  /**
   * Of an evaluation.
   *
   * @param store that was evaluated
   */
  public static EvidenceData of(
      Evaluation evaluation, ScenarioStore store, Split split, Provenance provenance) {
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
        cases.worst(),
        cases.median(),
        Origins.facts(provenance),
        notes(store.scenarios(split)));
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
