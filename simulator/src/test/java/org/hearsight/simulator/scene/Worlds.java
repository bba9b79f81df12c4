package org.hearsight.simulator.scene;

import java.util.List;
import org.hearsight.core.geometry.Vec3;

/** Small hand-made worlds for tests. */
public final class Worlds {
  public static final double EGO = 1.2;

  private Worlds() {}

  /** Nothing at all; even the ground is a kilometre below. */
  public static Scene freeField() {
    return world(1000, List.of());
  }

  public static Scene openGround() {
    return world(EGO, List.of());
  }

  /** Boxes on the ground, microphone {@link #EGO} above it. */
  public static Scene with(Box... boxes) {
    return world(EGO, List.of(boxes));
  }

  /** A box on the ground. */
  public static Box onGround(double x0, double x1, double y0, double y1, double height) {
    return Box.of(x0, x1, y0, y1, -EGO, -EGO + height);
  }

  /** A hazard standing with the centre of its body above (x, y). */
  public static Hazard standing(String kind, double x, double y, double length, double width) {
    HazardKind k = HazardKind.of(kind, Setting.OUTDOOR);
    Box box = onGround(x - length / 2, x + length / 2, y - width / 2, y + width / 2, k.height());
    return new Hazard(
        k, box, Trajectory.standing(new Vec3(x, y, -EGO + k.sourceHeight()), 5), k.power());
  }

  private static Scene world(double ego, List<Box> boxes) {
    List<Solid> solids =
        boxes.stream()
            .map(b -> new Solid(Solid.Kind.BUILDING, b, Material.BRICK, 0x888888))
            .toList();
    return new Scene(
        "test",
        Setting.OUTDOOR,
        ego,
        Material.ASPHALT,
        solids,
        null,
        null,
        new Vec3(0.5, 0.4, 0.7).unit());
  }
}
