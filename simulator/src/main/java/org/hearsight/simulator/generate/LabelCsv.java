package org.hearsight.simulator.generate;

import org.hearsight.core.dataset.Location;
import org.hearsight.simulator.scene.Trajectory;

/**
 * Labels of a clip in the STARSS23 form: {@code frame,class,source,azimuth,elevation,distance}, no
 * header, frames of 100 ms from 0, whole degrees and centimetres. The class is the index in the
 * data set's taxonomy; there is one source, 0.
 */
final class LabelCsv {
  static final double FRAME_SECONDS = 0.1;

  private LabelCsv() {}

  /**
   * One line for each frame that sounds, with where the hazard is in the middle of the frame.
   *
   * @param active which frames sound
   */
  static String of(Trajectory way, boolean[] active, int classIndex) {
    StringBuilder text = new StringBuilder();
    for (int frame = 0; frame < active.length; frame++) {
      if (!active[frame]) {
        continue;
      }
      Location place = Location.of(way.at((frame + 0.5) * FRAME_SECONDS));
      long azimuth = Math.round(place.azimuth());
      text.append(frame)
          .append(',')
          .append(classIndex)
          .append(",0,")
          .append(azimuth == -180 ? 180 : azimuth)
          .append(',')
          .append(Math.round(place.elevation()))
          .append(',')
          .append(Math.round(place.distance() * 100))
          .append('\n');
    }
    return text.toString();
  }
}
