package org.hearsight.core.audio;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Recordings of a data set that are not sound fields, counted, so that a thousand of them are one
 * note. For many threads.
 */
public final class DoubtfulRecordings {
  private int heard;
  private int doubtful;
  private Path first;
  private String doubt;

  /** Nothing heard yet. */
  public DoubtfulRecordings() {}

  /**
   * Judges one recording.
   *
   * @param file it was read from
   * @param foa [4][samples] at 24 kHz
   */
  public void add(Path file, float[][] foa) {
    Optional<String> found = SoundField.doubt(foa);
    synchronized (this) {
      heard++;
      if (found.isEmpty()) {
        return;
      }
      doubtful++;
      if (first == null || file.compareTo(first) < 0) {
        first = file;
        doubt = found.get();
      }
    }
  }

  /** Says in one line how many there were, and what is wrong with the first by name, if any. */
  public synchronized void tell(Consumer<String> notes) {
    if (doubtful > 0) {
      notes.accept(
          "%d of %d recordings are doubtful, first %s: %s"
              .formatted(doubtful, heard, first, doubt));
    }
  }
}
