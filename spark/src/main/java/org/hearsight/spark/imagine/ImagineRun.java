package org.hearsight.spark.imagine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;
import org.hearsight.core.file.ScratchFolder;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.progress.Progress;
import org.hearsight.spark.session.ShippedModel;
import org.hearsight.spark.shard.JobFolder;
import org.hearsight.spark.shard.ShardedJob;
import org.hearsight.spark.shard.Workbench;

/**
 * Answers all clips of an input.
 *
 * @param input table, data set or folder
 * @param to the job's folder
 * @param model to answer with
 * @param every seconds between windows all along each recording; null to judge its end
 * @param shardSize rows or windows of a shard
 */
public record ImagineRun(String input, String to, ShippedModel model, Double every, int shardSize) {

  public ImagineRun {
    ShardedJob.requireSize(shardSize);
    if (every != null && !(every >= 0.1 && every <= 3600)) {
      throw new InputException(
          "every",
          every + " s is not in [0.1, 3600]",
          "choose as many as a clip has for all of it");
    }
  }

  /** The same with another model. */
  public ImagineRun with(ShippedModel other) {
    return new ImagineRun(input, to, other, every, shardSize);
  }

  /**
   * Runs to the end.
   *
   * @throws InputException if input or folder cannot be used, or the work was stopped
   */
  public ShardedJob.Manifest run(SparkSession spark, Progress progress) {
    List<ClipRow> rows = ClipTable.read(spark, input);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    ModelCard card = model.model().card();
    Work work = every == null ? Work.ends(rows, shardSize) : windows(context, rows, card);
    ObjectNode plan = Json.object().put("job", "imagine");
    plan.put("model", model.fingerprint());
    plan.put("rows", rows.size()).put("rows_sha256", checksum(rows));
    plan.put("every_seconds", every).put("shard_size", shardSize);
    JobFolder folder = JobFolder.open(to, spark.sparkContext().hadoopConfiguration());
    ShardedJob job = new ShardedJob(folder, plan, work.shards());
    ImagineTask task = new ImagineTask(model, context.broadcast(work));
    return job.run(spark.sparkContext(), task, progress);
  }

  private Work windows(JavaSparkContext context, List<ClipRow> rows, ModelCard card) {
    List<Long> lengths =
        context.parallelize(rows).map((Function<ClipRow, Long>) ImagineRun::length).collect();
    long[] samples = lengths.stream().mapToLong(Long::longValue).toArray();
    int clip = (int) Math.round(card.clipSeconds() * Foa.SAMPLE_RATE);
    return Work.windows(rows, samples, clip, Math.round(every * Foa.SAMPLE_RATE), shardSize);
  }

  /** By its header; −1 for what is no recording, which is found out again and quarantined. */
  private static long length(ClipRow row) {
    try (ScratchFolder scratch = ScratchFolder.in(Workbench.scratch())) {
      FoaFormat format = row.foaFormat() == null ? null : FoaFormat.of(row.foaFormat());
      return row.audio() == null
          ? -1
          : Foa.length(new Fetched(scratch.path()).local(row.audio()), format);
    } catch (RuntimeException e) {
      return -1;
    }
  }

  private static String checksum(List<ClipRow> rows) {
    Sha256 sum = new Sha256();
    rows.forEach(row -> sum.add(row.line() + "\n"));
    return sum.hex();
  }
}
