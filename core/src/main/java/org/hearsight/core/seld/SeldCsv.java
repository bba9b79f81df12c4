package org.hearsight.core.seld;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;

/**
 * The event files of the DCASE SELD challenges: one row per source and frame of 100 ms.
 *
 * <pre>
 * frame,class,source,azimuth,elevation                STARSS22: degrees
 * frame,class,source,azimuth,elevation,distance       STARSS23: distance in whole centimetres
 * frame,class,source,x,y,z,distance                   what the DCASE 2024 baseline predicts: a
 *                                                     vector of any length, distance in metres
 * </pre>
 *
 * <p>Files have no header, except those of DCASE 2025, whose header names the columns; there
 * elevation, 0 where it is missing, and any order of columns are understood, and columns that
 * nobody here needs (on-screen) are passed over.
 */
public final class SeldCsv {
  /** Frames in a second. */
  public static final int FRAMES_PER_SECOND = 10;

  private SeldCsv() {}

  /**
   * Reads a file's events, in the order of its rows; an empty file has none.
   *
   * @throws InputException naming the file, the line and the field that is wrong
   */
  public static List<SeldEvent> read(Path file) {
    List<SeldEvent> events = new ArrayList<>();
    SeldColumns columns = null;
    int number = 0;
    for (String line : lines(file)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      String[] cells = line.strip().split(",", -1);
      String where = file + ", line " + number;
      if (columns == null) {
        boolean header = SeldColumns.isHeader(cells);
        columns =
            header ? SeldColumns.named(cells, where) : SeldColumns.counted(cells.length, where);
        if (header) {
          continue;
        }
      }
      events.add(columns.event(cells, where));
    }
    return List.copyOf(events);
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

  private static List<String> lines(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
    } catch (CharacterCodingException e) {
      throw new InputException(file, "is no text", "give " + SeldColumns.ROW, e);
    } catch (IOException e) {
      throw new InputException(file, "is missing or unreadable", "check the path", e);
    }
  }

  private static String decimal(double degrees) {
    BigDecimal rounded = BigDecimal.valueOf(degrees).setScale(3, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
