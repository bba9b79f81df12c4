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
   * @param kind the kind that is wanted, {@link EncoderCard#SELDNET} or {@link
   *     EncoderCard#RESNET50}
   * @throws InputException if the folder holds none, or one of another kind
   */
  public static EncoderFolder open(Path folder, String kind) {
    Path file = folder.resolve(CARD);
    EncoderCard card =
        ModelBundle.readJson(file, EncoderCard.class, "give a folder made by ./hearsight import");
    if (card.formatVersion() != EncoderCard.FORMAT_VERSION) {
      throw new InputException(
          file,
          "format_version: " + card.formatVersion() + ", expected " + EncoderCard.FORMAT_VERSION,
          "import the checkpoint again with this version");
    }
    if (!kind.equals(card.kind())) {
      throw new InputException(
          file, "kind: " + card.kind() + ", expected " + kind, "give the folder of a " + kind);
    }
    return new EncoderFolder(folder, card);
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
