package org.hearsight.simulator.sound;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hearsight.core.file.CsvTable;
import org.hearsight.core.progress.Progress;

/**
 * The two collections whose own layout is read: ESC-50 (K. J. Piczak, ESC: Dataset for
 * environmental sound classification, ACM Multimedia 2015) and UrbanSound8K (J. Salamon et al., A
 * dataset and taxonomy for urban sound research, ACM Multimedia 2014).
 *
 * <p>All clips cut from one Freesound original are one group. Their licences forbid commercial use,
 * so what they hold may score only; the part known as ESC-10 (CC BY) may train, too.
 */
enum PublishedCollection {
  /** {@code audio/FOLD-CLIPID-TAKE-TARGET.wav}; CLIPID is the original. */
  ESC_50("ESC-50", "meta/esc50.csv", "filename", "src_file", "category", "target", "esc10") {
    @Override
    Path audio(Path folder, CsvTable.Row row) {
      return folder.resolve("audio").resolve(row.get("filename"));
    }

    @Override
    boolean agrees(String[] name, CsvTable.Row row) {
      return name.length == 4
          && name[1].equals(row.get("src_file"))
          && name[3].equals(row.get("target"));
    }

    @Override
    boolean permissive(CsvTable.Row row) {
      return row.get("esc10").equalsIgnoreCase("true");
    }

    @Override
    String licence(CsvTable.Row row) {
      return permissive(row) ? "CC BY 3.0 (ESC-10)" : "CC BY-NC 3.0 (ESC-50)";
    }
  },

  /** {@code audio/foldN/FSID-CLASSID-OCCURRENCE-SLICE.wav}; FSID is the original. */
  URBAN_SOUND_8K(
      "UrbanSound8K",
      "metadata/UrbanSound8K.csv",
      "slice_file_name",
      "fsID",
      "class",
      "classID",
      "fold") {
    @Override
    Path audio(Path folder, CsvTable.Row row) {
      return folder
          .resolve("audio")
          .resolve("fold" + row.get("fold"))
          .resolve(row.get("slice_file_name"));
    }

    @Override
    boolean agrees(String[] name, CsvTable.Row row) {
      return name.length == 4
          && name[0].equals(row.get("fsID"))
          && name[1].equals(row.get("classID"));
    }

    @Override
    boolean permissive(CsvTable.Row row) {
      return false;
    }

    @Override
    String licence(CsvTable.Row row) {
      return "CC BY-NC 4.0 (UrbanSound8K)";
    }
  };

  private final String title;
  private final String list;
  private final String fileColumn;
  private final String originColumn;
  private final String categoryColumn;
  private final String targetColumn;
  private final String furtherColumn;

  PublishedCollection(
      String title,
      String list,
      String fileColumn,
      String originColumn,
      String categoryColumn,
      String targetColumn,
      String furtherColumn) {
    this.title = title;
    this.list = list;
    this.fileColumn = fileColumn;
    this.originColumn = originColumn;
    this.categoryColumn = categoryColumn;
    this.targetColumn = targetColumn;
    this.furtherColumn = furtherColumn;
  }

  abstract Path audio(Path folder, CsvTable.Row row);

  /** Do the parts of a file's name say what its line says? */
  abstract boolean agrees(String[] name, CsvTable.Row row);

  abstract boolean permissive(CsvTable.Row row);

  abstract String licence(CsvTable.Row row);

  /** The collection a folder is laid out as, or null. */
  static PublishedCollection in(Path folder) {
    for (PublishedCollection c : values()) {
      if (Files.exists(folder.resolve(c.list))) {
        return c;
      }
    }
    return null;
  }

  /**
   * Its recordings in the order of their names; how many have no place here is noted.
   *
   * @throws org.hearsight.core.error.InputException if the list or a file it names is unusable
   */
  List<Recording> recordings(Path folder, Progress progress) {
    CategoryMap categories = CategoryMap.of(title);
    TreeMap<String, Recording> recordings = new TreeMap<>();
    TreeSet<String> unknown = new TreeSet<>();
    int left = 0;
    for (CsvTable.Row row :
        CsvTable.read(
            folder.resolve(list),
            fileColumn,
            originColumn,
            categoryColumn,
            targetColumn,
            furtherColumn)) {
      String to = categories.folder(row.get(categoryColumn));
      if (to == null) {
        left++;
        unknown.add(row.get(categoryColumn));
        continue;
      }
      Recording recording = recording(folder, row, to);
      recordings.put(recording.name(), recording);
    }
    if (left > 0) {
      progress.note(
          title + ": " + left + " recordings left out, no use for " + String.join(", ", unknown));
    }
    return new ArrayList<>(recordings.values());
  }

  private Recording recording(Path folder, CsvTable.Row row, String to) {
    String name = row.get(fileColumn);
    if (!name.matches("[0-9]+(-[0-9A-Z]+){3}\\.wav")
        || !agrees(name.substring(0, name.length() - 4).split("-"), row)) {
      throw row.refused(
          fileColumn + ": '" + name + "' disagrees with " + originColumn + " or " + targetColumn,
          "take the list that came with the sounds");
    }
    if (!row.get(furtherColumn).matches("[0-9]+|[Tt]rue|[Ff]alse|TRUE|FALSE")) {
      throw row.refused(
          furtherColumn + ": '" + row.get(furtherColumn) + "'",
          "take the list that came with the sounds");
    }
    Path file = audio(folder, row);
    if (!Files.isRegularFile(file)) {
      throw row.refused(
          fileColumn + ": there is no " + folder.relativize(file),
          "unpack " + title + " again, or take the line out");
    }
    return new Recording(
        file,
        folder.relativize(file).toString().replace('\\', '/'),
        to,
        licence(row),
        !permissive(row),
        "freesound/" + row.get(originColumn));
  }
}
