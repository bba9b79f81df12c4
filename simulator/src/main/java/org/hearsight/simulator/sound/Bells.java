package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/**
 * Struck bells: church and hand bells with the classical partials (hum, prime, tierce, quint,
 * nominal and above), bicycle bells and electric gongs in quick strokes.
 */
final class Bells implements SoundGenerator {
  private static final double[] CHURCH = {0.5, 1, 1.2, 1.5, 2, 2.5, 2.67, 3, 4};
  private static final double[] BAR = {1, 2.76, 5.4, 8.93};

  @Override
  public float[] generate(int samples, Draw draw) {
    float[] out = new float[samples];
    int kind = draw.index(3);
    double pitch =
        switch (kind) {
          case 0 -> draw.ratioBetween(180, 900);
          case 1 -> draw.ratioBetween(500, 1800);
          default -> draw.ratioBetween(1400, 3500);
        };
    double ring =
        switch (kind) {
          case 0 -> draw.between(0.4, 1.2);
          case 1 -> draw.between(0.15, 0.6);
          default -> draw.between(0.08, 0.4);
        };
    double[] partials = kind == 0 ? CHURCH : BAR;
    double[] loud = new double[partials.length];
    double[] detune = new double[partials.length];
    for (int p = 0; p < loud.length; p++) {
      loud[p] = draw.between(0.3, 1) / (1 + 0.25 * p);
      detune[p] = draw.between(0.985, 1.015);
    }
    float[] stroke = new float[Synth.samples(Math.min(2.5, 6 * ring))];
    for (int p = 0; p < partials.length; p++) {
      double frequency = pitch * partials[p] * detune[p];
      if (frequency < 10_000) {
        float[] tone = Synth.ping(frequency, ring / Math.sqrt(partials[p]), draw.between(0, 1));
        Synth.add(stroke, tone, 0, loud[p]);
      }
    }
    Synth.add(stroke, Synth.burst(0.002, draw), 0, draw.between(0.1, 0.6));
    double gap =
        switch (kind) {
          case 0 -> draw.between(0.6, 1.8);
          case 1 -> draw.between(0.25, 1.0);
          default -> draw.between(0.05, 0.3);
        };
    for (double t = draw.between(0, 0.3); t * Synth.RATE < samples; ) {
      Synth.add(out, stroke, Synth.samples(t), draw.between(0.6, 1));
      t += gap * draw.between(0.9, 1.1) + (kind != 0 && draw.chance(0.1) ? 0.5 : 0);
    }
    return out;
  }
}
