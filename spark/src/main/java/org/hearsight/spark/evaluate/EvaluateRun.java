package org.hearsight.spark.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.progress.Progress;
import org.hearsight.inference.evaluate.Evaluation;
import org.hearsight.inference.evaluate.Foreign;
import org.hearsight.inference.evaluate.ScenarioAnswers;
import org.hearsight.spark.session.ShippedModel;
import org.hearsight.spark.shard.JobFolder;
import org.hearsight.spark.shard.ShardedJob;

/**
 * Scores a model on a data set: answers are given by all executors, scores are counted by the
 * driver, which the answers fit into (some kilobytes each).
 *
 * @param data folder of the data set, under the same path on every machine
 * @param to the job's folder
 * @param foreign senses that are another scene's
 * @param shardSize scenarios of a shard
 */
public record EvaluateRun(
    Path data, String to, ShippedModel model, Split split, Set<Foreign> foreign, int shardSize) {

  public EvaluateRun {
    ShardedJob.requireSize(shardSize);
  }

  /** The same with another model. */
  public EvaluateRun with(ShippedModel other) {
    return new EvaluateRun(data, to, other, split, foreign, shardSize);
  }

  /**
   * Runs to the end.
   *
   * @throws InputException if data or folder cannot be used, or the work was stopped
   */
  public Evaluation run(SparkSession spark, Progress progress) {
    ScenarioStore store = ScenarioStore.open(data);
    int scenarios = new ScenarioAnswers(model.model(), store, split, foreign).size();
    ObjectNode plan = Json.object().put("job", "evaluate").put("model", model.fingerprint());
    plan.put("data_sha256", Sha256.of(store.folder().resolve(DatasetFolder.HEADER)));
    plan.put("split", split.label()).put("shard_size", shardSize);
    List<Foreign> senses = foreign.stream().sorted().toList();
    plan.set("foreign", Json.tree(senses.stream().map(Foreign::name).toList()));
    JobFolder folder = JobFolder.open(to, spark.sparkContext().hadoopConfiguration());
    int shards = ShardedJob.shards(scenarios, shardSize);
    String place = data.toAbsolutePath().toString();
    ShardedJob.Manifest unused =
        new ShardedJob(folder, plan, shards)
            .run(
                spark.sparkContext(),
                new EvaluateTask(model, place, split, senses, shardSize),
                progress);
    Evaluation evaluation = scored(spark, folder, store);
    try {
      folder.write("scores.json", Json.page(evaluation.scores()));
    } catch (IOException e) {
      throw folder.failed("scores.json", "written", e);
    }
    return evaluation;
  }

  private Evaluation scored(SparkSession spark, JobFolder folder, ScenarioStore store) {
    Map<String, Scenario> truths = new LinkedHashMap<>();
    store.scenarios(split).forEach(s -> truths.put(s.id(), s));
    Map<String, List<Answer>> answers = new LinkedHashMap<>();
    // By number, and systems as each scenario's rows have them.
    List<Row> rows =
        spark.read().parquet(folder.address() + "/answers").coalesce(1).collectAsList();
    List<Row> ordered = new ArrayList<>(rows);
    ordered.sort(Comparator.comparingInt(r -> r.<Integer>getAs("number")));
    for (Row row : ordered) {
      Answer answer = AnswerTable.answer(row, truths.get(row.<String>getAs("scenario")));
      answers.computeIfAbsent(row.getAs("system"), s -> new ArrayList<>()).add(answer);
    }
    return Evaluation.of(answers, store);
  }
}
