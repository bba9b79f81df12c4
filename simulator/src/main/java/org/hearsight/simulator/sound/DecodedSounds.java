package org.hearsight.simulator.sound;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Recordings that were decoded, the last used ones up to a number of bytes; one that was let go is
 * decoded again, to the same samples. Safe for several threads.
 */
final class DecodedSounds {
  /** Bytes; thousands of short recordings fit, and a collection of hours does not fill memory. */
  private static final long MOST = 256L << 20;

  /** Of the memory that the JVM may have, at the most. */
  private static final int SHARE = 8;

  private final long limit;
  private final Map<String, float[]> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  DecodedSounds() {
    this(Math.min(MOST, Runtime.getRuntime().maxMemory() / SHARE));
  }

  /**
   * @param limit bytes that all kept recordings may have together
   */
  DecodedSounds(long limit) {
    this.limit = limit;
  }

  /**
   * A recording's samples, not to be changed.
   *
   * @param decode called where it is not kept, by several threads at once if they ask at once
   */
  float[] get(String name, Supplier<float[]> decode) {
    synchronized (kept) {
      float[] signal = kept.get(name);
      if (signal != null) {
        return signal;
      }
    }
    // Without the lock: nobody waits for another one's recording.
    float[] signal = decode.get();
    synchronized (kept) {
      if (kept.putIfAbsent(name, signal) == null) {
        bytes += size(signal);
        Iterator<float[]> oldest = kept.values().iterator();
        while (bytes > limit) {
          bytes -= size(oldest.next());
          oldest.remove();
        }
      }
    }
    return signal;
  }

  /** Bytes that are kept. */
  long bytes() {
    synchronized (kept) {
      return bytes;
    }
  }

  private static long size(float[] signal) {
    return (long) Float.BYTES * signal.length;
  }
}
