package org.hearsight.core.seld;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;

/**
 * Which column of an event file holds what, and the checks on every cell.
 *
 * @param names one per column, of those below, or {@code ""} for one that is passed over
 * @param unit of the distances; null while it is not known
 */
record SeldColumns(List<String> names, DistanceUnit unit) {
  static final String FRAME = "frame";
  static final String CLASS = "class";
  static final String SOURCE = "source";
  static final String AZIMUTH = "azimuth";
  static final String ELEVATION = "elevation";
  static final String X = "x";
  static final String Y = "y";
  static final String Z = "z";
  static final String DISTANCE = "distance";

  /** What a row looks like, for remedies. */
  static final String ROW = "rows frame,class,source,azimuth,elevation[,distance in cm]";

  /** What helps wherever columns cannot be distinguished. */
  static final String NAME_THEM =
      "name the columns in a first line, as frame,class,source,azimuth,elevation,distance_cm or"
          + " frame,class,source,x,y,z,distance_m";

  private static final String PASSED_OVER = "";

  /** A thousand hours of frames. */
  private static final int MOST_FRAMES = 36_000_000;

  /** Metres. */
  private static final double FARTHEST = 10_000;

  /** What people and baselines call the columns. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("frame", FRAME),
          Map.entry("frame_index", FRAME),
          Map.entry("frame_number", FRAME),
          Map.entry("class", CLASS),
          Map.entry("class_index", CLASS),
          Map.entry("class_id", CLASS),
          Map.entry("source", SOURCE),
          Map.entry("source_index", SOURCE),
          Map.entry("source_id", SOURCE),
          Map.entry("track", SOURCE),
          Map.entry("track_index", SOURCE),
          Map.entry("azimuth", AZIMUTH),
          Map.entry("azi", AZIMUTH),
          Map.entry("elevation", ELEVATION),
          Map.entry("ele", ELEVATION),
          Map.entry("x", X),
          Map.entry("y", Y),
          Map.entry("z", Z),
          Map.entry("distance", DISTANCE),
          Map.entry("dist", DISTANCE),
          Map.entry("onscreen", PASSED_OVER),
          Map.entry("on_screen", PASSED_OVER),
          Map.entry("index", PASSED_OVER),
          Map.entry("unnamed:_0", PASSED_OVER),
          Map.entry("", PASSED_OVER));

  private static final Map<String, DistanceUnit> UNITS =
      Map.of(
          "distance_m", DistanceUnit.METRES,
          "distance_metres", DistanceUnit.METRES,
          "distance_meters", DistanceUnit.METRES,
          "dist_m", DistanceUnit.METRES,
          "distance_cm", DistanceUnit.CENTIMETRES,
          "distance_centimetres", DistanceUnit.CENTIMETRES,
          "distance_centimeters", DistanceUnit.CENTIMETRES,
          "dist_cm", DistanceUnit.CENTIMETRES);

  /** Does the line name columns, as DCASE 2025 files do? None of its cells is a number then. */
  static boolean isHeader(String[] cells) {
    boolean letters = false;
    for (String cell : cells) {
      if (!Double.isNaN(parse(cell))) {
        return false;
      }
      letters |= cell.chars().anyMatch(Character::isLetter);
    }
    return letters;
  }

  /**
   * Columns by a header.
   *
   * @throws InputException if it names one twice, leaves out what is needed, or names what is not
   *     known where something known is missing
   */
  static SeldColumns named(String[] cells, String where) {
    List<String> names = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    DistanceUnit unit = null;
    for (String cell : cells) {
      String name = normal(cell);
      if (UNITS.containsKey(name)) {
        unit = UNITS.get(name);
        name = DISTANCE;
      } else if (NAMES.containsKey(name)) {
        name = NAMES.get(name);
      } else {
        unknown.add(cell);
        name = PASSED_OVER;
      }
      if (!name.equals(PASSED_OVER) && names.contains(name)) {
        throw notOnce(name, where);
      }
      names.add(name);
    }
    requireKnown(names, unknown, where);
    return new SeldColumns(List.copyOf(names), unit);
  }

  private static void requireKnown(List<String> names, List<String> unknown, String where) {
    boolean vector = names.contains(X) || names.contains(Y) || names.contains(Z);
    List<String> needed = vector ? List.of(FRAME, CLASS, X, Y, Z) : List.of(FRAME, CLASS, AZIMUTH);
    for (String name : needed) {
      if (!names.contains(name)) {
        throw notOnce(name, where);
      }
    }
    if (vector && (names.contains(AZIMUTH) || names.contains(ELEVATION))) {
      throw new InputException(
          where,
          "x, y, z and azimuth, elevation: the header names both",
          "keep one of the two: they may contradict each other");
    }
    boolean complete =
        names.contains(SOURCE) && (vector || names.contains(ELEVATION)) && names.contains(DISTANCE);
    if (!unknown.isEmpty() && !complete) {
      throw new InputException(
          where,
          "column '" + unknown.get(0) + "': the name is not known",
          "call it source, elevation or distance if it is that; else remove it");
    }
  }

