package org.hearsight.simulator.seld;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.acoustics.BareRoom;
import org.hearsight.simulator.acoustics.Directivity;
import org.hearsight.simulator.acoustics.OctaveBands;
import org.hearsight.simulator.acoustics.OpenGround;
import org.hearsight.simulator.acoustics.SceneOfBoxes;
import org.hearsight.simulator.acoustics.Surroundings;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Layout;
import org.hearsight.simulator.scene.Material;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Trajectory;

/**
 * The place of a clip: its acoustics and where in it a source may be.
 *
 * @param ground level in microphone coordinates, metres
 * @param free may a source be at this point?
 * @param straight may a source go straight from the first point to the second?
 */
record Place(
    Venue venue,
    Surroundings surroundings,
    double ground,
    double farthest,
    Predicate<Vec3> free,
    Passage straight,
    Facts facts) {
  private static final double NEAREST = 0.7;
  private static final int TRIES = 200;

  /** A straight way from one point to another. */
  @FunctionalInterface
  interface Passage {
    boolean free(Vec3 from, Vec3 to);
  }

  /**
   * What was drawn of a place.
   *
   * @param kind layout of a scene
   * @param volume of a bare room, cubic metres; {@code seconds} its reverberation time at 1 kHz
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Facts(Venue venue, String kind, Double volume, Double seconds) {}

  static Place draw(Venue venue, Draw draw) {
    return switch (venue) {
      case BARE_ROOM -> room(draw);
      case OPEN_GROUND -> open(draw);
      case INDOOR_SCENE, OUTDOOR_SCENE -> scene(venue, draw);
    };
  }

  /** From small offices to churches: 30 to 8000 m³, 0.15 to 3 s. */
  private static Place room(Draw draw) {
    double volume = draw.ratioBetween(30, 8000);
    double height = Math.max(2.3, Math.min(16, Math.cbrt(volume) * draw.between(0.5, 0.9)));
    double length = Math.sqrt(volume / height * draw.ratioBetween(1, 2.5));
    double width = volume / height / length;
    Vec3 size =
        draw.chance(0.5) ? new Vec3(length, width, height) : new Vec3(width, length, height);
    Vec3 microphone =
        new Vec3(
            draw.between(Math.min(0.6, size.x() / 3), size.x() - Math.min(0.6, size.x() / 3)),
            draw.between(Math.min(0.6, size.y() / 3), size.y() - Math.min(0.6, size.y() / 3)),
            draw.between(1, 1.8));
    Vec3 min = microphone.times(-1);
    // Typical times rise with the cube root of the volume; furnishing spreads them widely.
    double typical = 0.35 * Math.cbrt(volume / 50);
    double t = Math.max(0.15, Math.min(3, typical * draw.ratioBetween(0.4, 2.6)));
    double bass = draw.between(0.8, 1.5);
    double treble = draw.between(0.6, 1.05);
    double[] seconds = new double[OctaveBands.COUNT];
    for (int b = 0; b < seconds.length; b++) {
      seconds[b] = t * (b < 3 ? 1 + (bass - 1) * (3 - b) / 3 : 1 + (treble - 1) * (b - 3) / 3);
    }
    double[] uneven = new double[6];
    for (int w = 0; w < uneven.length; w++) {
      uneven[w] = draw.ratioBetween(0.3, 3);
    }
    double[] weight = {1, spread(draw), spread(draw), spread(draw)};
    BareRoom room = new BareRoom(min, min.plus(size), seconds, uneven, weight);
    return new Place(
        Venue.BARE_ROOM,
        room,
        min.z(),
        15,
        p -> room.holds(p, 0.15),
        (a, b) -> true,
        new Facts(Venue.BARE_ROOM, null, tenths(volume), Math.rint(room.seconds(3) * 1000) / 1000));
  }

  /** Real tails are not quite isotropic: ±1.5 dB. */
  private static double spread(Draw draw) {
    return Math.pow(10, draw.between(-0.15, 0.15));
  }

  private static Place open(Draw draw) {
    double ground = -draw.between(1, 1.8);
    Material under = draw.of(Material.ASPHALT, Material.HEDGE, Material.CONCRETE);
    List<OpenGround.Wall> walls = new ArrayList<>();
    for (int w = draw.index(3); w > 0; w--) {
      Vec3 normal = new Direction(draw.between(-180, 180), 0).unit();
      Material material = draw.of(Material.BRICK, Material.GLASS, Material.HEDGE, Material.PLASTER);
      walls.add(new OpenGround.Wall(normal, draw.ratioBetween(3, 30), material));
    }
    OpenGround place = new OpenGround(ground, under, walls);
    Predicate<Vec3> free =
        p ->
            p.z() > ground + 0.01
                && walls.stream().allMatch(w -> p.dot(w.normal()) < w.distance() - 0.3);
    return new Place(
        Venue.OPEN_GROUND,
        place,
        ground,
        40,
        free,
        (a, b) -> true,
        new Facts(Venue.OPEN_GROUND, null, null, null));
  }

  private static Place scene(Venue venue, Draw draw) {
    List<Layout> layouts = Layout.in(venue.setting());
    Layout layout = layouts.get(draw.index(layouts.size()));
    Scene drawn = layout.draw(draw, draw.chance(0.5));
    Scene scene = draw.chance(0.5) ? drawn.mirrored() : drawn;
    boolean indoors = venue.setting().indoors();
    SceneOfBoxes place = new SceneOfBoxes(scene);
    Predicate<Vec3> free =
        p ->
            p.z() > scene.groundLevel() + 0.01
                && scene.solids().stream().noneMatch(s -> s.box().widened(0.1).contains(p))
                && (!indoors || scene.indoors(p))
                && place.reaches(p);
    return new Place(
        venue,
        place,
        scene.groundLevel(),
        indoors ? 15 : 35,
        free,
        scene::clear,
        new Facts(venue, scene.kind(), null, null));
  }

  /**
   * A way for a source, all around the microphone; null if none is found.
   *
   * @param seconds how long it sounds
   */
  Trajectory way(SeldKind kind, boolean moving, double seconds, Draw draw) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Vec3 start = point(kind, attempt, draw);
      if (!free.test(start)) {
        continue;
      }
      if (!moving || kind.fastest() == 0) {
        return Trajectory.standing(start, seconds);
      }
      boolean indoors = venue.setting().indoors();
      double speed = draw.ratioBetween(0.4, indoors ? Math.min(3, kind.fastest()) : kind.fastest());
      double climb = draw.chance(0.2) ? draw.between(-0.3, 0.3) : 0;
      double heading = draw.between(-Math.PI, Math.PI);
      Vec3 step = new Vec3(Math.cos(heading), Math.sin(heading), climb).unit();
      Trajectory way = new Trajectory(start, start.plus(step.times(speed * seconds)), seconds);
      boolean near = way.end().norm() <= farthest && nearest(way) >= NEAREST;
      if (near && free.test(way.end()) && straight.free(way.start(), way.end())) {
        return way;
      }
    }
    return null;
  }

  private Vec3 point(SeldKind kind, int attempt, Draw draw) {
    boolean indoors = venue.setting().indoors();
    double azimuth = draw.between(-180, 180);
    double reach = indoors || attempt < TRIES / 2 ? farthest : farthest / 2;
    double distance =
        draw.chance(0.5) ? draw.ratioBetween(NEAREST, reach) : draw.between(NEAREST, reach);
    if (indoors && draw.chance(0.4)) {
      // Any height: loudspeakers under ceilings, things let fall, people on galleries.
      return new Direction(azimuth, draw.between(-45, 60)).at(distance);
    }
    double z = ground + draw.between(kind.low(), kind.high());
    if (Math.abs(z) >= distance) {
      z *= 0.7 * distance / Math.abs(z);
    }
    Vec3 flat = new Direction(azimuth, 0).at(Math.sqrt(distance * distance - z * z));
    return new Vec3(flat.x(), flat.y(), z);
  }

  private static double nearest(Trajectory way) {
    Vec3 step = way.end().minus(way.start());
    double along = -way.start().dot(step) / Math.max(1e-9, step.dot(step));
    return way.start().plus(step.times(Math.max(0, Math.min(1, along)))).norm();
  }

  /** Mostly towards the microphone, more or less. */
  static Directivity directivity(Trajectory way, Draw draw) {
    if (draw.chance(0.25)) {
      return Directivity.NONE;
    }
    Vec3 facing = way.at(way.seconds() / 2).unit().times(-1);
    Vec3 off = new Vec3(draw.normal(), draw.normal(), 0.5 * draw.normal());
    double away = draw.chance(0.8) ? draw.between(0, 0.5) : draw.between(0.5, 1.5);
    Vec3 axis = facing.plus(off.unit().times(away)).unit();
    return new Directivity(axis, draw.between(0.3, 4));
  }

  private static double tenths(double value) {
    return Math.rint(value * 10) / 10;
  }
}
