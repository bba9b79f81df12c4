package org.hearsight.inference.scene;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.imagination.ConfidenceScaling;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.probability.Softmax;

/**
 * What the last numbers of a model say: those of the head's graph, which the graph of a whole model
 * has under the same names. They are what the networks say; the card's calibration is applied here.
 *
 * @param card of the model
 * @see SceneInputs for what it is asked with
 */
public record Answers(ModelCard card) {
  /** The output of the classes, which says how many there are. */
  public static final String LOGITS = "class_logits";

  private static final String LOCATION = "location";
  private static final String CONFIDENCE = "confidence";
  private static final String RELIABILITY = "reliability";

  /** The outputs that are read: [classes], [numbers of the location's form], [1], [2]. */
  public static final List<String> OUTPUTS = List.of(LOGITS, LOCATION, CONFIDENCE, RELIABILITY);

  /** Those without the weights of the senses, for which a map is asked twice more. */
  public static final List<String> WITHOUT_WEIGHTS = List.of(LOGITS, LOCATION, CONFIDENCE);

  /**
   * Reads one answer.
   *
   * @param out the numbers of an output by its name, one of {@link #OUTPUTS}; null for the weights
   *     of the senses where they were not asked for
   * @param unknown whether the sound is of no class; null if the model does not say
   * @param occlusion level of the view that was judged
   * @param notes for the answer's reader
   * @throws IllegalArgumentException naming a number that no whole model gives
   */
  public Imagination read(
      Function<String, float[]> out,
      Imagination.Unknown unknown,
      double occlusion,
      List<String> notes) {
    float[] logits = out.apply(LOGITS);
    for (float l : logits) {
      FieldValues.within(LOGITS, l, -Float.MAX_VALUE, Float.MAX_VALUE);
    }
    double[] p = Softmax.of(logits, card.temperature());
    Map<String, Double> probabilities = new LinkedHashMap<>();
    int best = 0;
    for (int c = 0; c < p.length; c++) {
      probabilities.put(card.taxonomy().nameOf(c), p[c]);
      if (p[c] > p[best]) {
        best = c;
      }
    }
    float[] place = out.apply(LOCATION);
    card.adapter().location().requirePlausible(place);
    LocationForm.Estimate estimate =
        card.adapter().location().decode(place, card.placesTemperature());
    float said = out.apply(CONFIDENCE)[0];
    FieldValues.within(CONFIDENCE, said, 0, 1);
    float[] reliability = out.apply(RELIABILITY);
    return new Imagination(
        card.taxonomy().nameOf(best),
        probabilities,
        estimate.location(),
        Imagination.Spread.of(estimate),
        estimate.places(),
        card.hasMap() ? card.regionLevels(estimate.places()) : null,
        card.confidence(ConfidenceScaling.Evidence.of(said, occlusion, p, estimate.places())),
        unknown,
        reliability == null ? null : new Imagination.Reliability(reliability[0], reliability[1]),
        occlusion,
        notes);
  }
}
