package org.hearsight.datasets.scenario;

import org.hearsight.core.dataset.Location;
import org.hearsight.simulator.scene.Trajectory;
import org.hearsight.simulator.sound.LabelFrames;

/**
 * Labels of a clip in the STARSS23 form, no header, frames of 100 ms from 0. The class is the index
 * in the data set's taxonomy; there is one source, 0.
 */
final class LabelCsv {
  private LabelCsv() {}

  /**
   * One line for each frame in which the hazard is heard, with where it is in the middle of the
   * frame.
   *
   * @param active which frames
   */
  static String of(Trajectory way, boolean[] active, int classIndex) {
    StringBuilder text = new StringBuilder();
    for (int frame = 0; frame < active.length; frame++) {
      if (active[frame]) {
        Location place = Location.of(way.at(LabelFrames.centre(frame)));
        text.append(LabelFrames.line(frame, classIndex, 0, place)).append('\n');
      }
    }
    return text.toString();
  }
}
