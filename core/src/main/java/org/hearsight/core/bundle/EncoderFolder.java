package org.hearsight.core.bundle;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;

/**
 * An encoder that was imported, pretrained or drawn from a seed, as a folder.
 *
 * <pre>
 * encoder.json           {@link EncoderCard} and {@link Checksums}; written last
 * weights.safetensors    under the names of its PyTorch module
 * detector.onnx          of a SELD network with its head: the whole network, ready to listen.
 *                        Folders of earlier versions have none
 * </pre>
 *
 * <p>The parts are held against the card's checksums when the folder is opened.
 *
 * @param folder that holds these files
 * @param card the content of {@code encoder.json}
 * @param checksums of the parts
 */
public record EncoderFolder(Path folder, EncoderCard card, Checksums checksums) {
  private static final String CARD = FolderKind.ENCODER.card();
  private static final String WEIGHTS = "weights.safetensors";
  private static final String DETECTOR = "detector.onnx";

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
    found.detector().ifPresent(found.checksums()::require);
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
    return finish(folder, card, List.of(WEIGHTS));
  }

  /**
   * As {@link #finish(Path, EncoderCard)}, of a SELD network with its head.
   *
   * @param detector the whole network as an ONNX graph
   */
  public static EncoderFolder finish(Path folder, EncoderCard card, byte[] detector) {
    AtomicFile.write(folder.resolve(DETECTOR), out -> out.write(detector));
    return finish(folder, card, List.of(WEIGHTS, DETECTOR));
  }

  private static EncoderFolder finish(Path folder, EncoderCard card, List<String> parts) {
    return new EncoderFolder(folder, card, Checksums.write(folder.resolve(CARD), card, parts));
  }

  public Path weights() {
    return folder.resolve(WEIGHTS);
  }

  /** The whole SELD network as an ONNX graph, if its card vouches for one. */
  public Optional<Path> detector() {
    return checksums.sums().containsKey(DETECTOR)
        ? Optional.of(folder.resolve(DETECTOR))
        : Optional.empty();
  }
}
