package org.hearsight.simulator.acoustics;

import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaEncoder;

/**
 * Short impulse responses of the octave bands at fractions of a sample: a path with its band gains
 * becomes {@value #TAPS} taps without a Fourier transform.
 *
 * <p>The bands sum to a delayed impulse (windowed sinc). Each kernel is centred on tap {@value
 * #CENTRE}, so a response built of them begins that many samples before time zero.
 */
final class BandKernels {
  static final int TAPS = 192;
  static final int CENTRE = TAPS / 2;
  private static final int PHASES = 16;
  private static final int STEPS = 1024;
  private static final float[][][] KERNELS = new float[PHASES][OctaveBands.COUNT][TAPS];

  static {
    for (int p = 0; p < PHASES; p++) {
      for (int k = 0; k < TAPS; k++) {
        double at = k - CENTRE - (double) p / PHASES;
        double window = Math.max(0, 0.5 + 0.5 * Math.cos(Math.PI * at / CENTRE));
        for (int s = 0; s < STEPS; s++) {
          double frequency = (s + 0.5) / STEPS * Foa.SAMPLE_RATE / 2;
          double value = window * Math.cos(2 * Math.PI * frequency / Foa.SAMPLE_RATE * at) / STEPS;
          for (int b = 0; b < OctaveBands.COUNT; b++) {
            KERNELS[p][b][k] += (float) (value * OctaveBands.share(b, frequency));
          }
        }
      }
    }
  }

  private BandKernels() {}

  /**
   * Adds a path to a response.
   *
   * @param response [4][samples], W, Y, Z, X; tap {@value #CENTRE} is time zero
   */
  static void add(SoundPath path, float[][] response) {
    double delay = SoundSpeed.seconds(path.length()) * Foa.SAMPLE_RATE;
    int at = (int) Math.floor(delay);
    int phase = (int) Math.round((delay - at) * PHASES);
    if (phase == PHASES) {
      phase = 0;
      at++;
    }
    float[] taps = new float[TAPS];
    for (int b = 0; b < OctaveBands.COUNT; b++) {
      float gain = (float) path.gains()[b];
      float[] kernel = KERNELS[phase][b];
      for (int k = 0; k < TAPS; k++) {
        taps[k] += gain * kernel[k];
      }
    }
    float[] foa = FoaEncoder.gains(path.direction());
    int end = Math.min(TAPS, response[0].length - at);
    for (int c = 0; c < response.length; c++) {
      for (int k = 0; k < end; k++) {
        response[c][at + k] += foa[c] * taps[k];
      }
    }
  }
}
