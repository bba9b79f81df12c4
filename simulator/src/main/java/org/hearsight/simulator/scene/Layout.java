package org.hearsight.simulator.scene;

import java.util.List;
import java.util.stream.Stream;
import org.hearsight.simulator.draw.Draw;

/** Draws worlds of one kind, without a hazard. */
public interface Layout {
  /** Its name in files, as in {@code street_corner}. */
  String kind();

  /** {@link Setting#OUTDOOR} or {@link Setting#INDOOR}. */
  Setting setting();

  /**
   * A new world.
   *
   * @param roomy is the hazard one that needs room to drive?
   */
  Scene draw(Draw draw, boolean roomy);

  /** All layouts of a setting, the one that takes any hazard first. */
  static List<Layout> in(Setting setting) {
    return switch (setting) {
      case OUTDOOR -> OUTDOOR;
      case INDOOR -> INDOOR;
      case BOTH -> Stream.concat(OUTDOOR.stream(), INDOOR.stream()).toList();
    };
  }

  /** The layout of a name, or null if there is none, as of recordings. */
  static Layout of(String kind) {
    return in(Setting.BOTH).stream().filter(l -> l.kind().equals(kind)).findFirst().orElse(null);
  }

  /** Streets and yards. */
  List<Layout> OUTDOOR =
      List.of(
          new StreetCorner(),
          new ParkedRow(),
          new PavementWall(),
          new VehicleInFront(),
          new CourtyardExit());

  /** Buildings. */
  List<Layout> INDOOR = List.of(new IndoorCorner(), new Doorway(), new Shelves(), new Partitions());
}
