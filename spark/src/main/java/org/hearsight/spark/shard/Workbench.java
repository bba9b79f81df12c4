package org.hearsight.spark.shard;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.util.Utils;
import org.hearsight.core.file.ScratchFolder;

/**
 * What an attempt at a shard works with: a folder of its own on the machine's disk, and what
 * earlier attempts left to know.
 */
public final class Workbench implements AutoCloseable {
  /** Spark setting: where tasks keep files while they work; {@code {executor}} is its id. */
  public static final String SCRATCH = "spark.hearsight.scratch";

  /** How many JVMs an item may end before it is left aside. */
  public static final int MOST_DEATHS = 2;

  private final ScratchFolder folder;
  private final Suspects suspects;

  private Workbench(ScratchFolder folder, Suspects suspects) {
    this.folder = folder;
    this.suspects = suspects;
  }

  static Workbench open(JobFolder job, int shard, String attempt) throws IOException {
    ScratchFolder folder = ScratchFolder.in(scratch());
    try {
      return new Workbench(folder, Suspects.begin(job, shard, attempt));
    } catch (IOException e) {
      folder.close();
      throw e;
    }
  }

  /** Where this executor keeps files while it works: a folder that need not be there yet. */
  public static Path scratch() {
    SparkEnv spark = SparkEnv.get();
    SparkConf conf = spark.conf();
    String given = conf.get(SCRATCH, "");
    return Path.of(
        given.isEmpty()
            ? Utils.getLocalDir(conf)
            : given.replace("{executor}", spark.executorId()));
  }

  /** An empty folder; it goes with the attempt. */
  public Path folder() {
    return folder.path();
  }

  /** Did an attempt at this shard fail or die before? Then items come one by one. */
  public boolean isCareful() {
    return suspects.isCareful();
  }

  /**
   * May an item be worked on? It may not once it has ended {@value #MOST_DEATHS} JVMs in which it
   * was alone.
   *
   * @param item a name that it has in every attempt
   * @throws IOException if that cannot be noted
   */
  public boolean mayTry(String item) throws IOException {
    if (!isCareful()) {
      return true;
    }
    if (suspects.deaths(item) >= MOST_DEATHS) {
      return false;
    }
    suspects.next(item);
    return true;
  }

  @Override
  public void close() throws IOException {
    try {
      suspects.close();
    } finally {
      folder.close();
    }
  }
}
