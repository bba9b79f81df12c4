package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/** Falling and breaking things: metal, wood, glass, stone; a blow and what rolls after it. */
final class Impacts implements SoundGenerator {
  @Override
  public float[] generate(int samples, Draw draw) {
    float[] out = new float[samples];
    int kind = draw.index(4);
    double t = draw.between(0.05, 0.6);
    while (t * Synth.RATE < samples) {
      Synth.add(out, blow(kind, draw), Synth.samples(t), draw.between(0.5, 1));
      double after = draw.between(0.08, 0.25);
      double gain = 0.5;
      for (int bounce = draw.index(5); bounce > 0; bounce--) {
        Synth.add(out, blow(kind, draw), Synth.samples(t + after), gain);
        after += draw.between(0.05, 0.2);
        gain *= draw.between(0.4, 0.8);
      }
      t += after + draw.between(0.3, 1.8);
    }
    return out;
  }

  private static float[] blow(int kind, Draw draw) {
    double[] span = new double[][] {{300, 5000}, {120, 900}, {2500, 9000}, {80, 500}}[kind];
    double[] ring = new double[][] {{0.1, 0.5}, {0.01, 0.04}, {0.02, 0.12}, {0.01, 0.05}}[kind];
    float[] out = new float[Synth.samples(1.2)];
    int modes = kind == 2 ? 18 : 9;
    for (int m = 0; m < modes; m++) {
      double frequency = draw.ratioBetween(span[0], span[1]);
      double seconds = draw.between(ring[0], ring[1]) * Math.sqrt(span[0] / frequency);
      int at = kind == 2 ? draw.index(Synth.samples(0.15)) : 0;
      Synth.add(out, Synth.ping(frequency, seconds, draw.between(0, 1)), at, draw.between(0.2, 1));
    }
    float[] crack = Synth.burst(draw.between(0.003, 0.012), draw);
    Synth.add(out, crack, 0, kind == 1 || kind == 3 ? 2.5 : 0.6);
    return out;
  }
}
