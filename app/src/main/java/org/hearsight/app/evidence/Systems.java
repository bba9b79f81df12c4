package org.hearsight.app.evidence;

import java.util.List;
import java.util.Map;
import org.hearsight.inference.evaluate.Evaluation;
import org.hearsight.inference.evaluate.Foreign;
import org.hearsight.report.page.ReportData;

/** The systems of an evaluation as pages show them. */
public final class Systems {
  private static final Map<String, String> DESCRIPTIONS =
      Map.ofEntries(
          Map.entry(Evaluation.IMAGINATION, "this model: sound, picture, depth and occlusion"),
          Map.entry(Foreign.PICTURE.system(), "this model, shown the view of another scene"),
          Map.entry(Foreign.SOUND.system(), "this model, played the sound of another scene"),
          Map.entry(Evaluation.DOA, "classical direction of arrival over the whole clip"),
          Map.entry(Evaluation.DOA_END, "classical direction of arrival at the clip's end"),
          Map.entry(
              Evaluation.HISTOGRAM,
              "where most undisturbed sound comes from at the end and at onsets"),
          Map.entry(
              Evaluation.GEOMETRIC, "the same, and the ways round edges and by walls in the view"),
          Map.entry(Evaluation.APPARENT, "the strongest arrival, known to the simulator alone"),
          Map.entry(Evaluation.MAJORITY, "the training split's usual class and place"),
          Map.entry(Evaluation.BACKGROUND, "never a hazard"),
          Map.entry(
              Evaluation.DEFAULT,
              "the model that ships, trained on far more scenes, with recordings"));

  private Systems() {}

  /** All of them, in the evaluation's order; other models and networks are called such. */
  public static List<ReportData.SystemResult> of(Evaluation evaluation) {
    return evaluation.scores().entrySet().stream()
        .map(
            e ->
                ReportData.SystemResult.of(
                    e.getKey(),
                    DESCRIPTIONS.getOrDefault(e.getKey(), "another model or network"),
                    e.getValue(),
                    evaluation.answers().get(e.getKey())))
        .toList();
  }
}
