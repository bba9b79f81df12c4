package org.hearsight.core.audio;

import java.util.stream.IntStream;

/** Shares a clip's frames out among threads; every frame is computed the same on any of them. */
final class FrameBlocks {
  private FrameBlocks() {}

  /** Computes frames {@code from} to {@code to}, the last one not. */
  interface Block {
    void compute(int from, int to);
  }

  /**
   * Runs a block of frames on each of so many threads, and returns when all are done.
   *
   * @throws IllegalArgumentException if there is not at least one thread
   */
  static void run(int frames, int threads, Block block) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads + " is less than 1");
    }
    if (threads == 1) {
      block.compute(0, frames);
      return;
    }
    IntStream.range(0, threads)
        .parallel()
        .forEach(
            i ->
                block.compute(
                    (int) ((long) frames * i / threads),
                    (int) ((long) frames * (i + 1) / threads)));
  }
}
