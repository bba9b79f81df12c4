package org.hearsight.learning.encode;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.Hearing;
import org.hearsight.core.bundle.AudioBackbone;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.Json;
import org.hearsight.learning.encode.EncodedScenes.Item;

/**
 * All that it takes to encode scenes for a training elsewhere, in a folder that can be sent there:
 * this as {@code recipe.json} beside the encoders' graphs. ONNX Runtime is enough to follow it.
 *
 * @param fingerprint that the encoded scenes are known by
 * @param places fingerprint of the place features; null where no map is trained
 * @param splits of the scenes that are encoded
 * @param mirrored whether the training scenes seen in a mirror follow
 * @param layout of the records
 * @param backbone whose features the audio encoder is fed
 * @param boundary name of the audio encoder's output where the second stage starts
 * @param scaler of the features
 */
@JsonNaming(SnakeCaseStrategy.class)
public record EncodingRecipe(
    String fingerprint,
    String places,
    List<Split> splits,
    boolean mirrored,
    EncodedSet.Layout layout,
    AudioBackbone backbone,
    String boundary,
    FeatureScaler scaler) {
  private static final String CARD = "recipe.json";
  private static final String AUDIO = "audio.onnx";
  private static final String PICTURES = "pictures.onnx";

  /** Of a graph, bytes. */
  private static final long LARGEST_GRAPH = 1L << 30;

  public EncodingRecipe {
    splits = List.copyOf(splits);
  }

  /** Where the picture encoder's graph lies in a recipe's folder. */
  public static Path pictures(Path folder) {
    return folder.resolve(PICTURES);
  }

  /**
   * Writes the card and the audio encoder's graph; that of the picture encoder is there already.
   *
   * @throws org.hearsight.core.error.InputException if a file cannot be written
   */
  public void write(Path folder, byte[] audioGraph) {
    AtomicFile.write(folder.resolve(AUDIO), out -> out.write(audioGraph));
    AtomicFile.writeText(folder.resolve(CARD), Json.page(this));
  }

  /**
   * Reads the card.
   *
   * @throws org.hearsight.core.error.InputException if the folder holds none
   */
  public static EncodingRecipe read(Path folder) {
    return Json.read(folder.resolve(CARD), EncodingRecipe.class, "prepare the encoding again");
  }

  /**
   * The encoders in the recipe's folder.
   *
   * @throws org.hearsight.core.error.InputException if they are not there
   */
  public FrozenGraphs graphs(Path folder) {
    return new FrozenGraphs(
        InputFile.bytes(folder.resolve(AUDIO), LARGEST_GRAPH),
        pictures(folder),
        boundary,
        new Hearing(backbone.features(), scaler));
  }

  /** The scenes whose place features are computed: those that are encoded as they are. */
  public List<Scenario> scenes(ScenarioStore store) {
    return EncodedScenes.order(store, Set.copyOf(splits));
  }

  /** What is encoded, in the order of its records. */
  public List<Item> items(ScenarioStore store) {
    return EncodedScenes.items(store, scenes(store), mirrored);
  }

  /** The file that training looks for in its cache. */
  public Path encodedFile(Path cache) {
    return CacheFile.place(cache, CacheFile.ENCODED, fingerprint, "");
  }

  /** Opens a file of encoded scenes, or begins it; see {@link EncodedSet#open}. */
  public EncodedSet openEncoded(Path file) {
    return EncodedSet.open(file, layout, fingerprint);
  }

  /** The file of place features that training looks for in its cache; only where a map is. */
  public Path placesFile(Path cache) {
    return CacheFile.place(cache, CacheFile.PLACES, places, "");
  }

  /** Opens a file of place features, or begins it; see {@link PlaceSet#open}. */
  public PlaceSet openPlaces(Path file) {
    return PlaceSet.open(file, places);
  }
}
