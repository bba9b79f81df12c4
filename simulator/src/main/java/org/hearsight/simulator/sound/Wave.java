package org.hearsight.simulator.sound;

import java.util.function.DoubleUnaryOperator;

/**
 * One period of a tone, read from tables: as quick with thirty harmonics as with one, and without
 * aliases. There is a table for each number of harmonics, so a gliding tone loses its upper ones
 * one by one. Immutable.
 */
final class Wave {
  /** Harmonics above this frequency are left out, Hz. */
  private static final double HIGHEST = 10_000;

  private static final int SIZE = 2048;
  private static final float[] SINE = new float[SIZE];

  static {
    for (int i = 0; i < SIZE; i++) {
      SINE[i] = (float) Math.sin(2 * Math.PI * i / SIZE);
    }
  }

  /** By the number of harmonics; the first value stands at the end again. */
  private final float[][] tables;

  /** Harmonics of these amplitudes, all of them sines. */
  Wave(double[] amplitudes) {
    this(amplitudes, new double[amplitudes.length]);
  }

  /** The sum of the harmonics' sines and cosines. */
  Wave(double[] sines, double[] cosines) {
    tables = new float[sines.length + 1][SIZE + 1];
    for (int h = 1; h < tables.length; h++) {
      float sine = (float) sines[h - 1];
      float cosine = (float) cosines[h - 1];
      for (int i = 0; i < SIZE; i++) {
        int at = h * i % SIZE;
        tables[h][i] = tables[h - 1][i] + sine * SINE[at] + cosine * SINE[(at + SIZE / 4) % SIZE];
      }
      tables[h][SIZE] = tables[h][0];
    }
  }

  /**
   * A drawn period.
   *
   * @param shape of the phase in turns, 0 to 1
   * @param harmonics that are kept
   */
  static Wave shaped(DoubleUnaryOperator shape, int harmonics) {
    float[] drawn = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      drawn[i] = (float) shape.applyAsDouble((double) i / SIZE);
    }
    double[] sines = new double[harmonics];
    double[] cosines = new double[harmonics];
    for (int h = 1; h <= harmonics; h++) {
      for (int i = 0; i < SIZE; i++) {
        int at = h * i % SIZE;
        sines[h - 1] += 2.0 / SIZE * drawn[i] * SINE[at];
        cosines[h - 1] += 2.0 / SIZE * drawn[i] * SINE[(at + SIZE / 4) % SIZE];
      }
    }
    return new Wave(sines, cosines);
  }

  /** The tone of a frequency track, Hz. */
  float[] played(double[] frequency) {
    float[] x = new float[frequency.length];
    double phase = 0;
    for (int i = 0; i < x.length; i++) {
      // The greatest number of harmonics that all stay below the limit.
      double room = Math.ceil(HIGHEST / Math.max(1, frequency[i])) - 1;
      float[] table = tables[(int) Math.min(tables.length - 1, room)];
      double place = phase * SIZE;
      int at = (int) place;
      x[i] = table[at] + (float) (place - at) * (table[at + 1] - table[at]);
      phase += frequency[i] / Synth.RATE;
      phase -= Math.floor(phase);
    }
    return x;
  }
}
