package org.hearsight.core.bundle;

import java.nio.file.Path;
import org.hearsight.core.error.InputException;

/**
 * An encoder that was imported (or drawn from a seed) as a folder: {@code encoder.json} and {@code
 * weights.safetensors} under the names of its PyTorch module.
 *
 * @param folder that holds both
 * @param card the content of {@code encoder.json}
 */
public record EncoderFolder(Path folder, EncoderCard card) {
  private static final String CARD = "encoder.json";

  /**
   * Opens an imported encoder.
   *
   * @param kind the kind that is wanted, as {@link EncoderCard#RESNET50}
   * @throws InputException if the folder holds none, or one of another kind
   */
  public static EncoderFolder open(Path folder, String kind) {
    EncoderFolder found = read(folder);
    if (!kind.equals(found.card().kind())) {
      throw refuse(found, kind);
    }
    return found;
  }

  /**
   * Opens an imported audio encoder, whichever {@link AudioBackbone} it is.
   *
   * @throws InputException if the folder holds none
   */
  public static EncoderFolder openAudio(Path folder) {
    EncoderFolder found = read(folder);
    if (AudioBackbone.of(found.card().kind()).isEmpty()) {
      throw refuse(found, AudioBackbone.names());
    }
    return found;
  }

  private static EncoderFolder read(Path folder) {
    Path file = folder.resolve(CARD);
    EncoderCard card =
        ModelBundle.readJson(file, EncoderCard.class, "give a folder made by ./hearsight import");
    if (card.formatVersion() != EncoderCard.FORMAT_VERSION) {
      throw new InputException(
          file,
          "format_version: " + card.formatVersion() + ", expected " + EncoderCard.FORMAT_VERSION,
          "import the checkpoint again with this version");
    }
    return new EncoderFolder(folder, card);
  }

  private static InputException refuse(EncoderFolder found, String wanted) {
    return new InputException(
        found.folder().resolve(CARD),
        "kind: " + found.card().kind() + ", expected " + wanted,
        "give the folder of a " + wanted);
  }

  /** Writes {@code encoder.json}; call it when the weights are there. */
  public static EncoderFolder finish(Path folder, EncoderCard card) {
    ModelBundle.writeJson(folder.resolve(CARD), card);
    return new EncoderFolder(folder, card);
  }

  public Path weights() {
    return ModelBundle.weights(folder);
  }
}
