package org.hearsight.simulator.acoustics;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Trajectory;

/** A scene of boxes: around edges and off walls, and in a room with its tail. */
public record SceneSurroundings(Scene scene) implements Surroundings {
  /** The directivity is not used: sound that is bent arrives from all sides of a source. */
  @Override
  public Played play(
      float[] dry, Trajectory way, Directivity directivity, float[][] pressure, RandomGenerator r) {
    PathFinder finder = new PathFinder(scene, Vec3.ZERO, way.end().z());
    DoubleUnaryOperator travel =
        Followed.add(dry, way, place -> finder.find(onWay(way, place)), pressure);
    if (scene.room() != null) {
      double shortest =
          finder.find(way.end()).stream()
              .mapToDouble(SoundPath::length)
              .min()
              .orElse(way.end().norm());
      float[] padded = Arrays.copyOf(dry, Math.max(dry.length, pressure[0].length));
      new LateReverb(scene.room(), scene.ground())
          .add(new Emission(padded, 0, way), SoundSpeed.seconds(shortest), pressure, r);
    }
    return new Played(Double.NaN, travel);
  }

  /** Is there any way from a place to the microphone? */
  public boolean reaches(Vec3 place) {
    return !new PathFinder(scene, Vec3.ZERO, place.z()).find(place).isEmpty();
  }

  /** Before its start and after its end a source has no business in the walls there. */
  private static Vec3 onWay(Trajectory way, Vec3 place) {
    Vec3 step = way.end().minus(way.start());
    double length = step.dot(step);
    double share = length == 0 ? 0 : place.minus(way.start()).dot(step) / length;
    return way.start().plus(step.times(Math.max(0, Math.min(1, share))));
  }
}
