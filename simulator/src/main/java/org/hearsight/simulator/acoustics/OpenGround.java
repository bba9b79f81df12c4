package org.hearsight.simulator.acoustics;

import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Material;
import org.hearsight.simulator.scene.Trajectory;

/**
 * Open ground: the direct sound, the ground's reflection, and those of a few long walls, if any.
 *
 * @param level of the ground in microphone coordinates, metres
 */
public record OpenGround(double level, Material ground, List<Wall> walls) implements Surroundings {
  public OpenGround {
    walls = List.copyOf(walls);
  }

  /**
   * A wall without end.
   *
   * @param normal horizontal unit vector from the microphone to it
   * @param distance metres
   */
  public record Wall(Vec3 normal, double distance, Material material) {}

  @Override
  public Ways ways(Emission emission) {
    Trajectory way = emission.way();
    boolean still = way.speed() == 0;
    return new Ways() {
      @Override
      public List<SoundPath> followed(Vec3 place) {
        return still ? List.of() : paths(place, emission.directivity());
      }

      @Override
      public List<SoundPath> lasting() {
        return still ? paths(way.start(), emission.directivity()) : List.of();
      }
    };
  }

  List<SoundPath> paths(Vec3 source, Directivity directivity) {
    List<SoundPath> paths = new ArrayList<>();
    Vec3 sent = source.unit().times(-1);
    paths.add(
        SoundPath.of(
            new SoundPath.Id(SoundPath.Kind.DIRECT, 0),
            source.norm(),
            source.unit(),
            b -> directivity.gain(b, sent)));
    paths.add(
        mirrored(
            source,
            new Vec3(0, 0, -1),
            -level,
            new SoundPath.Id(SoundPath.Kind.GROUND, 0),
            ground,
            directivity));
    for (int w = 0; w < walls.size(); w++) {
      Wall wall = walls.get(w);
      if (source.dot(wall.normal()) < wall.distance()) {
        SoundPath.Id id = new SoundPath.Id(SoundPath.Kind.WALL, w);
        paths.add(
            mirrored(source, wall.normal(), wall.distance(), id, wall.material(), directivity));
      }
    }
    return paths;
  }

  private static SoundPath mirrored(
      Vec3 source,
      Vec3 normal,
      double distance,
      SoundPath.Id id,
      Material material,
      Directivity directivity) {
    Vec3 image = source.plus(normal.times(2 * (distance - source.dot(normal))));
    Vec3 from = image.unit();
    Vec3 sent = from.minus(normal.times(2 * from.dot(normal))).times(-1);
    return SoundPath.of(
        id, image.norm(), from, b -> material.mirrored(b) * directivity.gain(b, sent));
  }
}
