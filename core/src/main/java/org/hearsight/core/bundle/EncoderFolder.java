package org.hearsight.core.bundle;

import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.error.InputException;

/**
 * An encoder that was imported (or drawn from a seed) as a folder: {@code encoder.json} and {@code
 * weights.safetensors} under the names of its PyTorch module.
 *
 * <p>The weights are held against the card's {@link Checksums} when the folder is opened.
 *
 * @param folder that holds both
 * @param card the content of {@code encoder.json}
 * @param checksums of the weights
 */
public record EncoderFolder(Path folder, EncoderCard card, Checksums checksums) {
  private static final String CARD = "encoder.json";
  private static final String WEIGHTS = "weights.safetensors";

  /**
   * Opens an imported encoder.
   *
   * @param kind the kind that is wanted, as {@link EncoderCard#RESNET50}
   * @throws InputException if the folder holds none, a damaged one, or one of another kind
   */
  public static EncoderFolder open(Path folder, String kind) {
    EncoderFolder found = open(folder);
    if (!kind.equals(found.card().kind())) {
      throw refuse(found, kind);
    }
    return found;
  }

  /**
   * Opens an imported audio encoder, whichever {@link AudioBackbone} it is.
   *
   * @throws InputException if the folder holds none, or a damaged one
   */
  public static EncoderFolder openAudio(Path folder) {
    EncoderFolder found = open(folder);
    if (AudioBackbone.of(found.card().kind()).isEmpty()) {
      throw refuse(found, AudioBackbone.names());
    }
    return found;
  }

  /**
   * Opens an imported encoder of any kind.
   *
   * @throws InputException if the folder holds none, or a damaged one
   */
  public static EncoderFolder open(Path folder) {
    Checksums.Sealed<EncoderCard> sealed =
        Checksums.read(
            folder.resolve(CARD),
            EncoderCard.class,
            EncoderCard.FORMAT,
            List.of(WEIGHTS),
            "give a folder made by ./hearsight import");
    EncoderFolder found = new EncoderFolder(folder, sealed.content(), sealed.checksums());
    found.checksums().require(found.weights());
    return found;
  }

  private static InputException refuse(EncoderFolder found, String wanted) {
    return new InputException(
        found.folder().resolve(CARD),
        "kind: " + found.card().kind() + ", expected " + wanted,
        "give the folder of a " + wanted);
  }

  /**
   * Writes {@code encoder.json} with the checksum of the weights, which must be there.
   *
   * @throws InputException if they are missing
   */
  public static EncoderFolder finish(Path folder, EncoderCard card) {
    return new EncoderFolder(
        folder, card, Checksums.write(folder.resolve(CARD), card, List.of(WEIGHTS)));
  }

  public Path weights() {
    return folder.resolve(WEIGHTS);
  }
}
