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

  /** Frequencies a kernel is summed of, in the middle of as many steps up to the Nyquist one. */
  private static final int STEPS = 1024;

  /** [phase][band][tap] */
  private static final float[][][] KERNELS = new float[PHASES][OctaveBands.COUNT][TAPS];

  static {
    double[][] shares = new double[OctaveBands.COUNT][STEPS];
    for (int b = 0; b < OctaveBands.COUNT; b++) {
      for (int s = 0; s < STEPS; s++) {
        shares[b][s] = OctaveBands.share(b, (s + 0.5) / STEPS * Foa.SAMPLE_RATE / 2);
      }
    }
    // Angles of all frequencies at all phases of all taps are multiples of one angle.
    int round = 4 * STEPS * PHASES;
    double[] cosine = new double[round];
    for (int i = 0; i < round; i++) {
      cosine[i] = Math.cos(2 * Math.PI * i / round);
    }
    double[] wave = new double[STEPS];
    for (int p = 0; p < PHASES; p++) {
      for (int k = 0; k < TAPS; k++) {
        int sixteenths = (k - CENTRE) * PHASES - p;
        double at = (double) sixteenths / PHASES;
        double window = Math.max(0, 0.5 + 0.5 * Math.cos(Math.PI * at / CENTRE)) / STEPS;
        for (int s = 0; s < STEPS; s++) {
          wave[s] = cosine[(2 * s + 1) * sixteenths & (round - 1)];
        }
        for (int b = 0; b < OctaveBands.COUNT; b++) {
          KERNELS[p][b][k] = (float) (window * sum(shares[b], wave));
        }
      }
    }
  }

  private static double sum(double[] shares, double[] wave) {
    double sum = 0;
    for (int s = 0; s < STEPS; s++) {
      sum += shares[s] * wave[s];
    }
    return sum;
  }

  private BandKernels() {}

  /** How long a response has to be that holds a path. */
  static int end(SoundPath path) {
    return (int) (SoundSpeed.seconds(path.length()) * Foa.SAMPLE_RATE) + TAPS + 1;
  }

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
