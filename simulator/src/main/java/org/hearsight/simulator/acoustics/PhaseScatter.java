package org.hearsight.simulator.acoustics;

import java.util.random.RandomGenerator;
import org.hearsight.core.audio.Fourier;
import org.jtransforms.fft.FloatFFT_1D;

/**
 * Versions of one sound that have nothing to do with each other: overlapping frames of 85 ms keep
 * the magnitudes of their spectra and get phases drawn at random, anew for every frame and version.
 *
 * <p>Shifts of a sound are alike where it repeats itself, as every tone and hum does; phases that
 * change from frame to frame leave nothing that could be alike, whatever the sound. Gusts and
 * passing cars keep their course in time, clicks shorter than a frame are smeared over it.
 */
final class PhaseScatter {
  private static final int FRAME = 2048;
  private static final int HOP = FRAME / 2;

  /** So many phases are drawn from; a power of two of which a long holds eight. */
  private static final int PHASES = 256;

  private static final float[] COSINE = new float[PHASES];
  private static final float[] SINE = new float[PHASES];

  /** Its square and that of the next frame sum to one. */
  private static final float[] WINDOW = new float[FRAME];

  static {
    for (int p = 0; p < PHASES; p++) {
      COSINE[p] = (float) Math.cos(2 * Math.PI * p / PHASES);
      SINE[p] = (float) Math.sin(2 * Math.PI * p / PHASES);
    }
    for (int i = 0; i < FRAME; i++) {
      WINDOW[i] = (float) Math.sin(Math.PI * (i + 0.5) / FRAME);
    }
  }

  private PhaseScatter() {}

  /**
   * Versions of the beginning of a sound; it is mirrored at its ends, so that they do not fade.
   *
   * @param samples length of the versions
   * @return [count][samples]; levels are about that of the sound, not exactly
   */
  static float[][] versions(float[] sound, int count, int samples, RandomGenerator r) {
    float[][] versions = new float[count][samples];
    FloatFFT_1D fft = Fourier.ofFloats(FRAME);
    float[] spectrum = new float[FRAME];
    float[] turned = new float[FRAME];
    for (int from = -HOP; from < samples; from += HOP) {
      for (int i = 0; i < FRAME; i++) {
        spectrum[i] = WINDOW[i] * sound[mirrored(from + i, sound.length)];
      }
      fft.realForward(spectrum);
      int first = Math.max(0, -from);
      int last = Math.min(FRAME, samples - from);
      for (float[] version : versions) {
        turn(spectrum, turned, r);
        fft.realInverse(turned, true);
        for (int i = first; i < last; i++) {
          version[from + i] += WINDOW[i] * turned[i];
        }
      }
    }
    return versions;
  }

  /** The spectrum with other phases, in JTransforms' packing. */
  private static void turn(float[] spectrum, float[] turned, RandomGenerator r) {
    long bits = r.nextLong();
    turned[0] = (bits & 1) == 0 ? spectrum[0] : -spectrum[0];
    turned[1] = (bits & 2) == 0 ? spectrum[1] : -spectrum[1];
    bits = 0;
    for (int k = 1; k < HOP; k++) {
      // Eight phases of eight bits each.
      bits = (k & 7) == 1 ? r.nextLong() : bits >>> 8;
      int phase = (int) bits & (PHASES - 1);
      float re = spectrum[2 * k];
      float im = spectrum[2 * k + 1];
      turned[2 * k] = re * COSINE[phase] - im * SINE[phase];
      turned[2 * k + 1] = re * SINE[phase] + im * COSINE[phase];
    }
  }

  private static int mirrored(int at, int length) {
    if (at >= 0 && at < length) {
      return at;
    }
    int period = Math.max(1, 2 * (length - 1));
    int folded = Math.floorMod(at, period);
    return folded < length ? folded : period - folded;
  }
}
