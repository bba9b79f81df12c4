package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/** Birds: chirps and whistles bending up or down, trills, and the harsh calls of crows. */
final class Birds implements SoundGenerator {
  @Override
  public float[] generate(int samples, Draw draw) {
    float[] out = new float[samples];
    boolean crow = draw.chance(0.2);
    double base = crow ? draw.between(500, 900) : draw.ratioBetween(1800, 5500);
    double t = draw.between(0, 0.4);
    while (t * Synth.RATE < samples) {
      boolean trill = !crow && draw.chance(0.35);
      int notes = crow ? 1 + draw.index(4) : trill ? 6 + draw.index(14) : 1 + draw.index(5);
      double length =
          crow
              ? draw.between(0.2, 0.4)
              : trill ? draw.between(0.02, 0.06) : draw.between(0.05, 0.3);
      double bend = draw.between(-0.35, 0.35);
      double start = base * draw.between(0.8, 1.25);
      for (int k = 0; k < notes; k++) {
        float[] note = note(start * draw.between(0.97, 1.03), bend, length, crow, draw);
        Synth.add(out, note, Synth.samples(t), draw.between(0.6, 1));
        t += length * (crow ? draw.between(1.3, 1.8) : draw.between(1.1, 1.6));
      }
      t += draw.between(0.1, 0.9);
    }
    return out;
  }

  private static float[] note(double start, double bend, double seconds, boolean crow, Draw draw) {
    int n = Synth.samples(seconds);
    double[] frequency = new double[n];
    float[] rough = Synth.wander(n, crow ? 150 : 20, draw);
    for (int i = 0; i < n; i++) {
      double s = (double) i / n;
      double arch = crow ? Math.sin(Math.PI * s) * 0.15 : bend * s;
      frequency[i] = start * (1 + arch + (crow ? 0.08 : 0.01) * rough[i]);
    }
    double[] amplitudes =
        crow ? new double[] {0.5, 1, 0.9, 0.7, 0.5, 0.3} : new double[] {1, 0.12, 0.04};
    float[] tone = Synth.harmonics(frequency, amplitudes);
    if (crow) {
      Synth.add(tone, Synth.bandPass(Synth.white(n, draw), 1600, 1), 0, 0.8);
    }
    return Synth.faded(tone, seconds / 3);
  }
}
