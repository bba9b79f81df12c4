package org.hearsight.spark.encode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.file.Json;
import org.hearsight.core.file.ScratchFolder;
import org.hearsight.core.progress.Progress;
import org.hearsight.learning.encode.EncodingRecipe;
import org.hearsight.learning.encode.RecordSet;
import org.hearsight.learning.encode.SceneEncoder;
import org.hearsight.learning.train.EncodingPreparation;
import org.hearsight.learning.train.TrainConfig;
import org.hearsight.spark.session.ShippedFolder;
import org.hearsight.spark.shard.JobFolder;
import org.hearsight.spark.shard.ShardEntry;
import org.hearsight.spark.shard.ShardedJob;

/**
 * Encodes a data set for a training: the driver cuts the encoders, all executors run them, and the
 * driver puts the records into the cache that {@code hearsight train} looks into.
 *
 * @param config of the training that is to find them
 * @param data folder of the data set, under the same path on every machine
 * @param seld folder of the audio encoder, on the driver's machine as all that follow
 * @param resnet50 folder of the picture encoder
 * @param cache folder of encoded scenes
 * @param to the job's folder
 * @param shardSize scenes of a shard, a multiple of {@link SceneEncoder#BATCH}
 */
public record EncodeRun(
    TrainConfig config, Path data, Path seld, Path resnet50, Path cache, String to, int shardSize) {

  public EncodeRun {
    ShardedJob.requireSize(shardSize);
    if (shardSize % SceneEncoder.BATCH != 0) {
      throw new IllegalArgumentException(
          "shard size: "
              + shardSize
              + " is not a multiple of "
              + SceneEncoder.BATCH
              + ", the scenes that are encoded together");
    }
  }

  /**
   * Runs to the end, or goes on.
   *
   * @throws org.hearsight.core.error.InputException if data, encoders or folders cannot be used, a
   *     scene cannot be read, or the work was stopped
   */
  public ShardedJob.Manifest run(SparkSession spark, Progress progress) {
    int threads = Runtime.getRuntime().availableProcessors();
    try (ScratchFolder scratch = ScratchFolder.create()) {
      EncodingRecipe recipe =
          EncodingPreparation.write(
              config, data, seld, resnet50, scratch.path(), threads, progress);
      int scenes = recipe.items(ScenarioStore.open(data)).size();
      ObjectNode plan = Json.object().put("job", "encode");
      plan.put("encodings", recipe.fingerprint()).put("places", recipe.places());
      plan.put("scenes", scenes).put("mirrored", recipe.mirrored()).put("shard_size", shardSize);
      JobFolder folder = JobFolder.open(to, spark.sparkContext().hadoopConfiguration());
      ShardedJob job = new ShardedJob(folder, plan, ShardedJob.shards(scenes, shardSize));
      ShippedEncoders encoders =
          new ShippedEncoders(
              ShippedFolder.ship(spark.sparkContext(), scratch.path(), "encoders", name -> true),
              data.toAbsolutePath().toString());
      ShardedJob.Manifest done =
          job.run(spark.sparkContext(), new EncodeTask(encoders, shardSize), progress);
      Gathering gathering = new Gathering(folder, done, scratch, progress);
      gathering.into(recipe.encodedFile(cache), EncodeTask.ENCODED, recipe::openEncoded);
      if (recipe.places() != null) {
        gathering.into(recipe.placesFile(cache), EncodeTask.PLACES, recipe::openPlaces);
      }
      return done;
    }
  }

  /** Shards put into the files that training looks for. */
  private final class Gathering {
    private final JobFolder folder;
    private final ShardedJob.Manifest done;
    private final Path copy;
    private final Progress progress;

    Gathering(
        JobFolder folder, ShardedJob.Manifest done, ScratchFolder scratch, Progress progress) {
      this.folder = folder;
      this.done = done;
      this.copy = scratch.path().resolve("shard.bin");
      this.progress = progress;
    }

    /**
     * Appends what is missing; what is there, of a training or a gathering that was stopped, stays.
     *
     * @param kind of the shards' files
     * @param open opens a file of this kind
     */
    void into(Path file, String kind, Function<Path, ? extends RecordSet> open) {
      try (RecordSet all = open.apply(file);
          Progress.Task task = progress.begin("gather " + kind, done.shards().size())) {
        for (ShardEntry shard : done.shards()) {
          int begin = shard.shard() * shardSize;
          for (ShardEntry.File one : shard.files()) {
            if (one.name().startsWith(kind + "/") && all.size() < begin + shard.records()) {
              folder.fetch(one, copy);
              try (RecordSet part = open.apply(copy)) {
                all.appendAll(part, all.size() - begin);
              }
            }
          }
          task.advance(1);
        }
        all.finish();
      }
    }
  }
}
