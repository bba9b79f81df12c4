package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/** Emergency signals: wail, yelp, two-tone and a steady alarm. */
final class Sirens implements SoundGenerator {
  @Override
  public float[] generate(int samples, Draw draw) {
    double low = draw.between(400, 700);
    double high = low * draw.between(1.8, 2.4);
    int kind = draw.index(4);
    double period =
        switch (kind) {
          case 0 -> draw.between(3, 6);
          case 1 -> draw.between(0.25, 0.45);
          case 2 -> draw.between(0.9, 1.4);
          default -> draw.between(0.4, 1.0);
        };
    double start = draw.between(0, 1);
    double third = low * draw.between(1.25, 1.5);
    double[] frequency = new double[samples];
    for (int i = 0; i < samples; i++) {
      double turn = i / (period * Synth.RATE) + start;
      double at = turn - Math.floor(turn);
      frequency[i] =
          switch (kind) {
            case 0 -> low + (high - low) * (at < 0.45 ? at / 0.45 : (1 - at) / 0.55);
            case 1 -> low + (high - low) * (at < 0.5 ? 2 * at : 2 - 2 * at);
            case 2 -> at < 0.5 ? low : third;
            default -> high + 60 * Math.sin(2 * Math.PI * at);
          };
    }
    double dull = draw.between(0.4, 0.75);
    double[] amplitudes = new double[8];
    for (int h = 0; h < amplitudes.length; h++) {
      amplitudes[h] = Math.pow(dull, h) * (h % 2 == 1 ? draw.between(0.3, 1) : 1);
    }
    float[] x = Synth.harmonics(frequency, amplitudes);
    if (kind == 3) {
      for (int i = 0; i < samples; i++) {
        double turn = i / (period * Synth.RATE) + start;
        x[i] *= turn - Math.floor(turn) < 0.55 ? 1 : 0.02f;
      }
      Synth.lowPass(x, 6000);
    }
    return x;
  }
}
