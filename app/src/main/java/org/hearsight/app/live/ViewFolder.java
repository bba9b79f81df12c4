package org.hearsight.app.live;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.ViewReader;

/**
 * A folder into which somebody puts what a camera sees, frame after frame: {@code NAME.rgb.png},
 * and before it {@code NAME.depth.png} where there is depth. Of the frames whose picture is there
 * the one with the last name is the newest. Names that begin with a dot are passed over, so that a
 * frame can be written under one and renamed. For one thread.
 */
public final class ViewFolder {
  private static final List<String> PICTURES =
      List.of(".rgb.png", ".rgb.jpg", ".rgb.jpeg", ".rgb.tif", ".rgb.tiff");
  private static final List<String> DEPTHS =
      List.of(".depth.png", ".depth.tif", ".depth.tiff", ".depth.exr", ".depth.npy", ".depth.pfm");

  private final Path folder;
  private final ViewReader.Options options;
  private final Consumer<String> notes;
  private String shown = "";

  /**
   * @param options what is known of the camera
   * @param notes takes a line for a frame that cannot be read
   * @throws InputException if it is not a folder
   */
  public ViewFolder(Path folder, ViewReader.Options options, Consumer<String> notes) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          folder,
          "is not a folder",
          "make it, and put frames NAME.rgb.png and NAME.depth.png in it");
    }
    this.folder = folder;
    this.options = options;
    this.notes = notes;
  }

  /** The newest frame, if it is another than the one before. A damaged one is noted once. */
  public Optional<View> next() {
    TreeMap<String, Path> pictures = new TreeMap<>(FolderListing.byStem(folder, PICTURES));
    if (pictures.isEmpty() || pictures.lastKey().equals(shown)) {
      return Optional.empty();
    }
    shown = pictures.lastKey();
    try {
      ViewReader.Options frame = options.withRgb(pictures.get(shown));
      Path depth = FolderListing.byStem(folder, DEPTHS).get(shown);
      ViewReader.Seen seen = ViewReader.read(depth == null ? frame : frame.withDepth(depth));
      seen.notes().forEach(notes);
      return Optional.of(seen.view());
    } catch (InputException e) {
      notes.accept("frame passed over: " + e.getMessage());
      return Optional.empty();
    }
  }
}
