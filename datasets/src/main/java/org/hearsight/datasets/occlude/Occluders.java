package org.hearsight.datasets.occlude;

import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.render.Silhouette;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Cover;
import org.hearsight.simulator.scene.Hazard;
import org.hearsight.simulator.scene.Material;
import org.hearsight.simulator.scene.Room;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.scene.Solid;

/**
 * Draws what is pasted into a view: one thing that covers as much of the event's outline as wanted,
 * nearer than the event, and up to two more anywhere.
 *
 * <p>Views without a hazard get the same things around a place where nothing is, so that they tell
 * nothing by themselves.
 */
final class Occluders {
  private static final int TRIES = 80;
  private static final double NEAREST = 0.4;
  private static final double ENOUGH = 0.02;
  private static final Vec3 LIGHT = new Vec3(0.25, 0.35, 0.9).unit();
  private static final int[] PAINTS = {0xE8E4D9, 0xD9E2E8, 0xCFC7B8, 0xB7C4B1, 0xE3D5CA};

  private Occluders() {}

  /**
   * What was drawn.
   *
   * @param scene the occluders and the body they cover
   * @param cover what came of it; not always what was wanted, as when the event is too near
   * @param tries how often it was drawn
   */
  record Arrangement(Scene scene, double visibility, Cover cover, int tries) {}

  /**
   * Things that cover a body in the view.
   *
   * @param wanted {@link Cover#OCCLUDED}, {@link Cover#PARTLY} or {@link Cover#VISIBLE}
   */
  static Arrangement cover(Hazard body, Cover wanted, Draw draw) {
    Scene empty = scene(body);
    Arrangement best = null;
    for (int i = 1; i <= TRIES; i++) {
      Scene scene = empty;
      Solid first = first(body.box(), wanted, draw);
      if (first != null) {
        scene = scene.with(first);
      }
      int more = draw.index(3);
      for (int k = 0; k < more; k++) {
        Solid other = anywhere(draw);
        if (!other.box().widened(ENOUGH).overlaps(body.box())) {
          scene = scene.with(other);
        }
      }
      Arrangement arrangement = seen(scene, i);
      if (arrangement.cover().bin() == wanted.bin()) {
        return arrangement;
      }
      boolean nearer = best == null || away(arrangement, wanted) < away(best, wanted);
      best = nearer ? arrangement : best;
    }
    return best;
  }

  /** How far a visibility is from the middle of what was wanted. */
  private static double away(Arrangement arrangement, Cover wanted) {
    double middle =
        switch (wanted) {
          case PARTLY -> 0.25;
          case VISIBLE -> 0.75;
          default -> 0;
        };
    return Math.abs(arrangement.visibility() - middle);
  }

  /** The same things with another body, as when the event is somewhere else. */
  static Arrangement around(Scene scene, Hazard body) {
    List<Solid> clear = new ArrayList<>();
    for (Solid s : scene.solids()) {
      if (body == null || !s.box().widened(ENOUGH).overlaps(body.box())) {
        clear.add(s);
      }
    }
    Scene other =
        new Scene(
            scene.kind(),
            scene.setting(),
            body == null ? RoomBox.FLOOR : scene(body).egoHeight(),
            scene.ground(),
            clear,
            scene.room(),
            body,
            scene.sun());
    return body == null ? new Arrangement(other, 0, null, 1) : seen(other, 1);
  }

  private static Arrangement seen(Scene scene, int tries) {
    double visibility = Silhouette.visibility(scene);
    boolean free = scene.clear(Vec3.ZERO, scene.hazard().way().end());
    return new Arrangement(scene, visibility, Cover.of(visibility, free), tries);
  }

  /** A body may be labelled lower than the floor is assumed; then the floor is there. */
  private static Scene scene(Hazard body) {
    double floor = Math.max(RoomBox.FLOOR, -body.box().min().z());
    Room room =
        new Room(RoomBox.CEILING, 75, 60, 25, Material.PLASTER, Material.ACOUSTIC_TILE, 0.1);
    return new Scene(
        "recording", Setting.INDOOR, floor, Material.CARPET, List.of(), room, body, LIGHT);
  }

