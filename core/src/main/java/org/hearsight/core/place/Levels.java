package org.hearsight.core.place;

import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.MelFilterbank;

/**
 * How loud the clip is in {@value #BANDS} mel bands of W, log10 of power: mean over its frames,
 * standard deviation, and the band's loudest tenth (half a second of a clip of five).
 *
 * <p>The same for every direction, and after any turn or mirror: what is far is quiet and dull, and
 * what is hidden is dull.
 */
final class Levels {
  static final int BANDS = 40;

  /** Numbers of a clip. */
  static final int WIDTH = 3 * BANDS;

  private static final int PARTS = 10;
  private static final double LOW_HZ = 40;
  private static final double HIGH_HZ = 11_500;
  private static final double SILENCE = 1e-9;
  private static final MelFilterbank FILTERS =
      new MelFilterbank(Foa.SAMPLE_RATE, FrameProducts.SIZE, BANDS, LOW_HZ, HIGH_HZ);

  private final int frames;
  private final double[] sum = new double[BANDS];
  private final double[] squares = new double[BANDS];
  private final double[][] parts = new double[PARTS][BANDS];
  private final int[] counts = new int[PARTS];

  /**
   * @param frames of the clip
   */
  Levels(int frames) {
    this.frames = frames;
  }

  /** A frame's levels, [bands]. */
  static double[] of(FrameProducts p) {
    double[] levels = new double[BANDS];
    FILTERS.apply(p.ww, levels);
    for (int b = 0; b < BANDS; b++) {
      levels[b] = Math.log10(levels[b] + SILENCE);
    }
    return levels;
  }

  /** Takes the next frame's levels. */
  void add(int frame, double[] levels) {
    int part = (int) ((long) frame * PARTS / frames);
    counts[part]++;
    for (int b = 0; b < BANDS; b++) {
      double level = levels[b];
      sum[b] += level;
      squares[b] += level * level;
      parts[part][b] += level;
    }
  }

  /** Writes {@value #WIDTH} numbers: means, deviations, loudest tenths. */
  void write(float[] into, int at) {
    for (int b = 0; b < BANDS; b++) {
      double mean = sum[b] / frames;
      double loudest = mean;
      for (int part = 0; part < PARTS; part++) {
        // A clip of a second has 49 frames: none of its tenths is empty.
        loudest = Math.max(loudest, parts[part][b] / counts[part]);
      }
      into[at + b] = (float) mean;
      into[at + BANDS + b] = (float) Math.sqrt(Math.max(0, squares[b] / frames - mean * mean));
      into[at + 2 * BANDS + b] = (float) loudest;
    }
  }
}
