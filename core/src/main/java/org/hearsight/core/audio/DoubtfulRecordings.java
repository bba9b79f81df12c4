package org.hearsight.core.audio;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Recordings of a data set that are not sound fields, or that were read in another format than
 * ambix because they say so, counted, so that a thousand of them are one note. For many threads.
 */
public final class DoubtfulRecordings {
  private int heard;
  private final Kind doubtful = new Kind();
  private final Kind converted = new Kind();

  /** Those with one kind of note. */
  private static final class Kind {
    private int count;
    private Path first;
    private String note;

    void add(Path file, String text) {
      count++;
      if (first == null || file.compareTo(first) < 0) {
        first = file;
        note = text;
      }
    }
  }

  /** Nothing heard yet. */
  public DoubtfulRecordings() {}

  /**
   * Judges the sound of one recording.
   *
   * @param file it was read from
   * @param foa [4][samples] at 24 kHz
   */
  public void add(Path file, float[][] foa) {
    Optional<String> found = SoundField.doubt(foa);
    synchronized (this) {
      heard++;
      found.ifPresent(doubt -> doubtful.add(file, file + ": " + doubt));
    }
  }

  /**
   * Judges one recording, also by what it says of its format.
   *
   * @param said in what format it was read, by a person; null if nobody did
   */
  public void add(Path file, FoaFormat said, float[][] foa) {
    List<String> notes = new ArrayList<>();
    FoaMetadata.Choice unused = FoaMetadata.settle(file, said, notes::add);
    add(file, foa);
    synchronized (this) {
      notes.forEach(note -> converted.add(file, note));
    }
  }

  /** Says in a line each how many there were, and what is to be known of the first by name. */
  public synchronized void tell(Consumer<String> notes) {
    tell(doubtful, "are doubtful", notes);
    tell(converted, "say their format themselves", notes);
  }

  private void tell(Kind kind, String what, Consumer<String> notes) {
    if (kind.count > 0) {
      notes.accept(
          "%d of %d recordings %s, first %s".formatted(kind.count, heard, what, kind.note));
    }
  }
}
