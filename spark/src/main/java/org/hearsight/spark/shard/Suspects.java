package org.hearsight.spark.shard;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Which items of a shard may have ended the JVM they were worked on in.
 *
 * <p>The first attempt at a shard leaves one mark that it began. An attempt that finds it is
 * careful: it takes items one by one and writes down which is next, over the one before. A JVM that
 * dies leaves that name; an attempt that fails in any other way takes it back. So whoever comes
 * later can count how often an item was the last one touched.
 *
 * <pre>
 * _marks/shard-00007/begun
 * _marks/shard-00007/now-ATTEMPT      the item in work
 * </pre>
 */
final class Suspects implements AutoCloseable {
  static final String FOLDER = "_marks";
  private static final String NOW = "now-";

  private final JobFolder folder;
  private final String own;
  private final boolean careful;
  private final Map<String, Integer> deaths = new HashMap<>();
  private boolean marked;

  private Suspects(JobFolder folder, String own, boolean careful) {
    this.folder = folder;
    this.own = own;
    this.careful = careful;
  }

  static String folder(int shard) {
    return FOLDER + "/" + ShardEntry.name(shard);
  }

  /**
   * Begins an attempt.
   *
   * @param attempt a name that no other attempt has
   */
  static Suspects begin(JobFolder folder, int shard, String attempt) throws IOException {
    String marks = folder(shard);
    boolean careful = folder.exists(marks + "/begun");
    Suspects suspects = new Suspects(folder, marks + "/" + NOW + attempt, careful);
    if (!careful) {
      folder.mark(marks + "/begun", attempt);
    }
    for (String mark : careful ? folder.list(marks) : java.util.List.<String>of()) {
      if (mark.startsWith(NOW)) {
        suspects.deaths.merge(folder.read(marks + "/" + mark), 1, Integer::sum);
      }
    }
    return suspects;
  }

  boolean isCareful() {
    return careful;
  }

  int deaths(String item) {
    return deaths.getOrDefault(item, 0);
  }

  void next(String item) throws IOException {
    folder.mark(own, item);
    marked = true;
  }

  /** The JVM lives: nothing of this attempt is to blame. */
  @Override
  public void close() throws IOException {
    if (marked) {
      folder.delete(own);
    }
  }
}
