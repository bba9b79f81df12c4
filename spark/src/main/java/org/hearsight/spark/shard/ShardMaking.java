package org.hearsight.spark.shard;

import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.hearsight.core.file.Sha256;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * An attempt at a shard, in an executor: made on the machine's own disk, then copied beside the
 * job's results under a name that no other attempt has. Only the driver gives it its place.
 */
final class ShardMaking extends AbstractFunction1<Iterator<Integer>, ShardMaking.Attempt>
    implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  /** Where attempts lie until the driver takes one of them. */
  static final String ATTEMPTS = "_attempts";

  private final String address;
  private final String run;
  private final ShardTask task;

  /**
   * @param address of the job's folder
   * @param run names this driver; no other has it
   */
  ShardMaking(String address, String run, ShardTask task) {
    this.address = address;
    this.run = run;
    this.task = task;
  }

  /**
   * An attempt that came to its end.
   *
   * @param folder of its files, in {@link #ATTEMPTS}
   * @param seconds it took
   */
  record Attempt(ShardEntry entry, String folder, String executor, double seconds)
      implements Serializable {}

  @Override
  public Attempt apply(Iterator<Integer> shards) {
    try {
      return make(shards.next());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e.getMessage(), e);
    }
  }

  private Attempt make(int shard) throws IOException {
    long started = System.nanoTime();
    SparkEnv spark = SparkEnv.get();
    JobFolder folder =
        JobFolder.open(address, SparkHadoopUtil.get().newConfiguration(spark.conf()));
    String attempt = run + "-" + TaskContext.get().taskAttemptId();
    String place = ATTEMPTS + "/" + ShardEntry.name(shard) + "-" + attempt;
    try (Workbench bench = Workbench.open(folder, shard, attempt)) {
      Made made = task.make(shard, bench);
      List<ShardEntry.File> files = new ArrayList<>();
      for (Made.Part part : made.parts()) {
        folder.upload(part.file(), place + "/" + part.name());
        files.add(
            new ShardEntry.File(part.name(), Files.size(part.file()), Sha256.of(part.file())));
      }
      ShardEntry entry = new ShardEntry(shard, files, made.records(), made.quarantined());
      return new Attempt(entry, place, spark.executorId(), (System.nanoTime() - started) / 1e9);
    }
  }
}
