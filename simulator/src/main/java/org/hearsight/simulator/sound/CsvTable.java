package org.hearsight.simulator.sound;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;

/** A small comma-separated file with a header line; cells with commas stand in quotes. */
public final class CsvTable {
  private CsvTable() {}

  /**
   * A line below the header.
   *
   * @param line in the file, from 1
   */
  public record Row(Path file, int line, Map<String, String> cells) {
    /** The cell of a column the table was read with. */
    public String get(String column) {
      return cells.get(column);
    }

    /** A refusal that names file and line. */
    public InputException refused(String problem, String remedy) {
      return new InputException(file, "line " + line + ": " + problem, remedy);
    }
  }

  /**
   * Reads all lines that are not blank.
   *
   * @param needed columns the header must name
   * @throws InputException as {@link InputFile#text}, or if a column or a cell is missing
   */
  public static List<Row> read(Path file, String... needed) {
    List<String> lines = InputFile.text(file, InputFile.MEDIUM).lines().toList();
    List<String> header =
        lines.isEmpty() ? List.of() : cells(lines.get(0)).stream().map(String::strip).toList();
    for (String column : needed) {
      if (!header.contains(column)) {
        throw new InputException(
            file, "line 1: no column '" + column + "'", "begin with a header line");
      }
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      List<String> cells = cells(lines.get(i));
      if (cells.size() != header.size()) {
        throw new InputException(
            file,
            "line " + (i + 1) + ": " + cells.size() + " cells, expected " + header.size(),
            "quote cells that hold commas");
      }
      Map<String, String> row = new HashMap<>();
      for (int c = 0; c < cells.size(); c++) {
        row.put(header.get(c), cells.get(c).strip());
      }
      rows.add(new Row(file, i + 1, row));
    }
    return rows;
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
