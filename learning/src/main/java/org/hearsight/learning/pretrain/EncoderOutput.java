package org.hearsight.learning.pretrain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hearsight.core.bundle.FolderKind;
import org.hearsight.core.bundle.OutputFolder;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.Json;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.loop.Settings;

/** The folder that pretraining makes an encoder in. */
final class EncoderOutput {
  private static final String REPORT = "pretraining.json";

  private EncoderOutput() {}

  /**
   * Refuses a folder of another kind, and one whose encoder did not come from a run that can be
   * gone on with: an imported one, a shipped one, the one a run starts from.
   *
   * @param state of a run in that folder, whether or not it is there
   */
  static void require(Path folder, Path state) {
    OutputFolder.forEncoder(folder);
    if (FolderKind.ENCODER.isIn(folder) && !Files.exists(state)) {
      throw new InputException(folder, "holds a finished encoder already", "choose another folder");
    }
  }

  /**
   * Writes how an encoder was made beside it; {@code --config} takes the file again.
   *
   * @param results what came of it, by name
   */
  static void report(
      Path folder,
      Object config,
      String fingerprint,
      TorchEngine engine,
      int threads,
      Map<String, ?> results) {
    ObjectNode report = Json.object();
    report.set("config", Settings.document(config));
    report.put("data_sha256", fingerprint);
    report.put("threads", threads);
    report.put("engine", "PyTorch " + engine.version());
    results.forEach((name, value) -> report.set(name, Json.tree(value)));
    AtomicFile.writeText(folder.resolve(REPORT), report.toPrettyString() + "\n");
  }
}
