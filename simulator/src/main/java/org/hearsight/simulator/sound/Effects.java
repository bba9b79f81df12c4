package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/**
 * What loudspeakers, streets and microphones do to a sound before anyone hears it. All of it but
 * {@link #warped} changes a signal in place and returns it.
 */
final class Effects {
  private Effects() {}

  /** The root mean square of a signal. */
  static double level(float[] x) {
    double sum = 0;
    for (float v : x) {
      sum += (double) v * v;
    }
    return Math.sqrt(sum / Math.max(1, x.length));
  }

  /** The largest value of a signal, whatever its sign. */
  static double peak(float[] x) {
    double peak = 0;
    for (float v : x) {
      peak = Math.max(peak, Math.abs(v));
    }
    return peak;
  }

  /** Multiplies a signal by an envelope of its length. */
  static float[] shaped(float[] x, double[] envelope) {
    for (int i = 0; i < x.length; i++) {
      x[i] *= (float) envelope[i];
    }
    return x;
  }

  /** An amplifier driven towards its limit: a hyperbolic tangent (its Padé approximant). */
  static float[] softClipped(float[] x, double limit) {
    for (int i = 0; i < x.length; i++) {
      double v = Math.max(-3, Math.min(3, x[i] / Math.max(limit, 1e-9)));
      x[i] = (float) (limit * v * (27 + v * v) / (27 + 9 * v * v));
    }
    return x;
  }

  /** A converter or an amplifier at its end. */
  static float[] hardClipped(float[] x, double limit) {
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.max(-limit, Math.min(limit, x[i]));
    }
    return x;
  }

  /** A few separate echoes, each weaker and duller than the sound: house fronts across a street. */
  static float[] echoed(float[] x, double strength, Draw draw) {
    float[] dull = Synth.lowPass(x.clone(), draw.ratioBetween(1200, 5000));
    int count = 1 + draw.index(4);
    for (int e = 0; e < count; e++) {
      double delay = draw.ratioBetween(0.015, 0.5);
      double gain = strength * draw.between(0.15, 1) / (1 + 3 * delay);
      Synth.add(x, dull, Synth.samples(delay), draw.chance(0.5) ? gain : -gain);
    }
    return x;
  }

  /** Echoes in so many of all sounds, of a strength from 0.1 up to {@code most}. */
  static void maybeEchoed(float[] x, double chance, double most, Draw draw) {
    if (draw.chance(chance)) {
      echoed(x, draw.between(0.1, most), draw);
    }
  }

  /** A low-pass on so many of all sounds, at a frequency between two in Hz. */
  static void maybeDulled(float[] x, double chance, double low, double high, Draw draw) {
    if (draw.chance(chance)) {
      Synth.lowPass(x, draw.ratioBetween(low, high));
    }
  }

  /** Soft clipping of so many of all sounds, at a limit between two shares of their level. */
  static void maybeClipped(float[] x, double chance, double low, double high, Draw draw) {
    if (draw.chance(chance)) {
      softClipped(x, draw.ratioBetween(low, high) * level(x));
    }
  }

  /** A loudspeaker or horn: a band with a few resonances and dips in it. */
  static float[] loudspeaker(float[] x, double low, double high, Draw draw) {
    Synth.lowPass(Synth.highPass(x, low), high);
    int count = 1 + draw.index(3);
    for (int r = 0; r < count; r++) {
      double peak = draw.between(-0.6, 2);
      float[] band =
          Synth.bandPass(
              x.clone(), draw.ratioBetween(1.2 * low, 0.8 * high), draw.ratioBetween(1, 6));
      Synth.add(x, band, 0, peak);
    }
    return x;
  }

  /**
   * A signal read at changing speed.
   *
   * @param speed per sample of the result, 1 as it is; what lies beyond the signal's end is silent
   */
  static float[] warped(float[] x, double[] speed) {
    float[] out = new float[speed.length];
    double place = 1;
    for (int i = 0; i < out.length && place < x.length - 2; i++) {
      out[i] = Synth.between(x, place);
      place += speed[i];
    }
    return out;
  }

  /**
   * How fast a sound is heard from a source that passes by in a straight line (Doppler).
   *
   * @param mach its speed as a share of that of sound
   * @param moment of the passage in seconds, possibly outside of the signal
   * @param width seconds it takes for its distance at the passage
   */
  static double[] passage(int samples, double mach, double moment, double width) {
    return Synth.track(
        samples,
        t -> {
          double along = (t - moment) / width;
          return 1 - mach * along / Math.sqrt(1 + along * along);
        });
  }
}
