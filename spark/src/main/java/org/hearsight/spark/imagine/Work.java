package org.hearsight.spark.imagine;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hearsight.spark.shard.ShardedJob;

/**
 * All that is to be answered, row after row and window after window, and which of it a shard has.
 * Windows are counted and not listed: an archive of 10,000 hours has millions of them.
 */
final class Work implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  private final List<ClipRow> rows;
  private final long[] lengths;
  private final long[] firsts; // number of each row's first window; at the end their count
  private final int clip;
  private final long hop;
  private final int shardSize;

  private Work(List<ClipRow> rows, long[] lengths, int clip, long hop, int shardSize) {
    this.rows = new ArrayList<>(rows);
    this.lengths = lengths;
    this.clip = clip;
    this.hop = hop;
    this.shardSize = shardSize;
    this.firsts = new long[rows.size() + 1];
    for (int r = 0; r < rows.size(); r++) {
      firsts[r + 1] = firsts[r] + windows(r);
    }
  }

  /** The end of each recording. */
  static Work ends(List<ClipRow> rows, int shardSize) {
    return new Work(rows, null, 0, 1, shardSize);
  }

  /**
   * Windows all along each recording: one begins every {@code hop} samples, and the last one ends
   * where the recording does.
   *
   * @param lengths of the recordings, samples at 24 kHz; −1 where one cannot be read, which then
   *     comes as a whole to be refused
   * @param clip length of a window, samples
   */
  static Work windows(List<ClipRow> rows, long[] lengths, int clip, long hop, int shardSize) {
    return new Work(rows, lengths, clip, hop, shardSize);
  }

  private long windows(int row) {
    if (lengths == null || lengths[row] <= clip) {
      return 1;
    }
    return (lengths[row] - clip + hop - 1) / hop + 1;
  }

  /** Rows, or windows of them. */
  long size() {
    return firsts[rows.size()];
  }

  int shards() {
    return ShardedJob.shards(size(), shardSize);
  }

  /** What a shard has to answer, in order. */
  List<ClipRow> of(int shard) {
    List<ClipRow> own = new ArrayList<>();
    long begin = (long) shard * shardSize;
    for (long i = begin; i < Math.min(size(), begin + shardSize); i++) {
      int found = Arrays.binarySearch(firsts, i);
      int row = found >= 0 ? found : -found - 2;
      own.add(window(row, i - firsts[row]));
    }
    return own;
  }

  private ClipRow window(int row, long number) {
    if (lengths == null || lengths[row] < 0) {
      return rows.get(row);
    }
    long last = Math.max(0, lengths[row] - clip);
    return rows.get(row).window(Math.min(last, number * hop));
  }
}
