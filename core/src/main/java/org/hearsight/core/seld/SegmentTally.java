package org.hearsight.core.seld;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.geometry.Thresholds;

/**
 * DCASE 2019–2023 counting: segments of one second; a class has as many sources as its busiest
 * frame there. Per frame, sources of one class are matched by the least sum of angles; a reference
 * source, known by its place among the rows of its frame, is right if its angles average to at most
 * {@value Thresholds#RIGHT_ANGLE}° (Mesaros et al., WASPAA 2019; Politis et al., 2020).
 *
 * <p>Where reference and prediction of a class share a segment but no frame, the scorer counts the
 * predicted sources, not the reference's, as missed; that is kept, so that numbers compare.
 */
final class SegmentTally {
  private static final int LENGTH = Foa.LABEL_FRAMES_PER_SECOND;

  private SegmentTally() {}

  static SeldTally of(List<SeldEvent> reference, List<SeldEvent> prediction, int classes) {
    SeldTally tally = new SeldTally(classes);
    EventGrid truth = EventGrid.of(reference);
    EventGrid guess = EventGrid.of(prediction);
    int end = truth.end();
    SortedSet<Integer> segments = new TreeSet<>();
    for (int frame : EventGrid.frames(truth, guess)) {
      int segment = frame / LENGTH;
      // The last segment is scored whole, unless it would begin with the end.
      if (segment * LENGTH < end) {
        segments.add(segment);
      }
    }
    for (int segment : segments) {
      count(segment, truth, guess, tally);
    }
    return tally;
  }

  private static void count(int segment, EventGrid truth, EventGrid guess, SeldTally tally) {
    int from = segment * LENGTH;
    Set<Integer> present = new HashSet<>();
    for (int frame = from; frame < from + LENGTH; frame++) {
      present.addAll(EventGrid.classes(truth, guess, frame));
    }
    int wrong = 0;
    int missing = 0;
    for (int c : present) {
      SeldTally.Counts counts = tally.of(c);
      int there = busiest(truth, from, c);
      int predicted = busiest(guess, from, c);
      counts.references += there;
      int extra = Math.max(0, predicted - there);
      int missed = Math.max(0, there - predicted);
      if (there > 0 && predicted > 0) {
        Collection<Mean> angles = matchedAngles(truth, guess, from, c).values();
        if (angles.isEmpty()) {
          extra = 0;
          missed = predicted;
        }
        for (Mean angle : angles) {
          counts.angle += angle.value();
          if (angle.value() <= Thresholds.RIGHT_ANGLE) {
            counts.right++;
          } else {
            counts.misplaced++;
            wrong++;
          }
        }
      }
      counts.extra += extra;
      counts.missed += missed;
      wrong += extra;
      missing += missed;
    }
    tally.addErrors(wrong, missing);
  }

  private static int busiest(EventGrid grid, int from, int c) {
    int most = 0;
    for (int frame = from; frame < from + LENGTH; frame++) {
      most = Math.max(most, grid.at(frame, c).size());
    }
    return most;
  }

  /** The mean angle of each matched reference source, by its place among the rows of a frame. */
  private static Map<Integer, Mean> matchedAngles(
      EventGrid truth, EventGrid guess, int from, int c) {
    Map<Integer, Mean> bySource = new TreeMap<>();
    for (int frame = from; frame < from + LENGTH; frame++) {
      double[][] angles = EventGrid.angles(truth.at(frame, c), guess.at(frame, c));
      int[] partner = Assignment.cheapest(angles);
      for (int r = 0; r < partner.length; r++) {
        if (partner[r] >= 0) {
          bySource.computeIfAbsent(r, k -> new Mean()).add(angles[r][partner[r]]);
        }
      }
    }
    return bySource;
  }

  /** A mean that grows. */
  private static final class Mean {
    private double sum;
    private int count;

    void add(double value) {
      sum += value;
      count++;
    }

    double value() {
      return sum / count;
    }
  }
}
