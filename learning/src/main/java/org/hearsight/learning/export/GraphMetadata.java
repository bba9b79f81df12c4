package org.hearsight.learning.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.error.InputException;
import org.hearsight.core.error.JsonProblem;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.Calibration;
import org.hearsight.core.seld.AccddoaDecoder;
import org.hearsight.core.seld.DistanceForm;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;

/** What a reader of an ONNX file alone needs: names to plain text, or to one JSON document. */
public final class GraphMetadata {
  private static final int FORMAT_VERSION = 1;

  private final Map<String, String> entries = new TreeMap<>();

  private GraphMetadata() {}

  /** Of the parts of a model bundle. */
  public static Map<String, String> part(ModelCard card) {
    return new GraphMetadata().answers(card).entries;
  }

  /**
   * Of a whole model in one file.
   *
   * @param version of the Hearsight that writes it
   */
  public static Map<String, String> model(ModelCard card, String version) {
    GraphMetadata m = new GraphMetadata().answers(card).file("imaginer", version);
    m.json("features", features(card.audio().backbone()));
    m.json("planes", planes());
    m.json("temperature", card.temperature());
    if (card.calibration() != null) {
      m.json("calibration", card.calibration());
    }
    m.json("audio", card.audio());
    m.json("visual", card.visual());
    m.json("clip_seconds", card.clipSeconds());
    m.json("provenance", card.provenance());
    return m.entries;
  }

  /**
   * The card of the model that {@link #model} described. It says neither whether sounds are
   * unknown, which takes tokens that the graph does not give, nor what the calibration's scenes
   * were like.
   *
   * @param source what messages call the file
   * @throws InputException naming the entry that is missing or was written by another version
   */
  public static ModelCard card(Map<String, String> entries, String source) {
    try {
      return new ModelCard(
          ModelCard.FORMAT_VERSION,
          read(entries, "taxonomy", Taxonomy.class),
          read(entries, "clip_seconds", Double.class),
          read(entries, "audio", EncoderCard.class),
          read(entries, "visual", EncoderCard.class),
          read(entries, "adapter", ModelCard.AdapterCard.class),
          read(entries, "temperature", Double.class),
          entries.containsKey("calibration")
              ? read(entries, "calibration", Calibration.class)
              : null,
          null,
          null,
          read(entries, "scaler", FeatureScaler.class),
          read(entries, "provenance", JsonNode.class));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      String problem = e instanceof JsonProcessingException json ? JsonProblem.text(json) : "";
      throw InputException.model(
          source,
          "metadata: " + (problem.isEmpty() ? e.getMessage() : problem),
          "give the file that 'hearsight export --model' of this version wrote",
          e);
    }
  }

  private static <T> T read(Map<String, String> entries, String name, Class<T> type)
      throws JsonProcessingException {
    String text = entries.get(name);
    if (text == null) {
      throw new IllegalArgumentException(name + ": missing");
    }
    return Json.MAPPER.readValue(text, type);
  }

  /**
   * Of an audio encoder alone. Networks of others that hear standardised features come without a
   * scaler, and so does their file.
   *
   * @param classes of its multi-ACCDDOA head, in index order; empty if it has none
   */
  public static Map<String, String> audio(EncoderCard card, List<String> classes, String version) {
    GraphMetadata m = new GraphMetadata().file(card.kind(), version);
    AudioBackbone backbone = card.backbone();
    m.json("encoder", card.alone());
    m.json("features", features(backbone));
    if (card.seld() != null) {
      m.json("scaler", card.seld().scaler());
    } else if (card.pretrained() && backbone.features().publishedRaw()) {
      m.json("scaler", FeatureScaler.none(backbone.features()));
    }
    if (!classes.isEmpty()) {
      m.json("head", head(card, classes));
    }
    return m.entries;
  }

  private static Head head(EncoderCard card, List<String> classes) {
    boolean distances = card.backbone() == AudioBackbone.SELDNET;
    DistanceForm form = card.seld() == null ? DistanceForm.METRES : card.seld().distance();
    return new Head(
        List.of("track", "axis", "class"),
        AccddoaDecoder.TRACKS,
        axes(card.backbone()),
        classes,
        distances ? form : null);
  }

  /** Of a picture encoder alone. */
  public static Map<String, String> visual(EncoderCard card, String version) {
    GraphMetadata m = new GraphMetadata().file(card.kind(), version);
    m.json("encoder", card);
    m.json("planes", planes());
    return m.entries;
  }

  /** The numbers of a track of an encoder's original head. */
  public static List<String> axes(AudioBackbone backbone) {
    return switch (backbone) {
      case SELDNET -> List.of("x", "y", "z", "distance");
      case AVCRNN -> List.of("x", "y", "z");
    };
  }

  private GraphMetadata answers(ModelCard card) {
    json("taxonomy", card.taxonomy());
    json("adapter", card.adapter());
    json("scaler", card.scaler());
    return this;
  }

  private GraphMetadata file(String kind, String version) {
    entries.put("kind", kind);
    entries.put("format_version", Integer.toString(FORMAT_VERSION));
    entries.put("hearsight_version", version);
    return this;
  }

  private static Map<String, Object> features(AudioBackbone backbone) {
    AudioFeatures features = backbone.features();
    Map<String, Object> about = new LinkedHashMap<>();
    about.put(
        "planes",
        switch (backbone) {
          case SELDNET ->
              "log-mel of W, Y, Z, X in dB (FFT 1024, Hann window 960), then the mel-banded"
                  + " intensity vector Y, Z, X";
          case AVCRNN ->
              "magnitudes of W, Y, Z, X (FFT 512, Hann window 512, centred frames), then the phase"
                  + " differences of Y, Z, X to W in [0, 2 pi)";
        });
    about.put("sample_rate", Foa.SAMPLE_RATE);
    about.put("hop", features.hop());
    about.put("bands", features.bands());
    about.put("frames_per_token", features.framesPerToken());
    about.put("standardised", "(feature - scaler.mean) / scaler.std, by plane, then band");
    return about;
  }

  private static Map<String, Object> planes() {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("planes", List.of("red", "green", "blue", "inverse_depth", "occlusion"));
    about.put("size", View.SIZE);
    about.put("hfov_degrees", View.HFOV_DEGREES);
    about.put("colour_mean", VisualPlanes.mean());
    about.put("colour_deviation", VisualPlanes.deviation());
    about.put("inverse_depth_is_one_at_metres", VisualPlanes.NEAREST);
    return about;
  }

  private void json(String name, Object value) {
    try {
      entries.put(name, Json.MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(name + " cannot be serialised", e);
    }
  }

  /**
   * What the numbers of a head are.
   *
   * @param order of the numbers of a token, the last fastest
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Head(
      List<String> order,
      int tracks,
      List<String> axes,
      List<String> classes,
      DistanceForm distance) {}
}
