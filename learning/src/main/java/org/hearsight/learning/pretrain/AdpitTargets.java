package org.hearsight.learning.pretrain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hearsight.core.audio.ChannelSwap;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.seld.DistanceForm;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.learning.loss.AdpitLoss;

/**
 * Events as the dummy tracks that {@link AdpitLoss} wants: A0 where one event of a class sounds in
 * a frame, B0 and B1 where two do, C0 to C2 where three or more do (the first three by source).
 *
 * @param classes of the network
 * @param distance what the fourth number of a track stands for; events without a distance have 0
 */
record AdpitTargets(int classes, DistanceForm distance) {
  /** The first dummy track for one, two and three events. */
  private static final int[] FIRST = {0, 1, 3};

  /**
   * The tracks of a window.
   *
   * @param events in it, frames counted from its start
   * @param frames of the window
   * @param swap where everything moves to
   * @return [frames, 6, 4, classes]
   */
  float[] tracks(List<SeldEvent> events, int frames, ChannelSwap swap) {
    float[] tracks = new float[frames * AdpitLoss.DUMMY_TRACKS * AdpitLoss.AXES * classes];
    List<List<SeldEvent>> cells = new ArrayList<>();
    for (int i = 0; i < frames * classes; i++) {
      cells.add(List.of());
    }
    for (SeldEvent e : events) {
      int cell = e.frame() * classes + e.classIndex();
      List<SeldEvent> more = new ArrayList<>(cells.get(cell));
      more.add(e);
      cells.set(cell, more);
    }
    for (int cell = 0; cell < cells.size(); cell++) {
      List<SeldEvent> together = new ArrayList<>(cells.get(cell));
      together.sort(Comparator.comparingInt(SeldEvent::source));
      int n = Math.min(together.size(), AdpitLoss.TRACKS);
      for (int i = 0; i < n; i++) {
        int track = cell / classes * AdpitLoss.DUMMY_TRACKS + FIRST[n - 1] + i;
        put(tracks, track * AdpitLoss.AXES * classes + cell % classes, together.get(i), swap);
      }
    }
    return tracks;
  }

  /**
   * Which classes sound.
   *
   * @return [frames, classes], 0 or 1
   */
  float[] active(List<SeldEvent> events, int frames) {
    float[] active = new float[frames * classes];
    for (SeldEvent e : events) {
      active[e.frame() * classes + e.classIndex()] = 1;
    }
    return active;
  }

  private void put(float[] tracks, int at, SeldEvent e, ChannelSwap swap) {
    Vec3 v = swap.apply(e.direction().unit());
    tracks[at] = (float) v.x();
    tracks[at + classes] = (float) v.y();
    tracks[at + 2 * classes] = (float) v.z();
    tracks[at + 3 * classes] = e.hasDistance() ? (float) distance.encode(e.distance()) : 0;
  }
}
