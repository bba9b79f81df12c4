package org.hearsight.core.seld;

import java.util.List;
import org.hearsight.core.geometry.Thresholds;

/**
 * DCASE 2024 counting: frame by frame, sources of one class matched by the least sum of angles; a
 * match is right up to {@value Thresholds#RIGHT_ANGLE}° and a relative distance error of {@value
 * Thresholds#SELD_RELATIVE_DISTANCE} (Krause, Politis and Mesaros, 2024).
 */
final class FrameTally {
  private FrameTally() {}

  static SeldTally of(List<SeldEvent> reference, List<SeldEvent> prediction, int classes) {
    SeldTally tally = new SeldTally(classes);
    EventGrid truth = EventGrid.of(reference);
    EventGrid guess = EventGrid.of(prediction);
    for (int frame : EventGrid.frames(truth, guess).headSet(truth.end())) {
      int wrong = 0;
      int missing = 0;
      for (int c : EventGrid.classes(truth, guess, frame)) {
        List<SeldEvent> there = truth.at(frame, c);
        List<SeldEvent> predicted = guess.at(frame, c);
        SeldTally.Counts counts = tally.of(c);
        int misplaced = match(there, predicted, counts);
        int extra = Math.max(0, predicted.size() - there.size());
        int missed = Math.max(0, there.size() - predicted.size());
        counts.extra += extra;
        counts.missed += missed;
        counts.references += there.size();
        wrong += misplaced + extra;
        missing += missed;
      }
      tally.addErrors(wrong, missing);
    }
    return tally;
  }

  /** Counts the matches of one class in one frame, and says how many are too far off. */
  private static int match(
      List<SeldEvent> there, List<SeldEvent> predicted, SeldTally.Counts counts) {
    double[][] angles = EventGrid.angles(there, predicted);
    int[] partner = Assignment.cheapest(angles);
    int misplaced = 0;
    for (int r = 0; r < partner.length; r++) {
      if (partner[r] < 0) {
        continue;
      }
      double angle = angles[r][partner[r]];
      double distance = there.get(r).distance();
      double off = Math.abs(distance - predicted.get(partner[r]).distance());
      // A reference at the microphone itself allows no error at all, as in DCASE's scorer.
      double relative = off / (distance + Math.ulp(1.0));
      counts.angle += angle;
      counts.distance += off;
      counts.relativeDistance += relative;
      if (angle > Thresholds.RIGHT_ANGLE || relative > Thresholds.SELD_RELATIVE_DISTANCE) {
        misplaced++;
        counts.misplaced++;
      } else {
        counts.right++;
      }
    }
    return misplaced;
  }
}
