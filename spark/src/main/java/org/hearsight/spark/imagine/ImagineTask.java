package org.hearsight.spark.imagine;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.hearsight.core.progress.Stop;
import org.hearsight.spark.session.ShippedModel;
import org.hearsight.spark.shard.Made;
import org.hearsight.spark.shard.ShardTask;
import org.hearsight.spark.shard.Workbench;
import org.hearsight.spark.table.ParquetRows;

/**
 * Answers the rows of a shard. What cannot be read goes into quarantine with its reason, and so
 * does what ended the JVM again and again.
 */
final class ImagineTask implements ShardTask {
  @Serial private static final long serialVersionUID = 1L;

  private final ShippedModel model;
  private final Broadcast<Work> work;

  ImagineTask(ShippedModel model, Broadcast<Work> work) {
    this.model = model;
    this.work = work;
  }

  @Override
  public Made make(int shard, Workbench bench) throws IOException {
    List<ClipRow> own = work.value().of(shard);
    Answering answering = new Answering(model.model(), bench.folder());
    List<Row> answers = new ArrayList<>();
    List<Row> quarantine = new ArrayList<>();
    int step = bench.isCareful() ? 1 : Answering.BATCH;
    for (int at = 0; at < own.size(); at += step) {
      Stop.check();
      List<ClipRow> batch = own.subList(at, Math.min(own.size(), at + step));
      if (!bench.mayTry(batch.get(0).key())) {
        String reason = "ended the JVM " + (Workbench.MOST_DEATHS + 1) + " times; left aside";
        quarantine.add(AnswerColumns.refused(batch.get(0), reason));
        continue;
      }
      for (Answering.Outcome outcome : answering.answer(batch)) {
        if (outcome.answer() == null) {
          quarantine.add(AnswerColumns.refused(outcome.row(), outcome.reason()));
        } else {
          answers.add(AnswerColumns.answered(outcome.row(), outcome.answer()));
        }
      }
    }
    List<Made.Part> parts = new ArrayList<>();
    add(parts, bench, "answers", shard, AnswerColumns.ANSWERS, answers);
    add(parts, bench, "quarantine", shard, AnswerColumns.QUARANTINE, quarantine);
    return new Made(parts, answers.size(), quarantine.size());
  }

  private static void add(
      List<Made.Part> parts,
      Workbench bench,
      String table,
      int shard,
      StructType schema,
      List<Row> rows)
      throws IOException {
    // One table of answers at least, so that there is a schema to read.
    if (!rows.isEmpty() || table.equals("answers")) {
      Path file = bench.folder().resolve(table + ".parquet");
      ParquetRows.write(file, schema, rows);
      parts.add(new Made.Part(Made.name(table, shard, ".parquet"), file));
    }
  }
}