  private static InputException notOnce(String name, String where) {
    return new InputException(
        where,
        name + ": the header does not name this column exactly once",
        "name frame, class and azimuth (or x, y, z) and, if known, source, elevation, distance");
  }

  private static String normal(String cell) {
    return cell.toLowerCase(Locale.ROOT)
        .replaceAll("[#\"'()\\[\\]]", " ")
        .strip()
        .replaceAll("[\\s-]+", "_");
  }

  /** These columns with the unit their distances have. */
  SeldColumns in(DistanceUnit known) {
    return new SeldColumns(names, known);
  }

  boolean hasDistance() {
    return names.contains(DISTANCE);
  }

  /** Where distances stand; −1 if there are none. */
  int distanceColumn() {
    return names.indexOf(DISTANCE);
  }

  /**
   * The event of one row.
   *
   * @param last whether it is the file's last row
   */
  SeldEvent event(String[] cells, String where, boolean last) {
    if (cells.length != names.size()) {
      throw new InputException(
          where,
          "columns: "
              + cells.length
              + ", but the file began with "
              + names.size()
              + (last && cells.length < names.size() ? ": the last row is cut short" : ""),
          last && cells.length < names.size()
              ? "restore the file, or remove that row"
              : "write every row with the same columns");
    }
    Direction direction = names.contains(X) ? vector(cells, where) : angles(cells, where);
    return new SeldEvent(
        index(cells, FRAME, MOST_FRAMES, where),
        index(cells, CLASS, Integer.MAX_VALUE, where),
        names.contains(SOURCE) ? index(cells, SOURCE, Integer.MAX_VALUE, where) : 0,
        direction.azimuth(),
        direction.elevation(),
        hasDistance() ? distance(cells, where) : Double.NaN);
  }

  private Direction angles(String[] cells, String where) {
    double azimuth = number(cells, AZIMUTH, where);
    if (Math.abs(azimuth) > 360) {
      throw new InputException(
          where, "azimuth: " + azimuth + " is not in [-360, 360]", "write degrees, +90 = left");
    }
    double elevation = names.contains(ELEVATION) ? number(cells, ELEVATION, where) : 0;
    if (Math.abs(elevation) > 90) {
      throw new InputException(
          where, "elevation: " + elevation + " is not in [-90, 90]", "write degrees, +90 = up");
    }
    return new Direction(azimuth, elevation);
  }

  private Direction vector(String[] cells, String where) {
    Vec3 v = new Vec3(number(cells, X, where), number(cells, Y, where), number(cells, Z, where));
    if (!(v.norm() > 0 && Double.isFinite(v.norm()))) {
      throw new InputException(
          where,
          "x, y, z: " + v.x() + ", " + v.y() + ", " + v.z() + " is not a direction",
          "write a vector that points to the source, or leave the row out");
    }
    return Direction.of(v);
  }

  /** Metres. */
  private double distance(String[] cells, String where) {
    double value = number(cells, DISTANCE, where);
    if (value < 0) {
      throw new InputException(
          where, "distance: " + value + " is negative", "write how far the source is");
    }
    if (value * unit.metres() > FARTHEST) {
      throw new InputException(
          where,
          "distance: " + value * unit.metres() + " m is farther than sound is heard",
          "write how far the source is, in centimetres or metres as the whole file");
    }
    return unit == DistanceUnit.CENTIMETRES ? value / 100 : value;
  }

  private int index(String[] cells, String field, int most, String where) {
    String cell = cell(cells, field);
    try {
      int value = cell.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(cell) : -1;
      if (value >= 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below, as a negative number is
    }
    throw new InputException(
        where,
        field
            + ": '"
            + cell
            + "' is not a whole number from 0"
            + (most < Integer.MAX_VALUE ? " to " + most : ""),
        "write " + ROW);
  }

  private double number(String[] cells, String field, String where) {
    String cell = cell(cells, field);
    double value = parse(cell);
    if (Double.isNaN(value)) {
      throw new InputException(where, field + ": '" + cell + "' is not a number", "write " + ROW);
    }
    return value;
  }

  private String cell(String[] cells, String field) {
    return cells[names.indexOf(field)];
  }

  /** A cell's number; NaN if it is not a finite one. Java's own reader takes 10d and 0x1p3, too. */
  static double parse(String cell) {
    if (!cell.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0)) {
      return Double.NaN;
    }
    try {
      double value = Double.parseDouble(cell);
      return Double.isFinite(value) ? value : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
