package org.hearsight.simulator.sound;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.file.CsvTable;

/**
 * {@code SOURCES.csv} of a folder of sounds: comma-separated with a header naming at least {@code
 * file}; {@code licence}, {@code use} (permissive or evaluation) and {@code origin_group} are
 * honoured. Sounds that a list leaves out may only score.
 */
final class SourceList {
  static final String NAME = "SOURCES.csv";
  private static final String PERMISSIVE = SoundUse.PERMISSIVE.label();
  private static final String EVALUATION = SoundUse.EVALUATION.label();

  private final Map<String, CsvTable.Row> rows = new HashMap<>();
  private boolean there;

  private SourceList() {}

  /** Reads the list, or gives an empty one if there is none. */
  static SourceList read(Path folder) {
    SourceList list = new SourceList();
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return list;
    }
    list.there = true;
    for (CsvTable.Row row : CsvTable.read(file, "file")) {
      String use = row.get("use");
      if (use != null && !List.of("", PERMISSIVE, EVALUATION).contains(use)) {
        throw row.refused("use: '" + use + "'", "write " + PERMISSIVE + " or " + EVALUATION);
      }
      list.rows.put(row.get("file"), row);
    }
    return list;
  }

  /** May a sound only score, and not be learned from? */
  boolean onlyScores(String file) {
    boolean listed = rows.containsKey(file);
    return (there && !listed) || get(file, "use", PERMISSIVE).equals(EVALUATION);
  }

  /** A cell of a sound's row, or {@code otherwise}. */
  String get(String file, String column, String otherwise) {
    CsvTable.Row row = rows.get(file);
    String value = row == null ? null : row.get(column);
    return value == null || value.isBlank() ? otherwise : value;
  }
}
