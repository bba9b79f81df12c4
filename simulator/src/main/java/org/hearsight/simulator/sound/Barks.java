package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/** Barking dogs: rough falling harmonics with breath, in groups. */
final class Barks implements SoundGenerator {
  @Override
  public float[] generate(int samples, Draw draw) {
    float[] out = new float[samples];
    double pitch = draw.ratioBetween(220, 900);
    double length = draw.between(0.09, 0.24);
    double t = draw.between(0, 0.5);
    while (t * Synth.RATE < samples) {
      int group = 1 + draw.index(4);
      for (int i = 0; i < group; i++) {
        float[] bark =
            bark(pitch * draw.between(0.93, 1.07), length * draw.between(0.9, 1.1), draw);
        Synth.add(out, bark, Synth.samples(t), draw.between(0.7, 1));
        t += length + draw.between(0.1, 0.3);
      }
      t += draw.between(0.2, 1.0);
    }
    return out;
  }

  private static float[] bark(double pitch, double seconds, Draw draw) {
    int n = Synth.samples(seconds);
    double[] frequency = new double[n];
    for (int i = 0; i < n; i++) {
      double s = (double) i / n;
      frequency[i] = pitch * (0.75 + 0.5 * Math.sin(Math.PI * Math.min(1, s * 1.3)));
    }
    double[] amplitudes = new double[10];
    for (int h = 0; h < amplitudes.length; h++) {
      amplitudes[h] = draw.between(0.3, 1) / (1 + 0.3 * h);
    }
    float[] x = Synth.harmonics(frequency, amplitudes);
    Synth.add(x, Synth.white(n, draw), 0, 0.8);
    Synth.bandPass(x, pitch * draw.between(1.8, 3), 0.8);
    for (int i = 0; i < n; i++) {
      double s = (double) i / n;
      x[i] *= (float) (Math.min(1, s / 0.08) * Math.exp(-2.5 * s));
    }
    return Synth.faded(x, 0.005);
  }
}
