package org.hearsight.benchmarks.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Material;
import org.hearsight.simulator.scene.Room;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.scene.Solid;
import org.hearsight.simulator.scene.Trajectory;

/**
 * Scenes that differ in nothing but how many boxes stand in view, in the open or in a hall, between
 * the microphone and a source that passes behind them.
 */
final class CostScenes {
  private static final double SECONDS = 5;
  private static final double EGO = 1.2;
  private static final double BOX = 2;
  private static final double BOX_HEIGHT = 2.4;
  private static final double CEILING = 4 - EGO;

  /** Bounds of the hall, metres: behind, before, and to either side of the microphone. */
  private static final double[] HALL = {-4, 32, -25, 25};

  private static final double THICK = 0.3;

  private CostScenes() {}

  /** The source's way: across, 29 m ahead. */
  static Trajectory way() {
    return new Trajectory(new Vec3(29, -8, 0), new Vec3(29, 8, 0), SECONDS);
  }

  /**
   * A scene.
   *
   * @param boxes that stand in it; fewer of the same seed are the first of more
   */
  static Scene of(Setting setting, int boxes, long seed) {
    List<Solid> solids = new ArrayList<>(boxes(boxes, seed));
    boolean indoors = setting == Setting.INDOOR;
    Room room = null;
    if (indoors) {
      solids.addAll(shell());
      double floor = (HALL[1] - HALL[0]) * (HALL[3] - HALL[2]);
      double round = 2 * (HALL[1] - HALL[0] + HALL[3] - HALL[2]);
      double height = CEILING + EGO;
      room =
          new Room(
              CEILING,
              floor * height,
              round * height,
              floor,
              Material.PLASTER,
              Material.PLASTER,
              0);
    }
    return new Scene(
        "benchmark",
        setting,
        EGO,
        indoors ? Material.LINOLEUM : Material.ASPHALT,
        solids,
        room,
        null,
        new Vec3(0.5, 0.4, 0.7).unit());
  }

  private static List<Solid> boxes(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Solid> solids = new ArrayList<>();
    while (solids.size() < count) {
      double x = random.nextDouble(3, 25);
      double y = random.nextDouble(-0.9, 0.9) * x;
      Box box = Box.of(x, x + BOX, y - BOX / 2, y + BOX / 2, -EGO, -EGO + BOX_HEIGHT);
      if (solids.stream().noneMatch(s -> s.box().overlaps(box.widened(0.2)))) {
        solids.add(new Solid(Solid.Kind.CRATE, box, Material.WOOD, 0xB08040));
      }
    }
    return solids;
  }

  private static List<Solid> shell() {
    double x0 = HALL[0];
    double x1 = HALL[1];
    double y0 = HALL[2];
    double y1 = HALL[3];
    return List.of(
        wall(Solid.Kind.WALL, Box.of(x0 - THICK, x0, y0 - THICK, y1 + THICK, -EGO, CEILING)),
        wall(Solid.Kind.WALL, Box.of(x1, x1 + THICK, y0 - THICK, y1 + THICK, -EGO, CEILING)),
        wall(Solid.Kind.WALL, Box.of(x0, x1, y0 - THICK, y0, -EGO, CEILING)),
        wall(Solid.Kind.WALL, Box.of(x0, x1, y1, y1 + THICK, -EGO, CEILING)),
        wall(
            Solid.Kind.CEILING,
            Box.of(x0 - THICK, x1 + THICK, y0 - THICK, y1 + THICK, CEILING, CEILING + THICK)));
  }

  private static Solid wall(Solid.Kind kind, Box box) {
    return new Solid(kind, box, Material.PLASTER, 0xE8E4D9);
  }
}
