package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/** Knocking on doors and tables: groups of two to six equal blows on wood, glass or metal. */
final class Knocks implements SoundGenerator {
  @Override
  public float[] generate(int samples, Draw draw) {
    float[] out = new float[samples];
    double body = draw.ratioBetween(90, 420);
    double ring = draw.between(0.006, 0.03);
    double hard = draw.between(0.2, 1.2);
    int modes = 3 + draw.index(4);
    double[] ratio = new double[modes];
    for (int m = 0; m < modes; m++) {
      ratio[m] = m == 0 ? 1 : draw.ratioBetween(1.3, 9);
    }
    double gap = draw.between(0.11, 0.35);
    double t = draw.between(0, 0.3);
    while (t * Synth.RATE < samples) {
      int blows = 2 + draw.index(5);
      for (int k = 0; k < blows; k++) {
        double gain = draw.between(0.6, 1);
        int at = Synth.samples(t);
        for (int m = 0; m < modes; m++) {
          float[] mode = Synth.ping(body * ratio[m], ring / Math.sqrt(ratio[m]), 0.1 * m);
          Synth.add(out, mode, at, gain / (1 + m));
        }
        Synth.add(out, Synth.burst(0.002, draw), at, hard * gain);
        t += gap * draw.between(0.9, 1.1);
      }
      t += draw.between(0.25, 1.2);
    }
    return out;
  }
}
