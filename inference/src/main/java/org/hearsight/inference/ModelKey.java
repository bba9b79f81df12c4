package org.hearsight.inference;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.Json;
import org.hearsight.core.file.Sha256;

/**
 * Which model it is: a folder by its real path, and the content of its card with what it vouches
 * for, so that a model trained anew in the same folder is another one, and one that answers by
 * another card is, too.
 *
 * @param folder as an address, which also says in which jar it is
 * @param card SHA-256 of the card and its checksums
 */
record ModelKey(URI folder, String card) {
  static ModelKey of(ModelBundle bundle) {
    try {
      String card = Json.line(Json.tree(bundle.card())) + bundle.checksums().sums();
      return new ModelKey(
          bundle.folder().toRealPath().toUri(), Sha256.of(card.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw InputFile.cannotRead(bundle.folder(), e);
    }
  }
}
