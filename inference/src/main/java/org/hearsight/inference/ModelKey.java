package org.hearsight.inference;

import java.io.IOException;
import java.nio.file.Path;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.Sha256;

/**
 * Which model it is: a folder by its real path, and the content of its card, so that a model
 * trained anew in the same folder is another one.
 *
 * @param card SHA-256 of {@code model.json}
 */
record ModelKey(Path folder, String card) {
  static ModelKey of(ModelBundle bundle) {
    try {
      return new ModelKey(bundle.folder().toRealPath(), Sha256.of(bundle.checksums().card()));
    } catch (IOException e) {
      throw InputFile.cannotRead(bundle.folder(), e);
    }
  }
}