  /** A thing before the body, reaching from slope to slope; null if there is no room for one. */
  private static Solid first(Box body, Cover wanted, Draw draw) {
    double near = body.min().x();
    if (near < NEAREST + 0.2) {
      return null;
    }
    double depth =
        draw.between(Math.max(NEAREST, 0.3 * near), Math.max(NEAREST + 0.05, 0.8 * near));
    Kind kind = Kind.values()[draw.index(Kind.values().length)];
    double thick = Math.min(draw.between(kind.thin, kind.thick), near - depth - ENOUGH);
    double left = Double.NEGATIVE_INFINITY;
    double right = Double.POSITIVE_INFINITY;
    double top = Double.NEGATIVE_INFINITY;
    double bottom = Double.POSITIVE_INFINITY;
    for (Vec3 c : body.corners()) {
      left = Math.max(left, c.y() / c.x());
      right = Math.min(right, c.y() / c.x());
      top = Math.max(top, c.z() / c.x());
      bottom = Math.min(bottom, c.z() / c.x());
    }
    double width = left - right;
    double beyond = draw.ratioBetween(0.05, kind.wide);
    double before = draw.ratioBetween(0.05, kind.wide);
    double height = kind.full ? RoomBox.CEILING : Math.min(RoomBox.CEILING, kind.top(draw));
    double shown =
        switch (wanted) {
          case PARTLY -> draw.between(0.08, 0.48);
          case VISIBLE -> draw.between(0.5, 1.4);
          default -> 0;
        };
    boolean overTop = shown > 0 && shown < 1 && !kind.full && draw.chance(0.4);
    boolean fromLeft = draw.chance(0.5);
    double leftEdge = left + beyond;
    double rightEdge = right - before;
    if (overTop) {
      height = depth * (top - shown * (top - bottom));
    } else {
      height = Math.max(height, depth * top + draw.between(0.02, 0.3));
      if (shown > 0 && fromLeft) {
        leftEdge = left - shown * width;
        rightEdge = Math.min(rightEdge, leftEdge - 0.1);
      } else if (shown > 0) {
        rightEdge = right + shown * width;
        leftEdge = Math.max(leftEdge, rightEdge + 0.1);
      }
    }
    height = Math.min(height, RoomBox.CEILING);
    if (thick < 0.02 || height < -RoomBox.FLOOR + 0.2) {
      return null;
    }
    Box box =
        Box.of(depth, depth + thick, depth * rightEdge, depth * leftEdge, -RoomBox.FLOOR, height);
    return new Solid(kind.solid, box, kind.material, kind.colour(draw));
  }

  private static Solid anywhere(Draw draw) {
    Kind kind = Kind.values()[draw.index(Kind.values().length)];
    double depth = draw.between(0.9, 4);
    double middle = draw.between(-1.3, 1.3) * depth;
    double half = draw.between(0.15, 0.3 + kind.wide / 2);
    Box box =
        Box.of(
            depth,
            depth + draw.between(kind.thin, kind.thick),
            middle - half,
            middle + half,
            -RoomBox.FLOOR,
            kind.full ? RoomBox.CEILING : kind.top(draw));
    return new Solid(kind.solid, box, kind.material, kind.colour(draw));
  }

  /** What may stand in a room. */
  private enum Kind {
    WALL(Solid.Kind.WALL, true, 0.1, 0.25, 1.2, Material.PLASTER),
    PILLAR(Solid.Kind.PILLAR, true, 0.3, 0.5, 0.25, Material.CONCRETE),
    PARTITION(Solid.Kind.PARTITION, false, 0.04, 0.1, 0.8, Material.FABRIC_PANEL),
    SHELF(Solid.Kind.SHELF, false, 0.3, 0.4, 0.6, Material.WOOD),
    CABINET(Solid.Kind.CABINET, false, 0.4, 0.6, 0.4, Material.METAL),
    CRATE(Solid.Kind.CRATE, false, 0.4, 0.8, 0.4, Material.WOOD);

    private final Solid.Kind solid;
    private final boolean full;
    private final double thin;
    private final double thick;
    private final double wide;
    private final Material material;

    Kind(
        Solid.Kind solid, boolean full, double thin, double thick, double wide, Material material) {
      this.solid = solid;
      this.full = full;
      this.thin = thin;
      this.thick = thick;
      this.wide = wide;
      this.material = material;
    }

    /** Height of its top in microphone coordinates, metres. */
    double top(Draw draw) {
      return this == CRATE ? draw.between(-0.7, 0) : draw.between(-0.2, 0.8);
    }

    int colour(Draw draw) {
      return switch (this) {
        case WALL -> PAINTS[draw.index(PAINTS.length)];
        case PILLAR -> draw.<Integer>of(0xC2C5BB, 0xB0AFA8);
        case PARTITION -> draw.<Integer>of(0x5B7083, 0x7A5C61, 0x6B705C);
        case SHELF -> draw.<Integer>of(0x8A6A48, 0x5E4630);
        case CABINET -> draw.<Integer>of(0x8A8F98, 0xD8D8D2);
        case CRATE -> draw.<Integer>of(0xB08040, 0x9A7048);
      };
    }
  }
}
