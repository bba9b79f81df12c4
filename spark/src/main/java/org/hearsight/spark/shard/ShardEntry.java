package org.hearsight.spark.shard;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * A shard that is done, as the job's manifest lists it.
 *
 * @param shard its number
 * @param files in the job's folder
 * @param records that were made; {@code quarantined} were left aside
 */
public record ShardEntry(int shard, List<File> files, long records, long quarantined)
    implements Serializable {
  /**
   * A file of it.
   *
   * @param name relative to the job's folder
   * @param size in bytes
   */
  public record File(String name, long size, @JsonProperty("sha256") String sha256)
      implements Serializable {}

  /** {@code shard-00007}. */
  public static String name(int shard) {
    return String.format(Locale.ROOT, "shard-%05d", shard);
  }
}
