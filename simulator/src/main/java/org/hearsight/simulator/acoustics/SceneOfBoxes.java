package org.hearsight.simulator.acoustics;

import java.util.List;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Scene;

/**
 * A scene of boxes: around edges and off walls, and in a room with its tail. Directivities are not
 * used here: diffracted sound leaves a source on all sides.
 */
public record SceneOfBoxes(Scene scene) implements Surroundings {
  @Override
  public Ways ways(Emission emission) {
    Vec3 from = emission.way().at(emission.begin());
    Vec3 to = emission.way().end();
    PathFinder finder = new PathFinder(scene, Vec3.ZERO, to.z());
    return new Ways() {
      @Override
      public List<SoundPath> followed(Vec3 place) {
        return finder.find(between(from, place, to));
      }

      @Override
      public LateField late(double firstArrival) {
        return scene.room() == null
            ? null
            : new LateReverb(scene.room(), scene.ground()).field(firstArrival);
      }
    };
  }

  /** Is there any way from a place to the microphone? Not from a closed cell. */
  public boolean reaches(Vec3 place) {
    return !new PathFinder(scene, Vec3.ZERO, place.z()).find(place).isEmpty();
  }

  /** Before it begins to sound and after its end a source might stand in a wall. */
  private static Vec3 between(Vec3 from, Vec3 place, Vec3 to) {
    Vec3 way = to.minus(from);
    double share = place.minus(from).dot(way);
    return share < 0 ? from : share > way.dot(way) ? to : place;
  }
}
