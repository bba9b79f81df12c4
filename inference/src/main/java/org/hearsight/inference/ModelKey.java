package org.hearsight.inference;

import java.io.IOException;
import java.net.URI;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.Sha256;

/**
 * Which model it is: a folder by its real path, and the content of its card, so that a model
 * trained anew in the same folder is another one.
 *
 * @param folder as an address, which also says in which jar it is
 * @param card SHA-256 of {@code model.json}
 */
record ModelKey(URI folder, String card) {
  static ModelKey of(ModelBundle bundle) {
    try {
      return new ModelKey(
          bundle.folder().toRealPath().toUri(), Sha256.of(bundle.checksums().card()));
    } catch (IOException e) {
      throw InputFile.cannotRead(bundle.folder(), e);
    }
  }
}
