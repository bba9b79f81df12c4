package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/** Alarms in buildings: smoke detectors, reversing beeps, sweeping sounders, ringing telephones. */
final class Alarms implements SoundGenerator {
  /**
   * Alarms that cannot be taken for sirens. A sweeping sounder can: indoors, a siren is an alarm on
   * a stand.
   */
  static final SoundGenerator NO_SIRENS = (samples, draw) -> alarm(draw.of(0, 1, 3), samples, draw);

  @Override
  public float[] generate(int samples, Draw draw) {
    return alarm(draw.index(4), samples, draw);
  }

  private static float[] alarm(int kind, int samples, Draw draw) {
    return switch (kind) {
      case 0 -> beeps(samples, draw.ratioBetween(2400, 3800), 3, draw);
      case 1 -> beeps(samples, draw.ratioBetween(800, 2000), 1, draw);
      case 2 -> sweep(samples, draw);
      default -> ring(samples, draw);
    };
  }

  /** Groups of equal beeps; three of half a second are what smoke detectors do. */
  private static float[] beeps(int samples, double pitch, int group, Draw draw) {
    double on = group == 3 ? draw.between(0.3, 0.55) : draw.between(0.08, 0.6);
    double off = on * draw.between(0.6, 1.3);
    double pause = group == 1 ? 0 : draw.between(0.4, 1.5);
    double dull = draw.between(0.1, 0.5);
    double period = group * (on + off) + pause;
    double start = draw.between(0, period);
    float[] out = Synth.harmonics(constant(samples, pitch), new double[] {1, dull, dull / 2});
    for (int i = 0; i < samples; i++) {
      double at = (i / Synth.RATE + start) % period;
      double inBeep = at % (on + off);
      boolean sounds = at < group * (on + off) && inBeep < on;
      out[i] *= (float) (sounds ? Math.min(1, Math.min(inBeep, on - inBeep) / 0.004) : 0);
    }
    return out;
  }

  private static float[] sweep(int samples, Draw draw) {
    double low = draw.between(500, 1200);
    double high = low * draw.between(1.4, 2.6);
    double period = draw.between(0.1, 1.0);
    boolean falling = draw.chance(0.3);
    double[] frequency = new double[samples];
    for (int i = 0; i < samples; i++) {
      double at = (i / Synth.RATE / period) % 1;
      frequency[i] = low + (high - low) * (falling ? 1 - at : at);
    }
    double odd = draw.between(0.15, 0.5);
    return Synth.harmonics(frequency, new double[] {1, odd / 3, odd, odd / 4, odd / 2});
  }

  /** A warble of two tones, in bursts. */
  private static float[] ring(int samples, Draw draw) {
    double low = draw.between(700, 1600);
    double high = low * draw.between(1.1, 1.5);
    double warble = draw.between(8, 26);
    double on = draw.between(0.4, 1.4);
    double off = on * draw.between(0.4, 1.5);
    double start = draw.between(0, on + off);
    double[] frequency = new double[samples];
    for (int i = 0; i < samples; i++) {
      frequency[i] = (i * warble / Synth.RATE) % 1 < 0.5 ? low : high;
    }
    float[] out = Synth.harmonics(frequency, new double[] {1, 0.3, 0.3, 0.1});
    for (int i = 0; i < samples; i++) {
      out[i] *= (i / Synth.RATE + start) % (on + off) < on ? 1 : 0;
    }
    return out;
  }

  private static double[] constant(int samples, double value) {
    double[] all = new double[samples];
    java.util.Arrays.fill(all, value);
    return all;
  }
}
