package org.hearsight.inference.session;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Direct buffers that are used again: the runtime reads inputs in place only from direct memory,
 * which is slow to get and comes back late.
 *
 * <p>Safe for several threads.
 */
final class StagingBuffers {
  private static final int MOST_IDLE = 8;

  private final Deque<ByteBuffer> idle = new ArrayDeque<>();

  /** An empty buffer in native order with exactly {@code bytes} remaining. */
  ByteBuffer take(int bytes) {
    ByteBuffer fitting = reuse(bytes);
    if (fitting == null) {
      fitting = ByteBuffer.allocateDirect(bytes);
    }
    return fitting.clear().limit(bytes).order(ByteOrder.nativeOrder());
  }

  /** Takes a buffer back; the caller must not use it any more. */
  synchronized void give(ByteBuffer buffer) {
    if (idle.size() == MOST_IDLE) {
      idle.removeLast();
    }
    idle.addFirst(buffer);
  }

  private synchronized ByteBuffer reuse(int bytes) {
    for (Iterator<ByteBuffer> i = idle.iterator(); i.hasNext(); ) {
      ByteBuffer candidate = i.next();
      if (candidate.capacity() >= bytes) {
        i.remove();
        return candidate;
      }
    }
    return null;
  }
}
