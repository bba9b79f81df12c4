package org.hearsight.core.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;

/**
 * A trained model as a folder.
 *
 * <pre>
 * model.json             {@link ModelCard} and {@link Checksums}; written last, so a folder without
 *                        it is no model
 * weights.safetensors    all weights under the names of the seed's PyTorch modules:
 *                        seld_encoder.*, visual_encoder.*, adapter.*, imagination_head.*
 * seld_encoder.onnx      features [B, 7, T, bands] to audio tokens [B, T', D]
 * visual_encoder.onnx    planes [B, C, 224, 224] to visual tokens
 * imagination.onnx       adapter and head: tokens and occlusion to class, location, confidence
 * </pre>
 *
 * @param folder that holds these files
 * @param card the content of {@code model.json}
 * @param checksums of the parts; whoever loads one holds it against them
 */
public record ModelBundle(Path folder, ModelCard card, Checksums checksums) {
  private static final String CARD = "model.json";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String SELD_ENCODER = "seld_encoder.onnx";
  private static final String VISUAL_ENCODER = "visual_encoder.onnx";
  private static final String IMAGINATION = "imagination.onnx";
  private static final List<String> PARTS =
      List.of(WEIGHTS, SELD_ENCODER, VISUAL_ENCODER, IMAGINATION);

  /**
   * Opens a finished bundle: its card is whole, and its parts are there, but not yet read.
   *
   * @throws InputException if the folder holds no model, a damaged one, or one of another format
   */
  public static ModelBundle open(Path folder) {
    Path file = folder.resolve(CARD);
    Checksums.Sealed<ModelCard> sealed =
        Checksums.read(
            file,
            ModelCard.class,
            ModelCard.FORMAT_VERSION,
            PARTS,
            "give the folder that train wrote");
    ModelCard card = sealed.content();
    requireAudio(file, card);
    ModelBundle bundle = new ModelBundle(folder, card, sealed.checksums());
    for (Path part :
        new Path[] {bundle.seldEncoder(), bundle.visualEncoder(), bundle.imagination()}) {
      if (!Files.isRegularFile(part)) {
        throw InputException.model(part, "is missing", "train the model again");
      }
    }
    return bundle;
  }

  private static void requireAudio(Path file, ModelCard card) {
    AudioBackbone backbone =
        AudioBackbone.of(card.audio().kind())
            .orElseThrow(
                () ->
                    InputException.model(
                        file,
                        "audio.kind: "
                            + card.audio().kind()
                            + ", expected "
                            + AudioBackbone.names(),
                        "train the model again"));
    int bands = backbone.features().bands();
    if (card.scaler().bands() != bands) {
      throw InputException.model(
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

  /**
   * Writes {@code model.json} with the checksums of all other parts, which must be there.
   *
   * @throws InputException if one is missing
   */
  public static ModelBundle finish(Path folder, ModelCard card) {
    return new ModelBundle(folder, card, Checksums.write(folder.resolve(CARD), card, PARTS));
  }

  /**
   * Holds every part against its checksum.
   *
   * @throws InputException naming the first that is damaged
   */
  public void requireWhole() {
    PARTS.forEach(part -> checksums.require(folder.resolve(part)));
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
    return folder.resolve(WEIGHTS);
  }

  public static Path seldEncoder(Path folder) {
    return folder.resolve(SELD_ENCODER);
  }

  public static Path visualEncoder(Path folder) {
    return folder.resolve(VISUAL_ENCODER);
  }

  public static Path imagination(Path folder) {
    return folder.resolve(IMAGINATION);
  }
}
