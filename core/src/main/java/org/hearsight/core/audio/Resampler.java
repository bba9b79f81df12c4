package org.hearsight.core.audio;

/**
 * A change of sample rate by a rational factor L/M, without delay: output m lies at input time
 * m·M/L, and n samples become ⌈n·L/M⌉.
 *
 * <p>A polyphase windowed-sinc filter with a Kaiser window (Crochiere and Rabiner, <i>Multirate
 * Digital Signal Processing</i>, 1983). Per unit of the lower Nyquist frequency the pass band ends
 * at 0.9 and the stop band begins at 1; Kaiser's formulas for that width and 90 dB give β = 8.96
 * and about 57 zero crossings a side. Beyond both ends the sound is taken as silent. Immutable; for
 * many threads.
 */
public final class Resampler {
  private static final int HALF_WIDTH = 60; // periods of the lower rate, on each side
  private static final double CUTOFF = 0.95; // of the lower Nyquist frequency
  private static final double BETA = 8.96;

  /** Linear interpolation between this many points a period errs by less than −130 dB. */
  private static final int POINTS = 2048;

  private static final double[] KERNEL = kernel();

  /** Rates without a useful common divisor have a row per output; beyond this none is kept. */
  private static final long MAX_KEPT = 2_000_000;

  private final int from;
  private final int to;
  private final int up;
  private final int down;
  private final double scale;
  private final int reach;
  private final float[][] rows;

  /**
   * @param from rate of the input in Hz
   * @param to rate of the output in Hz
   */
  public Resampler(int from, int to) {
    if (from < 1 || to < 1) {
      throw new IllegalArgumentException("cannot resample from " + from + " Hz to " + to + " Hz");
    }
    this.from = from;
    this.to = to;
    int divisor = gcd(from, to);
    up = to / divisor;
    down = from / divisor;
    scale = Math.min(1, (double) to / from);
    reach = (int) Math.ceil(HALF_WIDTH / scale);
    boolean kept = (long) up * taps() <= MAX_KEPT;
    rows = kept ? new float[up][] : null;
    for (int phase = 0; kept && phase < up; phase++) {
      rows[phase] = row(phase, new float[taps()]);
    }
  }

  /** Samples that come out for {@code samples} that go in: ⌈samples·L/M⌉. */
  public int length(int samples) {
    return Math.toIntExact(length(from, to, samples));
  }

  /** As {@link #length(int)}, for more samples than an array holds. */
  static long length(int from, int to, long samples) {
    return (Math.multiplyExact(samples, (long) to) + from - 1) / from;
  }

  /**
   * The first sample needed of a recording: resampled from there on, it ends with the same samples
   * as the whole, from {@code output} of the whole on.
   */
  long firstFor(long output) {
    long needed = output / up * down - reach;
    return needed <= 0 ? 0 : needed / down * down;
  }

  /** All channels at the new rate. */
  public Audio resample(Audio audio) {
    if (audio.sampleRate() != from) {
      throw new IllegalArgumentException(audio.sampleRate() + " Hz given, " + from + " expected");
    }
    float[][] in = audio.channels();
    float[][] out = new float[in.length][];
    for (int c = 0; c < in.length; c++) {
      out[c] = resample(in[c]);
    }
    return new Audio(to, out);
  }

  /** One channel at the new rate; a new array. */
  public float[] resample(float[] in) {
    if (up == down) {
      return in.clone();
    }
    float[] out = new float[length(in.length)];
    resample(in, 0, 0, out);
    return out;
  }

  /**
   * A part of a longer recording at the new rate.
   *
   * @param in of the recording, from its sample {@code begin} on
   * @param from the first output wanted
   * @param out takes as many outputs as fit
   */
  void resample(float[] in, long begin, long from, float[] out) {
    float[] scratch = rows == null ? new float[taps()] : null;
    for (int m = 0; m < out.length; m++) {
      int phase = (int) ((from + m) * down % up);
      float[] row = rows == null ? row(phase, scratch) : rows[phase];
      out[m] = dot(in, (int) (first(from + m) - begin), row);
    }
  }

  /** The first input that an output is made of; before the recording there is silence. */
  long first(long output) {
    return output * down / up - reach + 1;
  }

  /** Inputs that an output is made of. */
  int taps() {
    return 2 * reach;
  }

  /** Coefficients for an output that lies {@code phase/up} of a sample after input 0. */
  private float[] row(int phase, float[] row) {
    double fraction = (double) phase / up;
    double sum = 0;
    for (int j = 0; j < row.length; j++) {
      row[j] = (float) at((j - reach + 1 - fraction) * scale);
      sum += row[j];
    }
    // Exactly one at 0 Hz in every phase, or a constant would come out with a ripple.
    float gain = (float) (1 / sum);
    for (int j = 0; j < row.length; j++) {
      row[j] *= gain;
    }
    return row;
  }

  private static float dot(float[] in, int first, float[] row) {
    int begin = Math.max(0, -first);
    int end = Math.min(row.length, in.length - first);
    // Four sums, so that an addition need not wait for the one before.
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int j = begin;
    for (; j + 3 < end; j += 4) {
      a += row[j] * in[first + j];
      b += row[j + 1] * in[first + j + 1];
      c += row[j + 2] * in[first + j + 2];
      d += row[j + 3] * in[first + j + 3];
    }
    for (; j < end; j++) {
      a += row[j] * in[first + j];
    }
    return (float) (a + b + (c + d));
  }

  /** The kernel at {@code t} periods of the lower rate. */
  private static double at(double t) {
    double p = Math.abs(t) * POINTS;
    int i = (int) p;
    return i >= KERNEL.length - 1 ? 0 : KERNEL[i] + (p - i) * (KERNEL[i + 1] - KERNEL[i]);
  }

  private static double[] kernel() {
    double[] h = new double[HALF_WIDTH * POINTS + 1];
    h[0] = CUTOFF;
    for (int i = 1; i < h.length; i++) {
      double t = (double) i / POINTS;
      double edge = t / HALF_WIDTH;
      double window = bessel(BETA * Math.sqrt(1 - edge * edge)) / bessel(BETA);
      h[i] = Math.sin(Math.PI * CUTOFF * t) / (Math.PI * t) * window;
    }
    return h;
  }

  /** The modified Bessel function of the first kind and order zero, by its power series. */
  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > 1e-17 * sum; k++) {
      term *= x * x / (4.0 * k * k);
      sum += term;
    }
    return sum;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
