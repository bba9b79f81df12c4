package org.hearsight.simulator.scenario;

import java.util.List;
import org.hearsight.core.dataset.Motion;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Cover;
import org.hearsight.simulator.scene.Hazard;
import org.hearsight.simulator.scene.HazardKind;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Solid;
import org.hearsight.simulator.scene.Trajectory;

/**
 * Proposes where a hazard ends up and how it got there.
 *
 * <p>The end of the clip is what is asked for, so it is drawn first: a direction that suits the
 * wanted cover, up to 105° to a side if it is to be hidden and within the picture's 45° if it is to
 * be seen; a distance between 1.5 m (outdoors 2 m) and the farthest of its kind, half of the time
 * evenly, half of the time evenly in ratio, so that near ones are not rare. The way is drawn
 * backwards from there and checked at every half length of the body.
 *
 * <p>Limits: straight ways at constant speed; bodies stand along x or y, and those that are longer
 * than wide move along an axis, too. {@value #ATTEMPTS} ways are tried, slower and slower, as short
 * ones find room more easily; so the fastest are somewhat rarer in narrow worlds than their kind
 * would have them. Not taken: ways that turn round corners, which are not one straight line for the
 * labels and the Doppler shift.
 */
final class HazardPlacement {
  /** Nothing drives or walks closer past the microphone, metres. */
  private static final double CLEARANCE = 1;

  private static final double NEAREST_OUTDOORS = 2;
  private static final double NEAREST_INDOORS = 1.5;
  private static final double WIDEST = 105;
  private static final int ATTEMPTS = 10;

  private HazardPlacement() {}

  /**
   * A hazard with room to be and to move, or null if this proposal has none.
   *
   * @param motion null if any will do
   */
  static Hazard propose(
      Scene scene, HazardKind kind, Cover cover, Motion motion, double seconds, Draw draw) {
    double side = draw.chance(0.5) ? 1 : -1;
    double azimuth =
        Math.toRadians(
            side
                * switch (cover) {
                  case OCCLUDED -> draw.between(0, WIDEST);
                  case OUTSIDE_VIEW -> draw.between(47, 130);
                  // Cut off by what stands before it rather than by the picture's edge.
                  case PARTLY -> draw.between(0, draw.chance(0.8) ? 40 : 48);
                  case VISIBLE -> draw.between(0, 45);
                });
    double nearest = scene.setting().indoors() ? NEAREST_INDOORS : NEAREST_OUTDOORS;
    double reach =
        draw.chance(0.5)
            ? draw.between(nearest, kind.farthest())
            : draw.ratioBetween(nearest, kind.farthest());
    Vec3 end =
        new Vec3(
            reach * Math.cos(azimuth),
            reach * Math.sin(azimuth),
            scene.groundLevel() + kind.sourceHeight());
    boolean alongX = draw.chance(0.5);
    Box body = body(kind, end, alongX, scene.groundLevel());
    if (!free(scene, body)) {
      return null;
    }
    Trajectory way = way(scene, kind, end, alongX, motion, seconds, draw);
    if (way == null) {
      return null;
    }
    double power = kind.power() + draw.between(-HazardKind.POWER_SPREAD, HazardKind.POWER_SPREAD);
    return new Hazard(kind, body, way, power);
  }

  /**
   * The scene with something standing in it that looks like a hazard and makes no sound, so that
   * the picture alone tells nothing: a silent ambulance is not a siren. Unchanged if it finds no
   * room.
   */
  static Scene withSilentBody(Scene scene, Draw draw) {
    List<HazardKind> kinds = HazardKind.in(scene.setting());
    HazardKind kind = kinds.get(draw.index(kinds.size()));
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double azimuth = Math.toRadians(draw.between(-50, 50));
      double reach = draw.ratioBetween(NEAREST_OUTDOORS, kind.farthest());
      Vec3 place = new Vec3(reach * Math.cos(azimuth), reach * Math.sin(azimuth), 0);
      Box body = body(kind, place, draw.chance(0.5), scene.groundLevel());
      if (free(scene, body)) {
        return scene.with(Solid.silent(kind, body));
      }
    }
    return scene;
  }

  private static Trajectory way(
      Scene scene,
      HazardKind kind,
      Vec3 end,
      boolean alongX,
      Motion motion,
      double seconds,
      Draw draw) {
    if (motion == Motion.STANDING || kind.fastest() == 0) {
      return Trajectory.standing(end, seconds);
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      // Slower and slower: a short way is easier to find room for than a long one.
      double fastest =
          kind.slowest() + (kind.fastest() - kind.slowest()) * (ATTEMPTS - attempt) / ATTEMPTS;
      double speed = draw.between(attempt < 4 ? kind.slowest() : kind.slowest() / 2, fastest);
      double heading =
          kind.vehicle() || kind.length() > kind.width() || draw.chance(0.6)
              ? (alongX ? 0 : Math.PI / 2) + (draw.chance(0.5) ? Math.PI : 0)
              : draw.between(0, 2 * Math.PI);
      Vec3 step = new Vec3(Math.cos(heading), Math.sin(heading), 0).times(speed * seconds);
      Trajectory way = new Trajectory(end.minus(step), end, seconds);
      if ((motion == null || way.motion() == motion) && free(scene, kind, way, alongX)) {
        return way;
      }
    }
    return motion == null && kind.moving() < 1 ? Trajectory.standing(end, seconds) : null;
  }

  private static boolean free(Scene scene, HazardKind kind, Trajectory way, boolean alongX) {
    int steps = (int) Math.ceil(way.start().distanceTo(way.end()) / (kind.length() / 2)) + 1;
    for (int i = 0; i <= steps; i++) {
      Vec3 place = way.at(way.seconds() * i / steps);
      if (!free(scene, body(kind, place, alongX, scene.groundLevel()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean free(Scene scene, Box body) {
    Box wide = body.widened(CLEARANCE);
    if (wide.min().x() < 0 && wide.max().x() > 0 && wide.min().y() < 0 && wide.max().y() > 0) {
      return false;
    }
    for (Solid s : scene.solids()) {
      if (s.box().overlaps(body)) {
        return false;
      }
    }
    return insideWorld(scene, body);
  }

  /** Indoors the outer walls end the world; outdoors only what lies behind houses is unreal. */
  private static boolean insideWorld(Scene scene, Box body) {
    return scene.room() == null || scene.indoors(body.centre());
  }

  private static Box body(HazardKind kind, Vec3 source, boolean alongX, double ground) {
    double x = (alongX ? kind.length() : kind.width()) / 2;
    double y = (alongX ? kind.width() : kind.length()) / 2;
    return Box.of(
        source.x() - x,
        source.x() + x,
        source.y() - y,
        source.y() + y,
        ground,
        ground + kind.height());
  }
}
