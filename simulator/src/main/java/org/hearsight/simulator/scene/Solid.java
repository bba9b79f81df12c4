package org.hearsight.simulator.scene;

import java.util.Locale;

/**
 * A box that stands in a scene: it hides, shadows, reflects and bends sound.
 *
 * @param rgb its colour, 0xRRGGBB
 * @param likeness the hazard a {@link Kind#SILENT} thing looks like; null of all others
 */
public record Solid(Kind kind, Box box, Material material, int rgb, HazardKind likeness) {
  /** What it is. */
  public enum Kind {
    BUILDING,
    WALL,
    FENCE,
    HEDGE,
    CEILING,
    DOOR,
    PARTITION,
    PILLAR,
    SHELF,
    CABINET,
    DESK,
    CRATE,
    KIOSK,
    COLUMN,
    CONTAINER,
    BIN,
    PARKED_CAR,
    PARKED_VAN,
    BUS,
    TRUCK,
    /** Looks like a hazard and makes no sound. */
    SILENT
  }

  public Solid {
    if ((kind == Kind.SILENT) != (likeness != null)) {
      throw new IllegalArgumentException("solid: " + kind + " that looks like " + likeness);
    }
  }

  /** A thing that looks like itself. */
  public Solid(Kind kind, Box box, Material material, int rgb) {
    this(kind, box, material, rgb, null);
  }

  /** A thing that looks like a hazard. */
  public static Solid silent(HazardKind likeness, Box box) {
    return new Solid(Kind.SILENT, box, Material.METAL, likeness.body(), likeness);
  }

  /** Its name in files, as in {@code building}, {@code parked_van} or {@code silent_siren}. */
  public String label() {
    String label = kind.name().toLowerCase(Locale.ROOT);
    return likeness == null ? label : label + "_" + likeness.name();
  }

  Solid turned() {
    return new Solid(kind, box.turned(), material, rgb, likeness);
  }

  Solid mirrored() {
    return new Solid(kind, box.mirrored(), material, rgb, likeness);
  }
}
