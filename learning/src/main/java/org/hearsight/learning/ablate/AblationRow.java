package org.hearsight.learning.ablate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.imagination.ModelInput;
import org.hearsight.learning.loop.Settings;
import org.hearsight.learning.train.TrainConfig;

/** A row of an ablation: what is otherwise than in the whole model. */
public enum AblationRow {
  WHOLE("whole model", Map.of()),
  /** Nobody is deaf in training, who would then know nothing at all. */
  SOUND_ONLY(
      "sound only",
      Map.of("model.withheld", List.of(ModelInput.PICTURE), "augmentation.deaf_share", 0.0)),
  /** Nobody is blind in training, for the same reason. */
  PICTURE_ONLY(
      "picture only",
      Map.of("model.withheld", List.of(ModelInput.SOUND), "augmentation.blind_share", 0.0)),
  FUSION_SEED("fusion: seed (means of tokens)", Map.of("model.fusion", Fusion.SEED)),
  LOCATION_SPHERICAL(
      "location: spherical (one direction)", Map.of("model.location", LocationForm.SPHERICAL)),
  LOCATION_SEED("location: seed (three numbers)", Map.of("model.location", LocationForm.SEED)),
  CONFIDENCE_SEED(
      "confidence: seed (own softmax)", Map.of("model.confidence", ConfidenceTarget.SEED)),
  /** All of the original design's forms, on the same schedule and scenes. */
  SEEDS_FORM(
      "the original design's forms",
      Map.of(
          "model.fusion", Fusion.SEED,
          "model.cues", false,
          "model.location", LocationForm.SEED,
          "model.confidence", ConfidenceTarget.SEED)),
  NO_CUES("without cues", Map.of("model.cues", false)),
  NO_HISTOGRAMS("without direction histograms", without(ModelInput.HISTOGRAMS)),
  NO_ECHOES("without echoes", without(ModelInput.ECHOES)),
  NO_DEPTH("without depth", without(ModelInput.DEPTH)),
  NO_OCCLUSION("without occlusion", without(ModelInput.OCCLUSION)),
  NO_SELD_TOKENS("without SELD tokens", without(ModelInput.SELD_TOKENS)),
  NO_PICTURE_TOKENS("without picture tokens", without(ModelInput.PICTURE_TOKENS));

  private static final String WITHHELD = "model.withheld";

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // maps that cannot be changed
  private final Map<String, Object> changes;

  AblationRow(String label, Map<String, Object> changes) {
    this.label = label;
    this.changes = changes;
  }

  private static Map<String, Object> without(ModelInput input) {
    return Map.of("model.withheld", List.of(input));
  }

  /** For people. */
  public String label() {
    return label;
  }

  /** What it is called on the command line and in files. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The row of a name.
   *
   * @throws IllegalArgumentException listing the names there are
   */
  public static AblationRow of(String name) {
    return Arrays.stream(values())
        .filter(row -> row.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + name
                        + "' is none of "
                        + Arrays.stream(values())
                            .map(AblationRow::toString)
                            .collect(Collectors.joining(", "))));
  }

  /**
   * The whole model's configuration with what is otherwise here; what the whole model is not given,
   * no row is.
   */
  public TrainConfig config(TrainConfig whole) {
    Map<String, Object> all = new LinkedHashMap<>(changes);
    all.computeIfPresent(
        WITHHELD,
        (name, own) ->
            Stream.concat(whole.model().withheld().stream(), ((List<?>) own).stream())
                .distinct()
                .toList());
    return Settings.with(whole, all);
  }
}
