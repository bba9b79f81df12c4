package org.hearsight.core.seld;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;

/**
 * The event files of the DCASE SELD challenges: one row per source and frame of 100 ms.
 *
 * <pre>
 * frame,class,azimuth,elevation                       what was handed in in 2019 and 2020: degrees
 * frame,class,source,azimuth,elevation                2020 to STARSS22
 * frame,class,source,x,y,z                            what the 2021 and 2022 baselines predict
 * frame,class,source,azimuth,elevation,distance       STARSS23: distance in whole centimetres
 * frame,class,source,x,y,z,distance                   what the 2024 baseline predicts: a direction
 *                                                     times its activity, distance in metres
 * </pre>
 *
 * <p>In 2025 a header came to name the columns ({@code
 * frame,class,source,azimuth,distance,onscreen}); there elevation, 0 where it is missing, and any
 * order of columns are understood, and so are {@code distance_m} and {@code distance_cm}. Without
 * one, the columns are judged by what the files hold ({@link SeldFiles}), and refused where that
 * leaves more than one reading.
 */
public final class SeldCsv {
  private SeldCsv() {}

  /**
   * Reads a file's events, in the order of its rows; an empty file has none. Of several files that
   * belong together, {@link SeldFiles} knows more.
   *
   * @throws InputException naming the file, the line and the field that is wrong
   */
  public static List<SeldEvent> read(Path file) {
    return SeldFiles.of(List.of(file), SeldFiles.Distances.unknown()).read(file);
  }

  /**
   * The text of a file: STARSS23's columns, or STARSS22's when no event has a distance. Angles keep
   * a thousandth of a degree, distances the centimetre.
   *
   * @throws IllegalArgumentException if only some events have a distance
   */
  public static String text(List<SeldEvent> events) {
    boolean distances = events.stream().allMatch(SeldEvent::hasDistance);
    if (!distances && events.stream().anyMatch(SeldEvent::hasDistance)) {
      throw new IllegalArgumentException("events: only some have a distance");
    }
    StringBuilder out = new StringBuilder();
    for (SeldEvent e : events) {
      out.append(e.frame()).append(',').append(e.classIndex()).append(',').append(e.source());
      out.append(',').append(decimal(e.azimuth())).append(',').append(decimal(e.elevation()));
      if (distances) {
        out.append(',').append(Math.round(100 * e.distance()));
      }
      out.append('\n');
    }
    return out.toString();
  }

  /** Writes {@link #text} in one step. */
  public static void write(Path file, List<SeldEvent> events) {
    AtomicFile.writeText(file, text(events));
  }

  private static String decimal(double degrees) {
    BigDecimal rounded = BigDecimal.valueOf(degrees).setScale(3, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
