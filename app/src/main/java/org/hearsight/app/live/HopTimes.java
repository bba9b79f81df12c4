package org.hearsight.app.live;

import java.util.Arrays;
import java.util.Locale;
import org.hearsight.core.audio.Foa;
import org.hearsight.inference.Listener;

/** How long answers of a stream took. */
public final class HopTimes {
  private long[] nanos = new long[1024];
  private int count;

  /** Adds so many answers that took so long together. */
  public void add(int answers, long took) {
    for (int i = 0; i < answers; i++) {
      nanos = count == nanos.length ? Arrays.copyOf(nanos, 2 * count) : nanos;
      nanos[count++] = took / answers;
    }
  }

  /** Was there no answer? */
  public boolean isEmpty() {
    return count == 0;
  }

  /** A line for people: quantiles, and computing time by the sound's. */
  public String line() {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    double hop = (double) Listener.HOP / Foa.SAMPLE_RATE;
    return String.format(
        Locale.ROOT,
        "%d answers; a hop took %.1f ms (p50), %.1f ms (p99), %.1f ms at most; real-time factor"
            + " %.3f",
        count,
        millis(sorted, 0.5),
        millis(sorted, 0.99),
        millis(sorted, 1),
        count == 0 ? 0 : Arrays.stream(sorted).sum() * 1e-9 / (count * hop));
  }

  /** The smallest time that so large a share of answers does not exceed. */
  private static double millis(long[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted.length == 0 ? 0 : sorted[Math.max(0, rank - 1)] * 1e-6;
  }
}
