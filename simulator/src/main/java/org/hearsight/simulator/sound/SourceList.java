package org.hearsight.simulator.sound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;

/**
 * {@code SOURCES.csv} of a folder of sounds: comma-separated with a header naming at least {@code
 * file}; {@code licence}, {@code use} (permissive or evaluation) and {@code origin_group} are
 * honoured.
 */
final class SourceList {
  static final String NAME = "SOURCES.csv";

  private final Map<String, Map<String, String>> rows = new HashMap<>();

  private SourceList() {}

  /** Reads the list, or gives an empty one if there is none. */
  static SourceList read(Path folder) {
    SourceList list = new SourceList();
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return list;
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new InputException(file, "cannot be read", "save it as UTF-8 text", e);
    }
    List<String> header = lines.isEmpty() ? List.of() : cells(lines.get(0));
    if (!header.contains("file")) {
      throw new InputException(file, "line 1: no column 'file'", "begin with a header line");
    }
    for (int i = 1; i < lines.size(); i++) {
      List<String> cells = cells(lines.get(i));
      if (lines.get(i).isBlank()) {
        continue;
      }
      if (cells.size() != header.size()) {
        throw new InputException(
            file,
            "line " + (i + 1) + ": " + cells.size() + " cells, expected " + header.size(),
            "quote cells that hold commas");
      }
      Map<String, String> row = new HashMap<>();
      for (int c = 0; c < cells.size(); c++) {
        row.put(header.get(c), cells.get(c));
      }
      list.rows.put(row.get("file"), row);
    }
    return list;
  }

  /** A cell of a sound's row, or {@code otherwise}. */
  String get(String file, String column, String otherwise) {
    String value = rows.getOrDefault(file, Map.of()).get(column);
    return value == null || value.isBlank() ? otherwise : value;
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
