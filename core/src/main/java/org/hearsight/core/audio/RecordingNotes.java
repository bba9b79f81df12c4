package org.hearsight.core.audio;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What is to be known of how the recordings of a data set were read, counted, so that a thousand
 * notes of one kind are one line. For many threads.
 */
public final class RecordingNotes {
  private final Set<Path> files = new HashSet<>();
  private final Map<String, Kind> kinds = new TreeMap<>();

  /** Notes that differ in numbers alone. */
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

  /** Nothing read yet. */
  public RecordingNotes() {}

  /**
   * Takes the notes of one recording; a second reading of it changes nothing.
   *
   * @param notes as {@link Foa#read(Path, FoaFormat, Consumer)} gives them
   */
  public synchronized void add(Path file, List<String> notes) {
    if (files.add(file)) {
      for (String note : notes) {
        String kind = note.replace(file.toString(), "").replaceAll("[0-9]+", "#");
        kinds.computeIfAbsent(kind, k -> new Kind()).add(file, note);
      }
    }
  }

  /** Says in a line each how many there were of a kind, and the first by name. */
  public synchronized void tell(Consumer<String> notes) {
    for (Kind kind : kinds.values()) {
      notes.accept(
          "%d of %d recordings have a note, first %s"
              .formatted(kind.count, files.size(), kind.note));
    }
  }
}
