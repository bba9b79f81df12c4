package org.hearsight.simulator.sound;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hearsight.core.audio.SoundFile;
import org.hearsight.core.file.CsvTable;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.file.Json;
import org.hearsight.core.progress.Progress;

/**
 * The two collections whose own layout is read: ESC-50 (K. J. Piczak, ESC: Dataset for
 * environmental sound classification, ACM Multimedia 2015) and UrbanSound8K (J. Salamon et al., A
 * dataset and taxonomy for urban sound research, ACM Multimedia 2014).
 *
 * <p>What their categories are here, the name of a {@link SoundFolder}, stands in {@code
 * categories.json} beside this class; a category that is not in it is left out. All clips cut from
 * one Freesound original are one group. Their licences forbid commercial use, so what they hold may
 * score only; the part known as ESC-10 (CC BY) may train, too.
 */
enum PublishedCollection {
  /** {@code audio/FOLD-CLIPID-TAKE-TARGET.wav}; CLIPID is the original. */
  ESC_50("ESC-50", "meta/esc50.csv", "filename", "src_file", 1, "target", 3, "category", "esc10") {
    @Override
    String audio(CsvTable.Row row) {
      return "audio/" + row.get("filename");
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
      0,
      "classID",
      1,
      "class",
      "fold") {
    @Override
    String audio(CsvTable.Row row) {
      return "audio/fold" + row.get("fold") + "/" + row.get("slice_file_name");
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
  private final int originPart;
  private final String targetColumn;
  private final int targetPart;
  private final String categoryColumn;
  private final String furtherColumn;

  /**
   * @param list below the folder of the collection
   * @param originPart of a file's name, which {@code originColumn} repeats; {@code targetPart} and
   *     {@code targetColumn} likewise
   * @param furtherColumn another one that is read
   */
  PublishedCollection(
      String title,
      String list,
      String fileColumn,
      String originColumn,
      int originPart,
      String targetColumn,
      int targetPart,
      String categoryColumn,
      String furtherColumn) {
    this.title = title;
    this.list = list;
    this.fileColumn = fileColumn;
    this.originColumn = originColumn;
    this.originPart = originPart;
    this.targetColumn = targetColumn;
    this.targetPart = targetPart;
    this.categoryColumn = categoryColumn;
    this.furtherColumn = furtherColumn;
  }

  /** The file of a row, as a path below the folder of the collection. */
  abstract String audio(CsvTable.Row row);

  /** May it train what is given away? */
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
    Map<String, String> categories = categories();
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
      String to = categories.get(row.get(categoryColumn));
      if (to == null) {
        left++;
        unknown.add(row.get(categoryColumn));
        continue;
      }
      Recording recording = recording(folder, row, SoundFolder.of(to));
      recordings.put(recording.name(), recording);
    }
    if (left > 0) {
      progress.note(
          title + ": " + left + " recordings left out, no use for " + String.join(", ", unknown));
    }
    return new ArrayList<>(recordings.values());
  }

  private Map<String, String> categories() {
    TypeReference<Map<String, Map<String, String>>> type = new TypeReference<>() {};
    return Json.resource(PublishedCollection.class, "categories.json", type).get(title);
  }

  /** The file that a list names, or the same sound in another format; null if there is neither. */
  private static Path inAnyFormat(Path listed) {
    if (Files.isRegularFile(listed)) {
      return listed;
    }
    String stem = FolderListing.stem(listed, SoundFile.ENDINGS);
    if (stem == null) {
      return null;
    }
    return SoundFile.ENDINGS.stream()
        .map(ending -> listed.resolveSibling(stem + ending))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(null);
  }

  private Recording recording(Path folder, CsvTable.Row row, SoundFolder to) {
    String name = row.get(fileColumn);
    if (!name.matches("[0-9]+(-[0-9A-Z]+){3}\\.[a-z0-9]+")
        || !name.split("[-.]", -1)[originPart].equals(row.get(originColumn))
        || !name.split("[-.]", -1)[targetPart].equals(row.get(targetColumn))) {
      throw row.refused(
          fileColumn + ": '" + name + "' disagrees with " + originColumn + " or " + targetColumn,
          "take the list that came with the sounds");
    }
    if (!row.get(furtherColumn).matches("[0-9]+|[Tt]rue|[Ff]alse|TRUE|FALSE")) {
      throw row.refused(
          furtherColumn + ": '" + row.get(furtherColumn) + "'",
          "take the list that came with the sounds");
    }
    Path file = inAnyFormat(folder.resolve(audio(row)));
    if (file == null) {
      throw row.refused(
          fileColumn + ": there is no " + audio(row),
          "unpack " + title + " again, or take the line out");
    }
    return new Recording(
        file, audio(row), to, licence(row), !permissive(row), "freesound/" + row.get(originColumn));
  }
}
