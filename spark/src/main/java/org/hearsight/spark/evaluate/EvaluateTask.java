package org.hearsight.spark.evaluate;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.hearsight.core.audio.DoubtfulRecordings;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.progress.Stop;
import org.hearsight.inference.evaluate.Foreign;
import org.hearsight.inference.evaluate.ScenarioAnswers;
import org.hearsight.spark.session.ShippedModel;
import org.hearsight.spark.shard.Made;
import org.hearsight.spark.shard.ShardTask;
import org.hearsight.spark.shard.Workbench;
import org.hearsight.spark.table.ParquetRows;

/**
 * Every system's answers to the scenarios of a shard.
 *
 * @param data the data set's folder, under the same path on every machine
 * @param foreign senses that are another scene's
 * @param shardSize scenarios of a shard
 */
record EvaluateTask(
    ShippedModel model, String data, Split split, List<Foreign> foreign, int shardSize)
    implements ShardTask {
  @Serial private static final long serialVersionUID = 1L;

  @Override
  public Made make(int shard, Workbench bench) throws IOException {
    ScenarioStore store = ScenarioStore.open(Path.of(data));
    ScenarioAnswers asked =
        new ScenarioAnswers(model.model(), store, split, java.util.Set.copyOf(foreign));
    DoubtfulRecordings doubtful = new DoubtfulRecordings(); // the driver's user hears of none
    List<Row> rows = new ArrayList<>();
    int begin = shard * shardSize;
    int end = Math.min(asked.size(), begin + shardSize);
    for (int i = begin; i < end; i++) {
      Stop.check();
      int number = i;
      asked
          .answer(i, doubtful)
          .forEach((system, answer) -> rows.add(AnswerTable.row(number, system, answer)));
    }
    Path file = bench.folder().resolve("answers.parquet");
    ParquetRows.write(file, AnswerTable.SCHEMA, rows);
    return new Made(
        List.of(new Made.Part(Made.name("answers", shard, ".parquet"), file)), end - begin, 0);
  }
}
