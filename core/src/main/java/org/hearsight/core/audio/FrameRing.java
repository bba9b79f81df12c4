package org.hearsight.core.audio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * What was made of a stream's frames, kept while they may lie in the window; for one thread.
 *
 * <p>A frame is known by the sample of the stream in its middle. It is kept until another one takes
 * its place, a whole ring of hops later.
 *
 * @param <T> what is made of a frame
 */
public final class FrameRing<T> {
  private final int hop;
  private long[] centres = {};
  private List<T> kept = List.of();

  /**
   * @param hop samples from frame to frame
   */
  public FrameRing(int hop) {
    this.hop = hop;
  }

  /** Makes room for a window of so many frames. Growing forgets what was kept. */
  public void hold(int frames) {
    if (frames > centres.length) {
      centres = new long[frames];
      Arrays.fill(centres, Long.MIN_VALUE);
      kept = new ArrayList<>(Collections.nCopies(frames, null));
    }
  }

  /**
   * What was made of a frame, or is made now.
   *
   * @param centre sample of the stream in the middle of the frame
   */
  public T get(long centre, Supplier<T> make) {
    int slot = Math.floorMod(Math.floorDiv(centre, hop), centres.length);
    if (centres[slot] != centre) {
      kept.set(slot, make.get());
      centres[slot] = centre;
    }
    return kept.get(slot);
  }
}
