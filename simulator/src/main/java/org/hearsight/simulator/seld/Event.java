package org.hearsight.simulator.seld;

import org.hearsight.core.dataset.Location;
import org.hearsight.simulator.scene.Trajectory;
import org.hearsight.simulator.sound.LabelFrames;

/**
 * One labelled source of a clip.
 *
 * @param index of its class
 * @param start when it begins to sound, seconds of the clip; below zero if before the clip
 * @param way from its start on
 * @param active [label frames of the clip] in which it is heard at the microphone
 */
public record Event(int index, double start, Trajectory way, boolean[] active) {
  /** Where it is in the middle of a label frame. */
  Location place(int frame) {
    return Location.of(way.at(LabelFrames.centre(frame) - start));
  }

  /** A line of the labels. */
  public String label(int frame, int source) {
    return LabelFrames.line(frame, index, source, place(frame));
  }
}
