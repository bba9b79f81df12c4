package org.hearsight.learning.pretrain;

import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.bundle.OutputFolder;
import org.hearsight.core.error.InputException;

/** The folder that pretraining makes an encoder in. */
final class EncoderOutput {
  private EncoderOutput() {}

  /**
   * Refuses a folder of another kind, and one whose encoder did not come from a run that can be
   * gone on with: an imported one, a shipped one, the one a run starts from.
   *
   * @param state of a run in that folder, whether or not it is there
   */
  static void require(Path folder, Path state) {
    OutputFolder.forEncoder(folder);
    if (Files.exists(folder.resolve("encoder.json")) && !Files.exists(state)) {
      throw new InputException(folder, "holds a finished encoder already", "choose another folder");
    }
  }
}
