package org.hearsight.spark.shard;

import java.nio.file.Path;
import java.util.List;

/**
 * What a shard came to, on the machine that made it.
 *
 * @param parts files that go into the job's folder
 * @param records scenarios, rows or windows that were made
 * @param quarantined rows that were left aside, each with its reason
 */
public record Made(List<Part> parts, long records, long quarantined) {
  /**
   * A file of a shard.
   *
   * @param name in the job's folder, with forward slashes
   * @param file on this machine
   */
  public record Part(String name, Path file) {}

  public Made {
    parts = List.copyOf(parts);
  }

  /** The file name of a shard: {@code answers/shard-00007.parquet}. */
  public static String name(String folder, int shard, String ending) {
    return folder + "/" + ShardEntry.name(shard) + ending;
  }
}
