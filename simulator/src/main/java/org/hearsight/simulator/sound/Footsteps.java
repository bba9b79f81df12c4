package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/** Walking or running: heel and sole on hard or gravelly ground. */
final class Footsteps implements SoundGenerator {
  @Override
  public float[] generate(int samples, Draw draw) {
    float[] out = new float[samples];
    double pace = draw.between(0.33, 0.62);
    boolean gravel = draw.chance(0.3);
    double heel = draw.between(90, 260);
    double tap = draw.between(1200, 4500);
    double hard = draw.between(0.3, 1.2);
    for (double t = draw.between(0, pace);
        t * Synth.RATE < samples;
        t += pace * draw.between(0.93, 1.07)) {
      int at = Synth.samples(t);
      double gain = draw.between(0.7, 1);
      Synth.add(out, Synth.bandPass(Synth.burst(0.015, draw), heel, 1.2), at, 2 * gain);
      Synth.add(out, Synth.bandPass(Synth.burst(0.005, draw), tap, 1), at, hard * gain);
      int sole = at + Synth.samples(draw.between(0.05, 0.11));
      if (gravel) {
        for (int grain = 0; grain < 14; grain++) {
          float[] crunch = Synth.bandPass(Synth.burst(0.004, draw), draw.between(1500, 6000), 2);
          Synth.add(out, crunch, at + draw.index(Synth.samples(0.16)), 0.7 * gain);
        }
      } else {
        Synth.add(out, Synth.bandPass(Synth.burst(0.02, draw), tap / 3, 0.8), sole, 0.5 * gain);
      }
    }
    return out;
  }
}
