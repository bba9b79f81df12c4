package org.hearsight.simulator.scene;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hearsight.simulator.draw.Draw;

/** Kinds of worlds; of each setting the one that takes any hazard comes first. */
public enum Layout {
  STREET_CORNER(Setting.OUTDOOR, StreetCorner::draw),
  PARKED_ROW(Setting.OUTDOOR, ParkedRow::draw),
  PAVEMENT_WALL(Setting.OUTDOOR, PavementWall::draw),
  VEHICLE_IN_FRONT(Setting.OUTDOOR, VehicleInFront::draw),
  COURTYARD_EXIT(Setting.OUTDOOR, CourtyardExit::draw),
  INDOOR_CORNER(Setting.INDOOR, IndoorCorner::draw),
  DOORWAY(Setting.INDOOR, Doorway::draw),
  SHELVES(Setting.INDOOR, Shelves::draw),
  PARTITION(Setting.INDOOR, Partitions::draw);

  /** Draws a world of one kind. */
  @FunctionalInterface
  private interface World {
    Scene draw(Draw draw, boolean roomy);
  }

  private final Setting setting;

  @SuppressWarnings("ImmutableEnumChecker") // methods without state
  private final World world;

  Layout(Setting setting, World world) {
    this.setting = setting;
    this.world = world;
  }

  /** Its name in files, as in {@code street_corner}. */
  public String kind() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@link Setting#OUTDOOR} or {@link Setting#INDOOR}. */
  public Setting setting() {
    return setting;
  }

  /**
   * A new world without a hazard.
   *
   * @param roomy is the hazard one that needs room to drive?
   */
  public Scene draw(Draw draw, boolean roomy) {
    return world.draw(draw, roomy);
  }

  /** All layouts of a setting, the one that takes any hazard first. */
  public static List<Layout> in(Setting setting) {
    return Arrays.stream(values())
        .filter(l -> setting == Setting.BOTH || l.setting == setting)
        .toList();
  }

  /** The layout of a name, or null if there is none, as of recordings. */
  public static Layout of(String kind) {
    return in(Setting.BOTH).stream().filter(l -> l.kind().equals(kind)).findFirst().orElse(null);
  }
}
