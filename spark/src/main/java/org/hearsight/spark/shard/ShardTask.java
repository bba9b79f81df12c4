package org.hearsight.spark.shard;

import java.io.IOException;
import java.io.Serializable;

/**
 * How one shard of a job is made, in whatever process it is made; the same shard gives the same
 * rows.
 */
@FunctionalInterface
public interface ShardTask extends Serializable {
  /**
   * Makes a shard.
   *
   * @param shard its number, from 0
   * @param bench a folder of its own, and what is known of earlier attempts
   * @return what goes into the job's folder
   * @throws IOException if the machine fails; the shard is tried again, elsewhere if there is one
   */
  Made make(int shard, Workbench bench) throws IOException;
}
