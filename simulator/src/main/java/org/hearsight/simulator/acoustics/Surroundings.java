package org.hearsight.simulator.acoustics;

import java.util.List;
import org.hearsight.core.geometry.Vec3;

/**
 * A place as sound meets it, around a microphone at the origin: all that {@link Acoustics} asks of
 * a scene of boxes, an empty room or open ground.
 */
public interface Surroundings {
  /** What becomes of an emission here. */
  Ways ways(Emission emission);

  /**
   * The ways of one emission to the microphone. Each is either followed or lasting: what lasts is
   * exact to the highest frequencies and costs little, so many ways may last; what is followed is
   * read between samples at a moving place, which takes up to 3 dB at 8 kHz.
   */
  interface Ways {
    /** Ways from a place of the source; each is followed by itself as the source moves. */
    List<SoundPath> followed(Vec3 place);

    /** Further ways that stay as they are throughout; many of them cost little. */
    default List<SoundPath> lasting() {
      return List.of();
    }

    /**
     * How loud and how long the late field is; null where nothing rings.
     *
     * @param firstArrival travel time of what arrives first at the end of the clip, seconds
     */
    default LateField late(double firstArrival) {
      return null;
    }
  }
}
