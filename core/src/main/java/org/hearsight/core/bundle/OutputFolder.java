package org.hearsight.core.bundle;

import java.nio.file.Path;
import org.hearsight.core.error.InputException;

/**
 * A folder that is about to be written into. Models, encoders and data sets keep files of the same
 * names, so none may be made where another kind lies.
 */
public final class OutputFolder {
  private OutputFolder() {}

  /**
   * For a trained model.
   *
   * @throws InputException if the folder holds an encoder or a data set
   */
  public static void forModel(Path folder) {
    refuse(folder, FolderKind.ENCODER);
    refuse(folder, FolderKind.DATA);
  }

  /**
   * For an encoder.
   *
   * @throws InputException if the folder holds a model or a data set
   */
  public static void forEncoder(Path folder) {
    refuse(folder, FolderKind.MODEL);
    refuse(folder, FolderKind.DATA);
  }

  private static void refuse(Path folder, FolderKind kind) {
    if (kind.isIn(folder)) {
      throw new InputException(
          folder, "holds " + kind.words() + " (" + kind.card() + ")", "choose another folder");
    }
  }
}
