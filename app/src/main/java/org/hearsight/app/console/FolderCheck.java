package org.hearsight.app.console;

import java.nio.file.Path;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.bundle.FolderKind;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;

/** Whether a folder of ours is still as it was written. */
public final class FolderCheck {
  private FolderCheck() {}

  /**
   * Reads every part.
   *
   * @return what it is, and that it is whole, or that nobody can say
   * @throws InputException if a part is damaged, or the folder is not one of ours
   */
  public static String words(Path folder) {
    if (FolderKind.MODEL.isIn(folder)) {
      ModelBundle model = ModelBundle.open(folder);
      return words(FolderKind.MODEL, model.requireWhole());
    }
    if (FolderKind.ENCODER.isIn(folder)) {
      return words(FolderKind.ENCODER, EncoderFolder.open(folder).checksums().sums().size());
    }
    if (FolderKind.DATA.isIn(folder)) {
      return words(FolderKind.DATA, DatasetFolder.open(folder).requireAll(Progress.SILENT));
    }
    throw new InputException(
        folder,
        "holds no model, no encoder and no data set",
        "give a folder that train, import or simulate wrote");
  }

  private static String words(FolderKind kind, int checksums) {
    return kind.words()
        + (checksums > 0
            ? ", whole: " + checksums + " checksums are right"
            : ", written before there were checksums: make it again to have them");
  }
}
