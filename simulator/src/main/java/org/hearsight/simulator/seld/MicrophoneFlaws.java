package org.hearsight.simulator.seld;

import org.hearsight.simulator.draw.Draw;

/**
 * What is wrong with every real ambisonic microphone: gains of the channels off by up to 1 dB, a
 * fraction of a sample between them with some treble lost, and a little of the omnidirectional
 * channel in the others. Mean-free, so that labels stay true on average.
 */
final class MicrophoneFlaws {
  private static final double GAIN = 0.35;
  private static final double MOST_GAIN = 1;
  private static final double DELAY = 0.12;
  private static final double LEAK = 0.012;

  private MicrophoneFlaws() {}

  /** Changes [4][samples] in place. */
  static void apply(float[][] foa, Draw draw) {
    for (int c = 0; c < foa.length; c++) {
      double decibels = Math.max(-MOST_GAIN, Math.min(MOST_GAIN, GAIN * draw.normal()));
      float gain = (float) Math.pow(10, decibels / 20);
      float late = (float) draw.between(0, DELAY);
      float leak = c == 0 ? 0 : (float) (LEAK * draw.normal());
      float before = 0;
      for (int n = 0; n < foa[c].length; n++) {
        float now = foa[c][n];
        foa[c][n] = gain * ((1 - late) * now + late * before);
        before = now;
        if (c > 0) {
          foa[c][n] += leak * foa[0][n];
        }
      }
    }
  }
}
