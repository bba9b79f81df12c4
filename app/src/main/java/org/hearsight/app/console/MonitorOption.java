package org.hearsight.app.console;

import java.nio.file.Path;
import org.hearsight.core.drift.DriftFile;
import org.hearsight.core.drift.DriftState;
import org.hearsight.core.error.InputException;
import org.hearsight.inference.Hearsight;
import picocli.CommandLine.Option;

/** {@code --monitor}: is what comes in like what the model was calibrated on? */
public final class MonitorOption {
  @Option(
      names = "--monitor",
      paramLabel = "FILE",
      description =
          "Say whether what comes in is unlike the scenes of the calibration, and keep what was"
              + " seen in this file over calls (docs/drift.md).")
  @Writes(Writes.Kind.FILE)
  private Path file;

  @Option(
      names = "--monitor-alpha",
      paramLabel = "X",
      description =
          "Largest probability of an alarm where nothing has changed (default: 0.01; a file keeps"
              + " what it was begun with).")
  private Double alpha;

  /**
   * Refuses values that do not fit.
   *
   * @throws IllegalArgumentException naming the option
   */
  public void check() {
    if (alpha != null) {
      if (file == null) {
        throw new IllegalArgumentException("--monitor-alpha: give --monitor FILE, too");
      }
      DriftState.requireAlpha("--monitor-alpha", alpha);
    }
  }

  /**
   * Opens the file.
   *
   * @return null where none was asked for
   * @throws InputException as {@link DriftFile#open}
   */
  public DriftFile open(Hearsight hearsight) {
    return file == null
        ? null
        : DriftFile.open(file, hearsight.card().drift(), hearsight.sha256(), alpha);
  }
}
