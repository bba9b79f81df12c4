package org.hearsight.core.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.hearsight.core.error.JsonProblem;
import org.hearsight.core.file.AtomicFile;

/**
 * A trained model as a folder.
 *
 * <pre>
 * model.json             {@link ModelCard}; written last, so a folder without it is no model
 * weights.safetensors    all weights under the names of the seed's PyTorch modules:
 *                        seld_encoder.*, visual_encoder.*, adapter.*, imagination_head.*
 * seld_encoder.onnx      features [B, 7, T, bands] to audio tokens [B, T', D]
 * visual_encoder.onnx    planes [B, C, 224, 224] to visual tokens
 * imagination.onnx       adapter and head: tokens and occlusion to class, location, confidence
 * </pre>
 *
 * @param folder that holds these files
 * @param card the content of {@code model.json}
 */
public record ModelBundle(Path folder, ModelCard card) {
  private static final String CARD = "model.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Opens a finished bundle.
   *
   * @throws InputException if the folder holds no model, or one of another format
   */
  public static ModelBundle open(Path folder) {
    Path file = folder.resolve(CARD);
    ModelCard card = readJson(file, ModelCard.class, "give the folder that train wrote");
    if (card.formatVersion() != ModelCard.FORMAT_VERSION
        || card.taxonomy() == null
        || card.audio() == null
        || card.visual() == null
        || card.adapter() == null
        || card.scaler() == null) {
      throw new InputException(
          file,
          "format_version: "
              + card.formatVersion()
              + ", expected "
              + ModelCard.FORMAT_VERSION
              + " with taxonomy, audio, visual, adapter and scaler",
          "train the model again with this version");
    }
    ModelCard.AdapterCard adapter = card.adapter();
    if (adapter.fusion() == null || adapter.location() == null || adapter.confidence() == null) {
      throw new InputException(
          file, "adapter: fusion, location or confidence is missing", "train the model again");
    }
    requireAudio(file, card);
    ModelBundle bundle = new ModelBundle(folder, card);
    for (Path part :
        new Path[] {bundle.seldEncoder(), bundle.visualEncoder(), bundle.imagination()}) {
      if (!Files.isRegularFile(part)) {
        throw new InputException(part, "is missing", "train the model again");
      }
    }
    return bundle;
  }

  private static void requireAudio(Path file, ModelCard card) {
    AudioBackbone backbone =
        AudioBackbone.of(card.audio().kind())
            .orElseThrow(
                () ->
                    new InputException(
                        file,
                        "audio.kind: "
                            + card.audio().kind()
                            + ", expected "
                            + AudioBackbone.names(),
                        "train the model again"));
    int bands = backbone.features().bands();
    if (card.scaler().bands() != bands) {
      throw new InputException(
          file,
          "scaler: for %d bands, expected %d of %s"
              .formatted(card.scaler().bands(), bands, backbone.kind()),
          "train the model again");
    }
  }

  /**
   * Takes {@code model.json} away, before other parts are written anew: a model of mixed parts
   * would open.
   *
   * @throws InputException if it cannot be deleted
   */
  public static void begin(Path folder) {
    Path card = folder.resolve(CARD);
    try {
      Files.deleteIfExists(card);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(card, e);
    }
  }

  /** Writes {@code model.json}; call it when all other parts are there. */
  public static ModelBundle finish(Path folder, ModelCard card) {
    writeJson(folder.resolve(CARD), card);
    return new ModelBundle(folder, card);
  }

  public Path weights() {
    return weights(folder);
  }

  public Path seldEncoder() {
    return seldEncoder(folder);
  }

  public Path visualEncoder() {
    return visualEncoder(folder);
  }

  public Path imagination() {
    return imagination(folder);
  }

  public static Path weights(Path folder) {
    return folder.resolve("weights.safetensors");
  }

  public static Path seldEncoder(Path folder) {
    return folder.resolve("seld_encoder.onnx");
  }

  public static Path visualEncoder(Path folder) {
    return folder.resolve("visual_encoder.onnx");
  }

  public static Path imagination(Path folder) {
    return folder.resolve("imagination.onnx");
  }

  /** Reads one JSON document; the message of a refusal names the field. */
  static <T> T readJson(Path file, Class<T> type, String remedy) {
    try {
      T value = JSON.readValue(Files.readAllBytes(file), type);
      if (value == null) {
        throw new InputException(file, "holds no JSON object", remedy);
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new InputException(file, JsonProblem.text(e), remedy, e);
    } catch (IOException e) {
      throw new InputException(file, "is missing or unreadable", remedy, e);
    }
  }

  static void writeJson(Path file, Object value) {
    try {
      AtomicFile.writeText(
          file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(file + " cannot be serialised", e);
    }
  }
}
