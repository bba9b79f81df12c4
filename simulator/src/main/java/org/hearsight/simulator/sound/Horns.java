package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/** Vehicle horns: one to three reeds blown in short or long bursts. */
final class Horns implements SoundGenerator {
  @Override
  public float[] generate(int samples, Draw draw) {
    double[] ratios =
        draw.of(
            new double[] {1},
            new double[] {1, 1.25},
            new double[] {1, 1.19},
            new double[] {1, 1.26, 1.5});
    double base = draw.between(220, 480);
    float[] chord = new float[samples];
    for (double ratio : ratios) {
      double[] frequency = new double[samples];
      float[] drift = Synth.wander(samples, 3, draw);
      for (int i = 0; i < samples; i++) {
        frequency[i] = base * ratio * (1 + 0.002 * drift[i]);
      }
      double[] amplitudes = new double[14];
      for (int h = 0; h < amplitudes.length; h++) {
        amplitudes[h] = draw.between(0.5, 1) * Math.pow(0.85, h);
      }
      Synth.add(chord, Synth.harmonics(frequency, amplitudes), 0, 1);
    }
    Synth.bandPass(chord, draw.between(1200, 2600), 0.5);
    float[] out = new float[samples];
    int at = -Synth.samples(draw.between(0, 0.6));
    while (at < samples) {
      int length =
          Synth.samples(draw.chance(0.5) ? draw.between(0.15, 0.4) : draw.between(0.6, 1.8));
      for (int i = Math.max(0, at); i < Math.min(samples, at + length); i++) {
        double edge = Math.min(i - at, at + length - i) / (0.015 * Synth.RATE);
        out[i] = (float) (chord[i] * Math.min(1, edge));
      }
      at += length + Synth.samples(draw.between(0.12, 0.9));
    }
    return out;
  }
}
