package org.hearsight.core.audio;

import java.util.HashMap;
import java.util.Map;

/**
 * What a window that slides over a stream becomes before it reaches a network: that of {@link
 * Hearing#hear} of the same window, bit for bit. Features come from {@link SlidingFeatures}; cues
 * refer to the window's maximum and end, and are made of them for each window. For one thread.
 */
public final class SlidingHearing {
  private final Hearing hearing;
  private final Map<AudioFeatures, SlidingFeatures> sliding = new HashMap<>();

  SlidingHearing(Hearing hearing) {
    this.hearing = hearing;
  }

  /**
   * Hears a window.
   *
   * @param foa [4][samples], W, Y, Z, X at 24 kHz, checked where they came from
   * @param start the stream's sample that the window begins with
   * @param withCues whether cues are wanted
   */
  public Hearing.Heard hear(float[][] foa, long start, boolean withCues) {
    return hearing.hear(
        foa[Foa.W].length,
        withCues,
        kind -> sliding.computeIfAbsent(kind, SlidingFeatures::new).of(foa, start));
  }
}
