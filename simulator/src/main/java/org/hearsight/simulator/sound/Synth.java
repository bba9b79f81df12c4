package org.hearsight.simulator.sound;

import java.util.function.DoubleUnaryOperator;
import org.hearsight.simulator.draw.Draw;

/** The elements generated sounds are made of. */
final class Synth {
  static final double RATE = Sound.SAMPLE_RATE;
  private static final double TURN = 2 * Math.PI;
  private static final int TRACK_HOP = 16;

  private Synth() {}

  static float[] white(int n, Draw draw) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) draw.between(-1, 1);
    }
    return x;
  }

  /** Noise falling by 3 dB an octave (Paul Kellet's three-pole fit). */
  static float[] pink(int n, Draw draw) {
    float[] x = new float[n];
    double a = 0;
    double b = 0;
    double c = 0;
    for (int i = 0; i < n; i++) {
      double w = draw.between(-1, 1);
      a = 0.99765 * a + w * 0.0990460;
      b = 0.96300 * b + w * 0.2965164;
      c = 0.57000 * c + w * 1.0526913;
      x[i] = (float) (a + b + c + w * 0.1848);
    }
    return x;
  }

  /** Slowly wandering values in about [−1, 1]. */
  static float[] wander(int n, double perSecond, Draw draw) {
    float[] x = new float[n];
    int hop = Math.max(1, (int) (RATE / perSecond));
    // Every stretch rises or falls alike.
    double[] share = new double[Math.min(n, hop)];
    for (int i = 0; i < share.length; i++) {
      share[i] = 0.5 - 0.5 * Math.cos(Math.PI * i / hop);
    }
    double from = draw.between(-1, 1);
    double to = draw.between(-1, 1);
    for (int start = 0; start < n; start += hop) {
      if (start > 0) {
        from = to;
        to = draw.between(-1, 1);
      }
      for (int i = start; i < Math.min(n, start + hop); i++) {
        x[i] = (float) (from + (to - from) * share[i - start]);
      }
    }
    return x;
  }

  /** A resonance of constant peak gain (RBJ band-pass), in place. */
  static float[] bandPass(float[] x, double frequency, double q) {
    double w = TURN * Math.min(frequency, 0.45 * RATE) / RATE;
    double alpha = Math.sin(w) / (2 * q);
    return biquad(x, alpha, 0, -alpha, 1 + alpha, -2 * Math.cos(w), 1 - alpha);
  }

  /** Second-order low-pass, in place. */
  static float[] lowPass(float[] x, double frequency) {
    double w = TURN * Math.min(frequency, 0.45 * RATE) / RATE;
    double alpha = Math.sin(w) / Math.sqrt(2);
    double c = Math.cos(w);
    return biquad(x, (1 - c) / 2, 1 - c, (1 - c) / 2, 1 + alpha, -2 * c, 1 - alpha);
  }

  /** Second-order high-pass, in place. */
  static float[] highPass(float[] x, double frequency) {
    double w = TURN * Math.min(frequency, 0.45 * RATE) / RATE;
    double alpha = Math.sin(w) / Math.sqrt(2);
    double c = Math.cos(w);
    return biquad(x, (1 + c) / 2, -1 - c, (1 + c) / 2, 1 + alpha, -2 * c, 1 - alpha);
  }

  private static float[] biquad(
      float[] x, double b0, double b1, double b2, double a0, double a1, double a2) {
    double n0 = b0 / a0;
    double n1 = b1 / a0;
    double n2 = b2 / a0;
    double d1 = a1 / a0;
    double d2 = a2 / a0;
    double s1 = 0;
    double s2 = 0;
    for (int i = 0; i < x.length; i++) {
      double in = x[i];
      double out = n0 * in + s1;
      s1 = n1 * in - d1 * out + s2;
      s2 = n2 * in - d2 * out;
      x[i] = (float) out;
    }
    return x;
  }

  /** Phase of an oscillator with the given frequency track, in turns. */
  static double[] phase(double[] frequency) {
    double[] phase = new double[frequency.length];
    double p = 0;
    for (int i = 0; i < phase.length; i++) {
      phase[i] = p;
      p += frequency[i] / RATE;
    }
    return phase;
  }

  /** Sum of harmonics of a frequency track; those above 10 kHz are left out. */
  static float[] harmonics(double[] frequency, double[] amplitudes) {
    return new Wave(amplitudes).played(frequency);
  }

  /** A value between samples (third-order Lagrange interpolation), 1 ≤ place < length − 2. */
  static float between(float[] x, double place) {
    int at = (int) place;
    float f = (float) (place - at);
    return -f * (f - 1) * (f - 2) / 6 * x[at - 1]
        + (f + 1) * (f - 1) * (f - 2) / 2 * x[at]
        - (f + 1) * f * (f - 2) / 2 * x[at + 1]
        + (f + 1) * f * (f - 1) / 6 * x[at + 2];
  }

  /** Scales to a root mean square of one, in place; silence stays silent. */
  static float[] levelled(float[] x) {
    double sum = 0;
    for (float v : x) {
      sum += (double) v * v;
    }
    float gain = sum > 0 ? (float) Math.sqrt(x.length / sum) : 0;
    for (int i = 0; i < x.length; i++) {
      x[i] *= gain;
    }
    return x;
  }

  /** A layer of a mixture: added at a level in decibels over a root mean square of one. */
  static void mix(float[] into, float[] layer, double decibels) {
    add(into, levelled(layer), 0, Math.pow(10, decibels / 20));
  }

  /** What comes back from a pipe's open end, turned round and duller each time, in place. */
  static float[] pipe(float[] x, double metres, double reflected, double dull) {
    int delay = Math.max(1, samples(2 * metres / 343));
    double back = 0;
    for (int i = delay; i < x.length; i++) {
      back += (1 - dull) * (x[i - delay] - back);
      x[i] -= (float) (reflected * back);
    }
    return x;
  }

  /**
   * What changes slowly: a function of seconds, asked 1,500 times a second, straight in between.
   */
  static double[] track(int samples, DoubleUnaryOperator ofSeconds) {
    double[] all = new double[samples];
    double from = ofSeconds.applyAsDouble(0);
    for (int at = 0; at < samples; at += TRACK_HOP) {
      double to = ofSeconds.applyAsDouble((at + TRACK_HOP) / RATE);
      for (int i = at; i < Math.min(samples, at + TRACK_HOP); i++) {
        all[i] = from + (to - from) * (i - at) / TRACK_HOP;
      }
      from = to;
    }
    return all;
  }

  /** Adds {@code gain} times a piece at a place; what does not fit is left out. */
  static void add(float[] into, float[] piece, int at, double gain) {
    for (int i = Math.max(0, -at); i < piece.length && at + i < into.length; i++) {
      into[at + i] += (float) (gain * piece[i]);
    }
  }

  /** An exponentially dying tone. */
  static float[] ping(double frequency, double seconds, double phase) {
    int n = (int) (Math.min(3, 7 * seconds) * RATE);
    float[] x = new float[n];
    double decay = Math.exp(-1 / (seconds * RATE));
    double twice = 2 * decay * Math.cos(TURN * frequency / RATE);
    double now = Math.sin(TURN * phase);
    double next = decay * Math.sin(TURN * (frequency / RATE + phase));
    for (int i = 0; i < n; i++) {
      x[i] = (float) now;
      double after = twice * next - decay * decay * now;
      now = next;
      next = after;
    }
    return x;
  }

  /** Exponentially dying noise. */
  static float[] burst(double seconds, Draw draw) {
    float[] x = white((int) (7 * seconds * RATE), draw);
    double decay = Math.exp(-1 / (seconds * RATE));
    double gain = 1;
    for (int i = 0; i < x.length; i++) {
      x[i] *= (float) gain;
      gain *= decay;
    }
    return x;
  }

  /** Fades both ends, in place. */
  static float[] faded(float[] x, double seconds) {
    int n = Math.min(x.length / 2, (int) (seconds * RATE));
    for (int i = 0; i < n; i++) {
      float s = (float) (0.5 - 0.5 * Math.cos(Math.PI * i / n));
      x[i] *= s;
      x[x.length - 1 - i] *= s;
    }
    return x;
  }

  static int samples(double seconds) {
    return (int) (seconds * RATE);
  }
}
