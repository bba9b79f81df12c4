package org.hearsight.core.seld;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;

/**
 * The rows of an event file, one after the other, so that a file of any length takes the memory of
 * a line.
 *
 * <p>A last line without an end, where the lines before it have one, was cut: what is left of
 * {@code 0,1,0,10,20,150} may well be a row of its own, a source at 1 cm. A CSV library does not
 * say whether the last line has an end, so this is not {@link org.hearsight.core.file.CsvTable}.
 */
final class SeldRows implements AutoCloseable {
  /** Rows a file may have: a day and night of one source, with room for the rest. */
  static final int MOST_ROWS = 1_000_000;

  private static final int LONGEST_LINE = 4096;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path file;
  private final Reader reader;
  private int line;
  private int rows;
  private int ahead;

  private SeldRows(Path file, Reader reader) {
    this.file = file;
    this.reader = reader;
  }

  /**
   * @throws InputException if it is not a regular file
   */
  static SeldRows open(Path file) {
    Reader decoded =
        new InputStreamReader(
            InputFile.stream(file),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    SeldRows rows = new SeldRows(file, new BufferedReader(decoded));
    rows.ahead = rows.read();
    if (rows.ahead == BYTE_ORDER_MARK) {
      rows.ahead = rows.read();
    }
    return rows;
  }

  /**
   * The cells of the next line that is not blank, stripped; null after the last.
   *
   * @throws InputException if there are too many, one is cut short, or the file is not text
   */
  String[] next() {
    while (ahead >= 0) {
      String text = line();
      if (!text.isBlank()) {
        rows++;
        if (rows > MOST_ROWS) {
          throw new InputException(
              file,
              "has more than " + MOST_ROWS + " rows",
              "check that it is the event file of one recording, or split the recording");
        }
        String[] cells = text.split(",", -1);
        for (int i = 0; i < cells.length; i++) {
          cells[i] = cells[i].strip();
        }
        return cells;
      }
    }
    return null;
  }

  /** Where the row is that was read last, for messages. */
  String where() {
    return file + ", line " + line;
  }

  /** Was the row that was read last the file's last line? */
  boolean atEnd() {
    return ahead < 0;
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw InputFile.cannotRead(file, e);
    }
  }

  private String line() {
    line++;
    StringBuilder text = new StringBuilder();
    while (ahead >= 0 && ahead != '\n' && ahead != '\r') {
      if (text.length() == LONGEST_LINE) {
        throw new InputException(
            where(), "is longer than " + LONGEST_LINE + " characters", "give " + SeldColumns.ROW);
      }
      text.append((char) ahead);
      ahead = read();
    }
    if (ahead < 0 && line > 1 && !text.isEmpty()) {
      throw new InputException(
          where(),
          "is cut short: the line has no end, the lines before it have one",
          "restore the file; if the line is whole, end it with a line break");
    }
    int end = ahead;
    if (end >= 0) {
      ahead = read();
    }
    if (end == '\r' && ahead == '\n') {
      ahead = read();
    }
    return text.toString();
  }

  private int read() {
    try {
      return reader.read();
    } catch (CharacterCodingException e) {
      throw new InputException(file, "is not UTF-8 text", "give " + SeldColumns.ROW, e);
    } catch (IOException e) {
      throw InputFile.cannotRead(file, e);
    }
  }
}
