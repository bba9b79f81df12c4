package org.hearsight.core.bundle;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.FolderListing;

/**
 * A trained model as a folder. What lies in it is what an answer needs, but for the folder {@code
 * training}, which only the folder that {@code train} wrote has.
 *
 * <pre>
 * model.json             {@link ModelCard} and {@link Checksums}; written last, so a folder without
 *                        it is not a model
 * seld_encoder.onnx      features [B, 7, T, bands] to audio tokens [B, T', D]
 * visual_encoder.onnx    planes [B, C, 224, 224] to visual tokens
 * imagination.onnx       adapter and head: tokens and occlusion to class, location, confidence
 * training/              weights.safetensors: all weights under the names of the seed's PyTorch
 *                        modules (seld_encoder.*, visual_encoder.*, adapter.*, imagination_head.*);
 *                        the state that train --resume goes on from; epochs.csv
 * </pre>
 *
 * <p>{@code training} lies inside so that one lock, one rule for outputs and one deletion cover all
 * of a training; what is shipped is the folder without it, as {@code export --serving} writes it.
 * Older versions kept all of these files in the model's folder itself; such folders open.
 *
 * @param folder that holds these files
 * @param card the content of {@code model.json}
 * @param checksums of the parts; whoever loads one holds it against them
 */
public record ModelBundle(Path folder, ModelCard card, Checksums checksums) {
  private static final String CARD = FolderKind.MODEL.card();
  private static final String SELD_ENCODER = "seld_encoder.onnx";
  private static final String VISUAL_ENCODER = "visual_encoder.onnx";
  private static final String IMAGINATION = "imagination.onnx";
  private static final List<String> GRAPHS = List.of(SELD_ENCODER, VISUAL_ENCODER, IMAGINATION);
  private static final String TRAINING = "training";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String HISTORY = "epochs.csv";

  /** What a training keeps: weights, state and history. */
  private static final List<String> KEPT = List.of(WEIGHTS, "training.safetensors", HISTORY);

  /**
   * Opens a finished bundle: its card is whole, and its parts are there, but not yet read.
   *
   * @throws InputException if the folder holds no model, a damaged one, or one of another format
   */
  public static ModelBundle open(Path folder) {
    Path file = folder.resolve(CARD);
    Checksums.Sealed<ModelCard> sealed =
        Checksums.read(
            file, ModelCard.class, ModelCard.FORMAT, GRAPHS, "give the folder that train wrote");
    ModelCard card = sealed.content();
    requireAudio(file, card);
    ModelBundle bundle = new ModelBundle(folder, card, sealed.checksums());
    for (Path part : bundle.graphs()) {
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
   * would open. Weights and history that an older version kept beside it go as well: they would not
   * be the new model's.
   *
   * @throws InputException if one cannot be deleted
   */
  public static void begin(Path folder) {
    delete(folder, CARD);
    delete(folder, WEIGHTS);
    delete(folder, HISTORY);
  }

  /**
   * Writes {@code model.json} with the checksums of all parts, the weights among them, which must
   * be there.
   *
   * @throws InputException if one is missing
   */
  public static ModelBundle finish(Path folder, ModelCard card) {
    List<String> parts = new ArrayList<>(GRAPHS);
    parts.add(TRAINING + "/" + WEIGHTS);
    return finish(folder, card, parts);
  }

  /** As {@link #finish} for a model that only answers: without weights. */
  public static ModelBundle finishServing(Path folder, ModelCard card) {
    return finish(folder, card, GRAPHS);
  }

  private static ModelBundle finish(Path folder, ModelCard card, List<String> parts) {
    return new ModelBundle(folder, card, Checksums.write(folder.resolve(CARD), card, parts));
  }

  /**
   * A model whose graphs are there, and whose card is not written yet; nothing vouches for them.
   */
  public static ModelBundle unfinished(Path folder, ModelCard card) {
    return new ModelBundle(folder, card, new Checksums(folder.resolve(CARD), Map.of()));
  }

  /**
   * Writes another card for the same parts, as a whole: whoever reads the folder meanwhile, or
   * after a stop, has the one or the other. A model of before there were checksums gets them.
   *
   * @throws InputException if it cannot be written; the card before stays then
   */
  public ModelBundle rewrite(ModelCard other) {
    if (checksums.known()) {
      return new ModelBundle(folder, other, checksums.rewrite(other));
    }
    List<String> parts = new ArrayList<>(GRAPHS);
    Path weights = weights(folder);
    if (Files.exists(weights)) {
      parts.add(folder.relativize(weights).toString().replace('\\', '/'));
    }
    return finish(folder, other, parts);
  }

  /**
   * Deletes all that this version and older ones write into a model's folder, the card first, and
   * the folder if nothing else is in it: files of others stay.
   *
   * @throws InputException if a file cannot be deleted
   */
  public static void delete(Path folder) {
    begin(folder);
    GRAPHS.forEach(name -> delete(folder, name));
    for (Path kept : List.of(training(folder), folder)) {
      KEPT.forEach(name -> delete(kept, name));
      delete(kept, "");
    }
  }

  /**
   * Deletes what {@link #finishServing} and those who write the graphs leave: the card first, the
   * graphs, and the folder if nothing else is in it.
   *
   * @throws InputException if a file cannot be deleted
   */
  public static void deleteServing(Path folder) {
    delete(folder, CARD);
    GRAPHS.forEach(name -> delete(folder, name));
    delete(folder, "");
  }

  /** Does a model's folder hold a {@code training} that {@link #delete} would leave? */
  public static boolean keepsTraining(Path folder) {
    Path training = training(folder);
    return Files.isDirectory(training)
        && FolderListing.entries(training).stream()
            .anyMatch(p -> !KEPT.contains(p.getFileName().toString()));
  }

  private static void delete(Path folder, String name) {
    Path file = folder.resolve(name);
    try {
      Files.deleteIfExists(file);
    } catch (DirectoryNotEmptyException e) {
      // It holds files that this program did not write, which stay.
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(file, e);
    }
  }

  /**
   * Holds every part that the card vouches for against its checksum. A folder that was copied
   * without its {@code training} is whole.
   *
   * @return how many checksums were right, the card's own among them; 0 where there are none
   * @throws InputException naming the first part that is damaged
   */
  public int requireWhole() {
    List<Path> parts = new ArrayList<>(graphs());
    if (Files.exists(weights(folder))) {
      parts.add(weights(folder));
    }
    parts.forEach(checksums::require);
    return checksums.known() ? 1 + parts.size() : 0;
  }

  /** The three graphs, which are all that an answer needs beside the card. */
  public List<Path> graphs() {
    return GRAPHS.stream().map(folder::resolve).toList();
  }

  /**
   * The weights that the graphs were made of.
   *
   * @throws InputException if the folder holds none
   */
  public Path weights() {
    Path weights = weights(folder);
    if (!Files.exists(weights)) {
      throw new InputException(
          folder,
          "holds a model that only answers, without weights",
          "give the folder train wrote");
    }
    return weights;
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

  /** Where a training keeps its state, its weights and its history. */
  public static Path training(Path folder) {
    return folder.resolve(TRAINING);
  }

  /** Where the weights are; in a folder of an older version, beside the graphs. */
  public static Path weights(Path folder) {
    Path older = folder.resolve(WEIGHTS);
    return Files.exists(older) ? older : training(folder).resolve(WEIGHTS);
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
