package org.hearsight.spark.imagine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.Utils;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderListing;
import org.hearsight.spark.session.ShippedModel;

/** A table with a column of answers more, batch by batch as Spark asks for rows. */
public final class TableAnswers {
  private static final String ANSWER = "answer";
  private static final String REFUSED = "refused";

  private TableAnswers() {}

  /**
   * Adds the columns {@code answer} and {@code refused}.
   *
   * @throws InputException if the columns do not fit
   */
  public static Dataset<Row> of(Dataset<Row> clips, ShippedModel model) {
    List<String> columns = Arrays.asList(clips.columns());
    if (!columns.contains("audio")) {
      throw new InputException(
          "clips", "no column 'audio' among " + columns, "name the recordings' column so");
    }
    for (String taken : List.of(ANSWER, REFUSED)) {
      if (columns.contains(taken)) {
        throw new InputException("clips", "column '" + taken + "' is there already", "rename it");
      }
    }
    StructType schema =
        clips.schema().add(ANSWER, AnswerColumns.ANSWER).add(REFUSED, DataTypes.StringType);
    return clips.mapPartitions(
        (MapPartitionsFunction<Row, Row>) rows -> new Answers(rows, model), Encoders.row(schema));
  }

  /** Rows with their answers; one batch is in memory. */
  private static final class Answers implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Answering answering;
    private final Deque<Row> ready = new ArrayDeque<>();

    Answers(Iterator<Row> rows, ShippedModel model) {
      this.rows = rows;
      Path scratch = scratch();
      this.answering = new Answering(model.model(), scratch);
      TaskContext.get().addTaskCompletionListener((TaskContext over) -> discard(scratch));
    }

    private static Path scratch() {
      try {
        return Files.createTempDirectory(
            Path.of(Utils.getLocalDir(SparkEnv.get().conf())), "hearsight-");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void discard(Path folder) {
      try {
        for (Path path : FolderListing.deepestFirst(folder)) {
          Files.deleteIfExists(path);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean hasNext() {
      return !ready.isEmpty() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (ready.isEmpty()) {
        answer();
      }
      return ready.remove();
    }

    private void answer() {
      List<Row> batch = new ArrayList<>();
      List<ClipRow> clips = new ArrayList<>();
      while (rows.hasNext() && batch.size() < Answering.BATCH) {
        Row row = rows.next();
        clips.add(ClipRow.of(row).named(Integer.toString(batch.size())));
        batch.add(row);
      }
      Row[] answered = new Row[batch.size()];
      try {
        for (Answering.Outcome outcome : answering.answer(clips)) {
          int at = Integer.parseInt(outcome.row().id());
          answered[at] = with(batch.get(at), outcome);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      ready.addAll(Arrays.asList(answered));
    }

    private static Row with(Row row, Answering.Outcome outcome) {
      Object[] cells = new Object[row.length() + 2];
      for (int i = 0; i < row.length(); i++) {
        cells[i] = row.get(i);
      }
      cells[row.length()] = outcome.answer() == null ? null : AnswerColumns.row(outcome.answer());
      cells[row.length() + 1] = outcome.reason();
      return RowFactory.create(cells);
    }
  }
}
