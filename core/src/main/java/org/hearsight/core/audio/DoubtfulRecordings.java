package org.hearsight.core.audio;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Recordings of a data set that are not sound fields, or that were not read as they lie there,
 * counted, so that a thousand of them are one note. For many threads.
 */
public final class DoubtfulRecordings {
  private final RecordingNotes notes = new RecordingNotes();
  private int heard;
  private int count;
  private Path first;
  private String doubt;

  /** Nothing heard yet. */
  public DoubtfulRecordings() {}

  /** As {@link #add(Path, List, float[][])}, without notes. */
  public void add(Path file, float[][] foa) {
    add(file, List.of(), foa);
  }

  /**
   * Judges the sound of one recording.
   *
   * @param file it was read from
   * @param read notes of its reading
   * @param foa [4][samples] at 24 kHz
   */
  public void add(Path file, List<String> read, float[][] foa) {
    Optional<String> found = SoundField.doubt(foa);
    notes.add(file, read);
    synchronized (this) {
      heard++;
      if (found.isPresent()) {
        count++;
        if (first == null || file.compareTo(first) < 0) {
          first = file;
          doubt = found.get();
        }
      }
    }
  }

  /** Says in a line each how many there were, and what is to be known of the first by name. */
  public synchronized void tell(Consumer<String> lines) {
    if (count > 0) {
      lines.accept(
          "%d of %d recordings are doubtful, first %s: %s".formatted(count, heard, first, doubt));
    }
    notes.tell(lines);
  }
}
