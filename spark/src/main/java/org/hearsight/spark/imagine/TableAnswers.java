package org.hearsight.spark.imagine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.ScratchFolder;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.spark.session.ShippedModel;
import org.hearsight.spark.shard.Workbench;

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
      ScratchFolder scratch = ScratchFolder.in(Workbench.scratch());
      this.answering = new Answering(model.model(), scratch.path());
      TaskContext.get().addTaskCompletionListener((TaskContext over) -> scratch.close());
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
      while (rows.hasNext() && batch.size() < Answering.BATCH) {
        batch.add(rows.next());
      }
      Row[] answered = new Row[batch.size()];
      List<ClipRow> clips = new ArrayList<>();
      for (int i = 0; i < answered.length; i++) {
        try {
          clips.add(ClipRow.of(batch.get(i)).named(Integer.toString(i)));
        } catch (InputException e) {
          answered[i] = with(batch.get(i), null, e.getMessage());
        }
      }
      try {
        for (Answering.Outcome outcome : answering.answer(clips)) {
          int at = Integer.parseInt(outcome.row().id());
          answered[at] = with(batch.get(at), outcome.answer(), outcome.reason());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      ready.addAll(Arrays.asList(answered));
    }

    private static Row with(Row row, Imagination answer, String refused) {
      Object[] cells = new Object[row.length() + 2];
      for (int i = 0; i < row.length(); i++) {
        cells[i] = row.get(i);
      }
      cells[row.length()] = answer == null ? null : AnswerColumns.row(answer);
      cells[row.length() + 1] = refused;
      return RowFactory.create(cells);
    }
  }
}
