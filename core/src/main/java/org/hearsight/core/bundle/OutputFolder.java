package org.hearsight.core.bundle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
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

  /**
   * Refuses folders of results that would destroy something: one that the command reads, one that
   * holds a file the command reads, and one in a model or an encoder.
   *
   * @param outputs folders to be written into
   * @param inputs files and folders that are read
   * @throws InputException naming the first output that may not be written into
   */
  public static void require(Collection<Path> outputs, Collection<Path> inputs) {
    for (Path output : outputs) {
      Path real = OutputFile.real(output);
      for (Path input : inputs) {
        Path realInput = OutputFile.real(input);
        if (real.equals(realInput)) {
          throw new InputException(output, "is read by this command, too", "choose another folder");
        }
        if (realInput.startsWith(real) && Files.isRegularFile(realInput)) {
          throw new InputException(
              output,
              "holds a file that this command reads (" + input + ")",
              "choose another folder");
        }
      }
      for (Path folder = real.getParent(); folder != null; folder = folder.getParent()) {
        for (FolderKind kind : List.of(FolderKind.MODEL, FolderKind.ENCODER)) {
          if (kind.isIn(folder)) {
            throw new InputException(
                output, "lies in " + kind.words() + " (" + folder + ")", "choose another folder");
          }
        }
      }
    }
  }

  private static void refuse(Path folder, FolderKind kind) {
    if (kind.isIn(folder)) {
      throw new InputException(
          folder, "holds " + kind.words() + " (" + kind.card() + ")", "choose another folder");
    }
  }
}
