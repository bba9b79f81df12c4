package org.hearsight.core.bundle;

import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;

/**
 * A folder that is about to be written into. Models, encoders and data sets keep files of the same
 * names, so none may be made where another kind lies.
 */
public final class OutputFolder {
  private OutputFolder() {}

  /** What a folder may hold, by the file that says so. */
  private enum Kind {
    MODEL("model.json", "a trained model"),
    ENCODER("encoder.json", "an encoder"),
    DATA("dataset.json", "a data set");

    private final String card;
    private final String words;

    Kind(String card, String words) {
      this.card = card;
      this.words = words;
    }
  }

  /**
   * For a trained model.
   *
   * @throws InputException if the folder holds an encoder or a data set
   */
  public static void forModel(Path folder) {
    refuse(folder, Kind.ENCODER);
    refuse(folder, Kind.DATA);
  }

  /**
   * For an encoder.
   *
   * @throws InputException if the folder holds a model or a data set
   */
  public static void forEncoder(Path folder) {
    refuse(folder, Kind.MODEL);
    refuse(folder, Kind.DATA);
  }

  private static void refuse(Path folder, Kind kind) {
    if (Files.exists(folder.resolve(kind.card))) {
      throw new InputException(
          folder, "holds " + kind.words + " (" + kind.card + ")", "choose another folder");
    }
  }
}
