package org.hearsight.core.seld;

import static org.hearsight.core.seld.SeldColumns.AZIMUTH;
import static org.hearsight.core.seld.SeldColumns.CLASS;
import static org.hearsight.core.seld.SeldColumns.DISTANCE;
import static org.hearsight.core.seld.SeldColumns.ELEVATION;
import static org.hearsight.core.seld.SeldColumns.FRAME;
import static org.hearsight.core.seld.SeldColumns.SOURCE;
import static org.hearsight.core.seld.SeldColumns.X;
import static org.hearsight.core.seld.SeldColumns.Y;
import static org.hearsight.core.seld.SeldColumns.Z;

import java.util.List;
import org.hearsight.core.error.InputException;

/**
 * What columns without names are, judged by all rows of all files that are alike.
 *
 * <p>The same number of columns is written for different things: six are an azimuth, an elevation
 * and a distance since 2023, and were a vector in 2021 and 2022; a row number before the frame
 * makes five of four, six of five and seven of six; seven are a vector and a distance since 2024.
 * Each of these has ranges that the others leave within a few rows. Where two are possible, none is
 * taken.
 *
 * <p>Whole metres and centimetres differ by what is plausible: half of the distances of a data set
 * are not under {@value #NEAR} cm, nor half of them over as many metres.
 */
final class ColumnGuess {
  /** Distances from here on are centimetres, below they may be metres as well. */
  static final double NEAR = 70;

  /** Predicted distances under this share of the true ones are most likely in another unit. */
  private static final double SUSPICIOUS_RATIO = 0.05;

  /** No recording has as many sources. */
  private static final double MOST_SOURCES = 99;

  private static final List<String> WITHOUT_SOURCE = List.of(FRAME, CLASS, AZIMUTH, ELEVATION);
  private static final List<String> POLAR =
      List.of(FRAME, CLASS, SOURCE, AZIMUTH, ELEVATION, DISTANCE);
  private static final List<String> CARTESIAN = List.of(FRAME, CLASS, SOURCE, X, Y, Z, DISTANCE);

  private ColumnGuess() {}

  /** Where distances stand in files of that many columns; −1 if nowhere. */
  static int distanceColumn(int width) {
    return width == 6 || width == 7 ? width - 1 : -1;
  }

  /** As our own files have them, without a look at what they hold. */
  static SeldColumns written(int width, String where) {
    return switch (width) {
      case 5 -> new SeldColumns(POLAR.subList(0, 5), null);
      case 6 -> new SeldColumns(POLAR, DistanceUnit.CENTIMETRES);
      default -> throw count(width, where);
    };
  }

  /**
   * The columns that all rows fit.
   *
   * @param distances whether somebody says that there are any
   * @param where the first row is, for messages
   * @throws InputException if none is plausible, or more than one
   */
  static SeldColumns of(ColumnStatistics s, boolean distances, String where) {
    return switch (s.width()) {
      case 4 -> four(s, where);
      case 5 -> five(s, where);
      case 6 -> six(s, distances, where);
      case 7 -> seven(s, where);
      default -> throw count(s.width(), where);
    };
  }

  /** DCASE 2019 and 2020. */
  private static SeldColumns four(ColumnStatistics s, String where) {
    if (s.isWhole(2) && s.isWithin(2, 0, 9)) {
      throw looksLike("frame,class,source,azimuth as well as frame,class,azimuth,elevation", where);
    }
    return new SeldColumns(WITHOUT_SOURCE, null);
  }

  /** DCASE 2020 to 2022. */
  private static SeldColumns five(ColumnStatistics s, String where) {
    if (s.areUnitVectors(2)) {
      throw looksLike("frame,class,x,y,z", where);
    }
    if (s.hasSteps() && s.beginsWithIndex()) {
      throw looksLike("a row number before frame,class,azimuth,elevation", where);
    }
    requireSources(s, where);
    return new SeldColumns(POLAR.subList(0, 5), null);
  }

