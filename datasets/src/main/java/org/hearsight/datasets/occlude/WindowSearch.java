package org.hearsight.datasets.occlude;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.core.seld.SeldDataset.Recording;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.core.taxonomy.ClassMap;
import org.hearsight.core.taxonomy.Taxonomy;

/**
 * Finds the windows of recordings, one every second.
 *
 * <p>A hazard's window holds one source of a mapped class, with distances, that sounds for at least
 * the given share of it and into its last half second. Nothing else is labelled while it sounds,
 * and other sources take a tenth of the window at most. In a background window no mapped class is
 * labelled at all; other classes may be.
 *
 * @param frames length of a window in label frames
 */
record WindowSearch(ClassMap map, int frames, double activeShare) {
  private static final int STEP = 10;

  /** The event must be heard within so many frames of the end, where its place is asked for. */
  private static final int END = 5;

  private static final double OTHERS = 0.1;

  /** A labelled source. */
  private record Key(int classIndex, int source) {}

  /** All windows of a recording, in order of time; they overlap. */
  List<Window> of(Recording recording, List<SeldEvent> events) {
    int length = recording.frames();
    Map<Integer, List<SeldEvent>> byFrame = new LinkedHashMap<>();
    for (SeldEvent e : events) {
      byFrame.computeIfAbsent(e.frame(), f -> new ArrayList<>()).add(e);
    }
    List<Window> windows = new ArrayList<>();
    for (int first = 0; first + frames <= length; first += STEP) {
      Window window = window(recording, byFrame, first);
      if (window != null) {
        windows.add(window);
      }
    }
    return windows;
  }

  private Window window(Recording recording, Map<Integer, List<SeldEvent>> byFrame, int first) {
    Map<Key, List<SeldEvent>> sources = new LinkedHashMap<>();
    for (int f = first; f < first + frames; f++) {
      for (SeldEvent e : byFrame.getOrDefault(f, List.of())) {
        sources.computeIfAbsent(new Key(e.classIndex(), e.source()), k -> new ArrayList<>()).add(e);
      }
    }
    if (sources.keySet().stream().allMatch(k -> hazard(k).equals(Taxonomy.BACKGROUND))) {
      return new Window(recording, first, Taxonomy.BACKGROUND, List.of());
    }
    Key longest = null;
    for (Key k : sources.keySet()) {
      if (longest == null || sources.get(k).size() > sources.get(longest).size()) {
        longest = k;
      }
    }
    List<SeldEvent> own = sources.get(longest);
    boolean usable =
        !hazard(longest).equals(Taxonomy.BACKGROUND)
            && own.size() >= activeShare * frames
            && own.get(own.size() - 1).frame() >= first + frames - END
            && own.stream().allMatch(e -> e.distance() > 0 && byFrame.get(e.frame()).size() == 1);
    long others = 0;
    for (int f = first; f < first + frames; f++) {
      others += byFrame.getOrDefault(f, List.of()).isEmpty() ? 0 : 1;
    }
    others -= own.size();
    return usable && others <= OTHERS * frames
        ? new Window(recording, first, hazard(longest), own)
        : null;
  }

  private String hazard(Key key) {
    return map.of(SeldDataset.STARSS23_CLASSES.get(key.classIndex()));
  }
}
