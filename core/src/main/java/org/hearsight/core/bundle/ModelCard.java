package org.hearsight.core.bundle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.drift.DriftReference;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.imagination.Calibration;
import org.hearsight.core.imagination.ConfidenceScaling;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.imagination.ModelInput;
import org.hearsight.core.imagination.UnknownDetector;
import org.hearsight.core.place.ConformalLevels;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.taxonomy.Taxonomy;

/**
 * Everything but the weights that an answer depends on: {@code model.json} of a {@link
 * ModelBundle}.
 *
 * @param clipSeconds of audio a scene is judged by
 * @param audio the SELD encoder
 * @param visual the picture encoder
 * @param adapter how both are joined
 * @param scaler of the audio features, fitted on the training split only
 * @param temperature the classifier's logits are divided by it
 * @param calibration what makes the other probabilities mean what they say; null in older models,
 *     whose confidence was scaled in the head itself
 * @param unknown what tells sounds of no class from the others; null in models that do not say:
 *     older ones, and those whose data held too few
 * @param drift what the scenes of the calibration were like; null in models that were calibrated
 *     before it was kept, or on too few scenes
 * @param provenance data, seed, versions and machine that made the weights
 */
@JsonIgnoreProperties("checksums") // of Checksums, which reads them itself
@JsonPropertyOrder({
  "format_version",
  "taxonomy",
  "clip_seconds",
  "audio",
  "visual",
  "adapter",
  "temperature",
  "calibration",
  "unknown",
  "drift",
  "scaler",
  "provenance"
})
public record ModelCard(
    @JsonProperty("format_version") int formatVersion,
    Taxonomy taxonomy,
    @JsonProperty("clip_seconds") double clipSeconds,
    EncoderCard audio,
    EncoderCard visual,
    AdapterCard adapter,
    double temperature,
    @JsonInclude(JsonInclude.Include.NON_NULL) Calibration calibration,
    @JsonInclude(JsonInclude.Include.NON_NULL) UnknownDetector unknown,
    @JsonInclude(JsonInclude.Include.NON_NULL) DriftReference drift,
    FeatureScaler scaler,
    JsonNode provenance) {
  /**
   * Form 1 lay in a folder that held the weights and the training's state beside the graphs; form 2
   * lies in one for answering, with both in {@link ModelBundle#training}; form 3 may have a map of
   * places, and says which features it is asked with, and may have {@code unknown}; form 4 may have
   * a {@code calibration}, whose regions form 5 has by the entropy of the map, and may have {@code
   * drift}. Cards of forms 2 and 3 need nothing more.
   */
  static final CardFormat FORMAT =
      new CardFormat(
          List.of(ModelCard::fromTheFirst, second -> {}, third -> {}, ModelCard::fromTheFourth));

  public static final int FORMAT_VERSION = FORMAT.current();

  /** Of a clip, seconds: one audio token at least, and no more than fits into an array. */
  private static final double SHORTEST = 0.1;

  private static final double LONGEST = 600;

  /** Beyond these a classifier says one class whatever it hears, or all alike. */
  private static final double LEAST_TEMPERATURE = 1e-3;

  private static final double MOST_TEMPERATURE = 1e3;

  public ModelCard {
    if (taxonomy == null || audio == null || visual == null || adapter == null || scaler == null) {
      throw new IllegalArgumentException("taxonomy, audio, visual, adapter or scaler: missing");
    }
    FieldValues.within("temperature", temperature, LEAST_TEMPERATURE, MOST_TEMPERATURE);
    FieldValues.within("clip_seconds", clipSeconds, SHORTEST, LONGEST);
    if (calibration != null
        && adapter.location() != LocationForm.MAP
        && calibration.placesTemperature() != null) {
      throw new IllegalArgumentException(
          "calibration.places_temperature: given, but the model has no map");
    }
    if (unknown != null && unknown.width() != audio.width()) {
      throw new IllegalArgumentException(
          "unknown: made for tokens of " + unknown.width() + " numbers, not of " + audio.width());
    }
  }

  /** The same model, calibrated otherwise: what the scenes before were like is no longer said. */
  public ModelCard withCalibration(double classes, Calibration others) {
    return with(classes, others, null);
  }

  /** The same model, with what the scenes of its calibration were like; null if nobody knows. */
  public ModelCard withDrift(DriftReference scenes) {
    return with(temperature, calibration, scenes);
  }

  private ModelCard with(double classes, Calibration others, DriftReference scenes) {
    return new ModelCard(
        formatVersion,
        taxonomy,
        clipSeconds,
        audio,
        visual,
        adapter,
        classes,
        others,
        unknown,
        scenes,
        scaler,
        provenance);
  }

  /** The same model, whose answers say what the networks say. */
  public ModelCard uncalibrated() {
    return withCalibration(1, null);
  }

  /** Does the model answer with a map of places? */
  public boolean hasMap() {
    return adapter.location() == LocationForm.MAP;
  }

  /** What the logits of a map of places are divided by. */
  public double placesTemperature() {
    return calibration == null || calibration.placesTemperature() == null
        ? 1
        : calibration.placesTemperature();
  }

  /** The confidence of an answer as it is to be said, in [0, 1]. */
  public double confidence(ConfidenceScaling.Evidence answer) {
    return calibration == null ? answer.said() : calibration.confidence(answer);
  }

  /** What regions of a map are made of; null if they were not calibrated. */
  public ConformalLevels regionLevels(PlacePosterior places) {
    return calibration == null || calibration.regions() == null
        ? null
        : calibration.regions().at(places.entropy());
  }

  /** The very first cards have no {@code cues}: there were none yet. */
  private static void fromTheFirst(ObjectNode card) {
    if (card.path("adapter") instanceof ObjectNode adapter && !adapter.has("cues")) {
      adapter.put("cues", false);
    }
  }

  /** Bins were of the view's occlusion once: such a model keeps the levels of all scenes. */
  private static void fromTheFourth(ObjectNode card) {
    if (card.path("calibration").path("regions") instanceof ObjectNode regions) {
      regions.putArray("bins");
    }
  }

  /**
   * Adapter and head.
   *
   * @param cues do the audio tokens carry {@link org.hearsight.core.audio.SpatialCues}?
   * @param width of the adapter's embeddings; 512 in the seed
   * @param heads of its attention; 8 in the seed
   * @param placeFeatures version of the {@link PlaceFeatures} that a map was trained on; null
   *     without a map
   * @param withheld what its networks are not given, whatever is put in; none of a whole model
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonPropertyOrder({
    "fusion",
    "cues",
    "location",
    "confidence",
    "width",
    "heads",
    "place_features",
    "withheld"
  })
  public record AdapterCard(
      Fusion fusion,
      boolean cues,
      LocationForm location,
      ConfidenceTarget confidence,
      int width,
      int heads,
      @JsonProperty("place_features") Integer placeFeatures,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ModelInput> withheld) {
    public AdapterCard {
      withheld = ModelInput.sorted(withheld);
      if (fusion == null || location == null || confidence == null) {
        throw new IllegalArgumentException("adapter: fusion, location or confidence is missing");
      }
      FieldValues.within("adapter.width", width, 1, EncoderCard.WIDEST);
      FieldValues.within("adapter.heads", heads, 1, width);
      if (width % heads != 0) {
        throw new IllegalArgumentException(
            "adapter.heads: " + heads + " do not divide a width of " + width);
      }
      if (location == LocationForm.MAP
          && (placeFeatures == null || placeFeatures != PlaceFeatures.VERSION)) {
        throw new IllegalArgumentException(
            "adapter.place_features: "
                + placeFeatures
                + ", but this version computes features "
                + PlaceFeatures.VERSION);
      }
    }

    /** Of a model that was trained on the features of today. */
    public AdapterCard(
        Fusion fusion,
        boolean cues,
        LocationForm location,
        ConfidenceTarget confidence,
        int width,
        int heads) {
      this(
          fusion,
          cues,
          location,
          confidence,
          width,
          heads,
          location == LocationForm.MAP ? PlaceFeatures.VERSION : null,
          List.of());
    }

    /** The same of a model from which something is withheld. */
    public AdapterCard without(List<ModelInput> inputs) {
      return new AdapterCard(
          fusion, cues, location, confidence, width, heads, placeFeatures, inputs);
    }
  }
}
