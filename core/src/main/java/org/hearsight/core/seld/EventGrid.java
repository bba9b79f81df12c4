package org.hearsight.core.seld;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Events by frame, then class; those of one frame and class in the order of the file. */
record EventGrid(TreeMap<Integer, Map<Integer, List<SeldEvent>>> frames) {
  static EventGrid of(List<SeldEvent> events) {
    return new EventGrid(
        events.stream()
            .collect(
                Collectors.groupingBy(
                    SeldEvent::frame, TreeMap::new, Collectors.groupingBy(SeldEvent::classIndex))));
  }

  List<SeldEvent> at(int frame, int classIndex) {
    return frames.getOrDefault(frame, Map.of()).getOrDefault(classIndex, List.of());
  }

  /**
   * The frame before which scoring ends: the last one with an event, which DCASE's scorer leaves
   * out. A clip without events has no end.
   */
  int end() {
    return frames.isEmpty() ? Integer.MAX_VALUE : frames.lastKey();
  }

  /** Frames in which either has events. */
  static SortedSet<Integer> frames(EventGrid a, EventGrid b) {
    SortedSet<Integer> union = new TreeSet<>(a.frames.keySet());
    union.addAll(b.frames.keySet());
    return union;
  }

  /** Classes of which either has events in the frame. */
  static Set<Integer> classes(EventGrid a, EventGrid b, int frame) {
    Set<Integer> union = new HashSet<>(a.frames.getOrDefault(frame, Map.of()).keySet());
    union.addAll(b.frames.getOrDefault(frame, Map.of()).keySet());
    return union;
  }

  /** Great-circle angles in degrees, [references][predictions]. */
  static double[][] angles(List<SeldEvent> references, List<SeldEvent> predictions) {
    double[][] angles = new double[references.size()][predictions.size()];
    for (int r = 0; r < angles.length; r++) {
      for (int p = 0; p < angles[r].length; p++) {
        angles[r][p] = references.get(r).direction().angleTo(predictions.get(p).direction());
      }
    }
    return angles;
  }
}