  /** DCASE 2023 on; or the vectors of 2021 and 2022. */
  private static SeldColumns six(ColumnStatistics s, boolean distances, String where) {
    boolean below = !s.isWithin(5, 0, Double.POSITIVE_INFINITY);
    if (s.areUnitVectors(3) || (s.mayBeVectors(3) && !s.areWhole(3) && below && !distances)) {
      return new SeldColumns(CARTESIAN.subList(0, 6), null);
    }
    if (s.mayBeVectors(3) && !distances) {
      throw looksLike("x,y,z as well as azimuth,elevation,distance", where);
    }
    if (s.isWhole(4) && s.isWithin(5, 0, 1) && s.isWhole(5) && s.most(4) > 90) {
      throw looksLike("frame,class,source,azimuth,distance,onscreen", where);
    }
    if (isNumbered(s) && (s.hasSteps() || (s.isWhole(5) && s.most(5) >= NEAR))) {
      throw looksLike("a row number before frame,class,source,azimuth,elevation", where);
    }
    requireSources(s, where);
    return new SeldColumns(POLAR, null);
  }

  /** What the DCASE 2024 baseline predicts. */
  private static SeldColumns seven(ColumnStatistics s, String where) {
    boolean index = isNumbered(s);
    if (!index && (s.mayBeVectors(3) || s.arePlaces())) {
      return new SeldColumns(CARTESIAN, null);
    }
    if (index) {
      throw looksLike("a row number before frame,class,source,azimuth,elevation,distance", where);
    }
    if (s.isWhole(6) && s.isWithin(6, 0, 1)) {
      throw looksLike("frame,class,source,azimuth,elevation,distance,onscreen", where);
    }
    throw new InputException(
        where,
        "columns: 7, but the fourth to sixth are not a direction x, y, z",
        SeldColumns.NAME_THEM);
  }

  /** Do azimuth and elevation stand one column further on, behind a row number? */
  private static boolean isNumbered(ColumnStatistics s) {
    return s.beginsWithIndex()
        && s.isWhole(3)
        && s.isWithin(3, 0, MOST_SOURCES)
        && s.isWithin(4, -360, 360)
        && s.isWithin(5, -90, 90);
  }

  private static void requireSources(ColumnStatistics s, String where) {
    if (s.isWhole(2) && s.most(2) > MOST_SOURCES) {
      throw new InputException(
          where,
          "source: up to %.0f: the third column does not look like numbers of sources"
              .formatted(s.most(2)),
          SeldColumns.NAME_THEM);
    }
  }

  private static InputException looksLike(String what, String where) {
    return new InputException(where, "columns: look like " + what, SeldColumns.NAME_THEM);
  }

  private static InputException count(int width, String where) {
    return new InputException(
        where, "columns: " + width + ", expected 4 to 7", SeldColumns.NAME_THEM);
  }

  /**
   * The unit of distances that nobody has named.
   *
   * @param reference the median of the true distances, metres; NaN if there is none to compare with
   * @param where the first row is, for messages
   * @param remedy what settles it
   * @throws InputException if it may be either
   */
  static DistanceUnit unit(
      ColumnStatistics s, SeldColumns columns, double reference, String where, String remedy) {
    double median = s.medianDistance();
    if (Double.isNaN(median)) {
      return DistanceUnit.METRES; // all are 0
    }
    if (columns.names().contains(X)) {
      boolean far =
          Double.isNaN(reference)
              ? s.firstFraction() == null && median >= NEAR
              : median * SUSPICIOUS_RATIO > reference;
      if (far) {
        throw undecided(median, where, remedy);
      }
      return DistanceUnit.METRES;
    }
    if (s.firstFraction() != null) {
      ColumnStatistics.Cell cell = s.firstFraction();
      throw new InputException(
          cell.where(), "distance: " + cell.text() + " is not in whole centimetres", remedy);
    }
    double metres = median * DistanceUnit.CENTIMETRES.metres();
    if (Double.isNaN(reference) ? median < NEAR : metres < SUSPICIOUS_RATIO * reference) {
      throw undecided(median, where, remedy);
    }
    return DistanceUnit.CENTIMETRES;
  }

  private static InputException undecided(double median, String where, String remedy) {
    return new InputException(
        where,
        "distance: may be metres or centimetres: half of them are under %.3g"
            .formatted(median * (1 + 0.5 / 100)),
        remedy);
  }
}
