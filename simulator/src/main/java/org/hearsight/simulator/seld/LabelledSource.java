package org.hearsight.simulator.seld;

import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.simulator.scene.Trajectory;
import org.hearsight.simulator.sound.LabelFrames;

/**
 * One source of a clip and when it is heard: what the clip's labels are made of.
 *
 * @param index of its class
 * @param start when it begins to sound, seconds of the clip; below zero if before the clip
 * @param way from its start on
 * @param active [label frames of the clip] in which it is heard at the microphone
 */
public record LabelledSource(int index, double start, Trajectory way, boolean[] active) {
  /** Where it is in the middle of a label frame. */
  Location place(int frame) {
    return Location.of(way.at(LabelFrames.centre(frame) - start));
  }

  /**
   * The labels of a clip: each source in each frame in which it is heard, with its place in the
   * middle of the frame.
   *
   * @param sources numbered in this order
   */
  public static List<SeldEvent> labels(List<LabelledSource> sources) {
    List<SeldEvent> labels = new ArrayList<>();
    int frames = sources.isEmpty() ? 0 : sources.get(0).active().length;
    for (int f = 0; f < frames; f++) {
      for (int s = 0; s < sources.size(); s++) {
        LabelledSource source = sources.get(s);
        if (source.active()[f]) {
          labels.add(SeldEvent.labelled(f, source.index(), s, source.place(f)));
        }
      }
    }
    return labels;
  }
}
