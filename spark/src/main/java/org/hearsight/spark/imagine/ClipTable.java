package org.hearsight.spark.imagine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.hearsight.core.audio.SoundFile;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.error.InputException;

/** The clips of an input: a table in Parquet or CSV, a data set, or a folder of recordings. */
final class ClipTable {
  private static final String ABSOLUTE = "/.*|[A-Za-z][A-Za-z0-9+.-]*:.*";

  private ClipTable() {}

  /**
   * Reads an input.
   *
   * @return rows in an order that does not depend on how Spark came by them
   * @throws InputException if it is none, or two rows have one id
   */
  static List<ClipRow> read(SparkSession spark, String input) {
    try {
      Path path = new Path(input);
      FileSystem files = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      path = files.makeQualified(path);
      if (!files.exists(path)) {
        throw new InputException(input, "does not exist", "check the path");
      }
      List<ClipRow> rows = rows(spark, files, path);
      if (rows.isEmpty()) {
        throw new InputException(input, "holds no clip", "give a table with a column 'audio'");
      }
      return ordered(input, rows);
    } catch (IOException | IllegalArgumentException e) {
      throw InputException.environment(
          input, "cannot be read: " + e.getMessage(), "check address and permission", e);
    }
  }

  private static List<ClipRow> rows(SparkSession spark, FileSystem files, Path path)
      throws IOException {
    String name = path.getName().toLowerCase(Locale.ROOT);
    UnaryOperator<String> beside = beside(path.getParent());
    if (files.getFileStatus(path).isFile()) {
      if (name.endsWith(".csv")) {
        return table(spark.read().option("header", "true").csv(path.toString()), path, beside);
      }
      if (name.endsWith(".parquet")) {
        return table(spark.read().parquet(path.toString()), path, beside);
      }
      throw new InputException(
          shown(path.toString()), "is neither .csv nor .parquet", "give a table or a folder");
    }
    if (files.exists(new Path(path, DatasetFolder.HEADER))) {
      return dataset(path);
    }
    if (Arrays.stream(files.listStatus(path)).map(FileStatus::getPath).anyMatch(ClipTable::part)) {
      return table(spark.read().parquet(path.toString()), path, beside);
    }
    return recordings(files, path);
  }

  private static boolean part(Path file) {
    return file.getName().endsWith(".parquet");
  }

  private static List<ClipRow> table(Dataset<Row> table, Path path, UnaryOperator<String> place) {
    if (!Arrays.asList(table.columns()).contains("audio")) {
      throw new InputException(
          shown(path.toString()),
          "columns: " + String.join(", ", table.columns()) + "; no 'audio' among them",
          "name the column of the recordings' paths audio");
    }
    List<ClipRow> rows = new ArrayList<>();
    for (Row row : table.collectAsList()) {
      ClipRow clip = ClipRow.of(row);
      rows.add(clip.audio() == null ? clip : clip.at(place));
    }
    return rows;
  }

  /** What stands in a table beside the table, unless it says another place. */
  private static UnaryOperator<String> beside(Path folder) {
    return name -> name.matches(ABSOLUTE) ? name : shown(new Path(folder, name).toString());
  }

  private static List<ClipRow> dataset(Path folder) {
    ScenarioStore store = ScenarioStore.open(java.nio.file.Path.of(shown(folder.toString())));
    List<ClipRow> rows = new ArrayList<>();
    for (Scenario s : store.scenarios()) {
      Scenario.Files f = s.files();
      ClipRow row =
          new ClipRow(
              s.id(),
              f.audio(),
              f.rgb(),
              f.depth(),
              f.occlusion(),
              null,
              null,
              null,
              null,
              null,
              null);
      rows.add(row.at(name -> store.resolve(name).toString()));
    }
    return rows;
  }

  private static List<ClipRow> recordings(FileSystem files, Path folder) throws IOException {
    List<ClipRow> rows = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true);
    while (all.hasNext()) {
      Path file = all.next().getPath();
      if (SoundFile.isNamedSo(java.nio.file.Path.of(file.getName()))) {
        String id = folder.toUri().relativize(file.toUri()).getPath();
        rows.add(ClipRow.blind(id, shown(file.toString())));
      }
    }
    return rows;
  }

  /** A path of this machine without its scheme, as people write it. */
  private static String shown(String path) {
    return path.startsWith("file:") ? new Path(path).toUri().getPath() : path;
  }

  /** Sorted by recording, so that a shard opens few; rows without a name get their number. */
  private static List<ClipRow> ordered(String input, List<ClipRow> rows) {
    List<ClipRow> sorted = new ArrayList<>(rows);
    sorted.sort(
        Comparator.comparing(
                (ClipRow r) -> r.audio(), Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(ClipRow::line));
    Set<String> ids = new HashSet<>();
    List<ClipRow> named = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      ClipRow row = sorted.get(i);
      ClipRow with = row.id() == null ? row.named("row-" + i) : row;
      if (!ids.add(with.id())) {
        throw new InputException(
            input, "id: '" + with.id() + "' stands in two rows", "give every row its own");
      }
      named.add(with);
    }
    return named;
  }
}
