package org.hearsight.core.audio;

import java.util.SplittableRandom;
import org.hearsight.core.geometry.Direction;

/** Signals for tests. */
final class Sounds {
  private Sounds() {}

  static float[] sine(double hertz, int rate, int samples, double amplitude) {
    float[] s = new float[samples];
    for (int i = 0; i < samples; i++) {
      s[i] = (float) (amplitude * Math.sin(2 * Math.PI * hertz * i / rate));
    }
    return s;
  }

  static float[] noise(long seed, int samples, double amplitude) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] s = new float[samples];
    for (int i = 0; i < samples; i++) {
      s[i] = (float) (amplitude * (2 * random.nextDouble() - 1));
    }
    return s;
  }

  static float[][] planeWave(float[] mono, Direction direction) {
    float[] gains = FoaEncoder.gains(direction);
    float[][] foa = new float[gains.length][mono.length];
    for (int c = 0; c < gains.length; c++) {
      for (int i = 0; i < mono.length; i++) {
        foa[c][i] = gains[c] * mono[i];
      }
    }
    return foa;
  }
}
