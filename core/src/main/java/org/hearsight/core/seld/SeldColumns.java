package org.hearsight.core.seld;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;

/**
 * Which column of an event file holds what, and the checks on every cell.
 *
 * @param names one per column, lower case
 * @param metres the file's distances are metres, not whole centimetres
 */
record SeldColumns(List<String> names, boolean metres) {
  /** What a row looks like, for remedies. */
  static final String ROW = "rows frame,class,source,azimuth,elevation[,distance in cm]";

  private static final String[] POLAR = {
    "frame", "class", "source", "azimuth", "elevation", "distance"
  };
  private static final String[] CARTESIAN = {"frame", "class", "source", "x", "y", "z", "distance"};

  /** Does the line name columns, as DCASE 2025 files do? */
  static boolean isHeader(String[] cells) {
    return cells[0].strip().equalsIgnoreCase("frame");
  }

  /** Columns by a header. */
  static SeldColumns named(String[] cells, String where) {
    List<String> names = new ArrayList<>();
    for (String cell : cells) {
      names.add(cell.strip().toLowerCase(Locale.ROOT));
    }
    for (String needed : List.of("frame", "class", "azimuth")) {
      if (names.indexOf(needed) < 0 || names.indexOf(needed) != names.lastIndexOf(needed)) {
        throw new InputException(
            where,
            needed + ": the header names this column not once",
            "name frame, class, azimuth and, if known, source, elevation, distance; or leave the"
                + " header out");
      }
    }
    return new SeldColumns(List.copyOf(names), false);
  }

  /** Columns by their number, in files without a header. */
  static SeldColumns counted(int count, String where) {
    return switch (count) {
      case 5 -> new SeldColumns(List.of(POLAR).subList(0, 5), false);
      case 6 -> new SeldColumns(List.of(POLAR), false);
      case 7 -> new SeldColumns(List.of(CARTESIAN), true);
      default ->
          throw new InputException(
              where,
              "columns: " + count + ", expected 5, 6 or 7",
              "write " + ROW + " or frame,class,source,x,y,z,distance in m");
    };
  }

  /** The event of one row. */
  SeldEvent event(String[] cells, String where) {
    if (cells.length != names.size()) {
      throw new InputException(
          where,
          "columns: " + cells.length + ", but the file began with " + names.size(),
          "write every row with the same columns");
    }
    Direction direction = names.contains("x") ? vector(cells, where) : angles(cells, where);
    return new SeldEvent(
        index(cells, "frame", where),
        index(cells, "class", where),
        names.contains("source") ? index(cells, "source", where) : 0,
        direction.azimuth(),
        direction.elevation(),
        names.contains("distance") ? distance(cells, where) : Double.NaN);
  }

  private Direction angles(String[] cells, String where) {
    double azimuth = number(cells, "azimuth", where);
    if (Math.abs(azimuth) > 360) {
      throw new InputException(
          where, "azimuth: " + azimuth + " is not in [-180, 180]", "write degrees, +90 = left");
    }
    double elevation = names.contains("elevation") ? number(cells, "elevation", where) : 0;
    if (Math.abs(elevation) > 90) {
      throw new InputException(
          where, "elevation: " + elevation + " is not in [-90, 90]", "write degrees, +90 = up");
    }
    return new Direction(azimuth, elevation);
  }

  private Direction vector(String[] cells, String where) {
    return Direction.of(
        new Vec3(number(cells, "x", where), number(cells, "y", where), number(cells, "z", where)));
  }

  /** Metres. */
  private double distance(String[] cells, String where) {
    double value = number(cells, "distance", where);
    if (value < 0) {
      throw new InputException(
          where, "distance: " + value + " is negative", "write how far the source is");
    }
    if (metres) {
      return value;
    }
    // A broken number is most likely metres or an x,y,z row of 2023; both would score nonsense.
    if (value != Math.rint(value)) {
      throw new InputException(
          where,
          "distance: " + cell(cells, "distance") + " is not in whole centimetres",
          "write centimetres, or frame,class,source,x,y,z,distance in m");
    }
    return value / 100;
  }

  private int index(String[] cells, String field, String where) {
    String cell = cell(cells, field);
    try {
      int value = Integer.parseInt(cell);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below, as a negative number is
    }
    throw new InputException(
        where, field + ": '" + cell + "' is not a whole number from 0", "write " + ROW);
  }

  private double number(String[] cells, String field, String where) {
    String cell = cell(cells, field);
    double value;
    try {
      value = Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!Double.isFinite(value)) {
      throw new InputException(where, field + ": '" + cell + "' is not a number", "write " + ROW);
    }
    return value;
  }

  private String cell(String[] cells, String field) {
    return cells[names.indexOf(field)].strip();
  }
}
