package org.hearsight.core.drift;

import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.FolderLock;
import org.hearsight.core.file.Json;

/**
 * A {@link DriftMonitor} in a file, so that it goes on over many calls; one process at a time holds
 * it. A file that is removed begins anew.
 */
public final class DriftFile implements AutoCloseable {
  private static final String REMEDY = "give another file, or remove this one to begin anew";

  private final Path file;
  private final FolderLock lock;
  private final DriftMonitor monitor;

  private DriftFile(Path file, FolderLock lock, DriftMonitor monitor) {
    this.file = file;
    this.lock = lock;
    this.monitor = monitor;
  }

  /**
   * Opens one, or begins it where there is none; nothing is written yet.
   *
   * @param reference of the model's card; null of one that has none
   * @param model SHA-256 of the model that answers
   * @param alpha the largest probability of an alarm where nothing has changed; null for what the
   *     file says, or {@value DriftState#ALPHA}
   * @throws InputException if there is no reference, or the file is damaged, held by another
   *     process, or of another model or α
   */
  public static DriftFile open(Path file, DriftReference reference, String model, Double alpha) {
    if (reference == null) {
      throw new InputException(
          "--monitor",
          "the model's card does not say what its calibration's scenes were like",
          "calibrate it anew: hearsight calibrate --drift-only --model MODEL --data DATA");
    }
    AtomicFile.requireNoFolder(file);
    FolderLock lock = FolderLock.take(file.resolveSibling(file.getFileName() + ".lock"), "monitor");
    try {
      DriftState state =
          Files.exists(file)
              ? Json.read(file, DriftState.class, REMEDY)
              : DriftState.begin(model, alpha == null ? DriftState.ALPHA : alpha);
      if (!state.model().equals(model)) {
        throw new InputException(
            file, "model: is another one, or one that was calibrated otherwise", REMEDY);
      }
      if (alpha != null && alpha != state.alpha()) {
        throw new InputException(
            file, "alpha: was begun with " + state.alpha() + ", not with " + alpha, REMEDY);
      }
      return new DriftFile(file, lock, new DriftMonitor(reference, state));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** What judges the next clips. */
  public DriftMonitor monitor() {
    return monitor;
  }

  /**
   * Writes what the monitor knows by now.
   *
   * @throws InputException if it cannot be written; what was there stays then
   */
  public void write() {
    AtomicFile.writeText(file, Json.rows(monitor.state()));
  }

  /** Gives the file to others; what was not written is lost. */
  @Override
  public void close() {
    lock.close();
  }
}
