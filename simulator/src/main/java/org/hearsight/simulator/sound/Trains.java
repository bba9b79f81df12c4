package org.hearsight.simulator.sound;

import java.util.Arrays;
import org.hearsight.simulator.draw.Draw;

/** Trains and trams: rumble, rolling noise, clicks of rail joints, now and then horn or squeal. */
final class Trains implements SoundGenerator {
  @Override
  public float[] generate(int samples, Draw draw) {
    float[] out = Synth.lowPass(Synth.pink(samples, draw), draw.between(90, 220));
    float[] swell = Synth.wander(samples, 2, draw);
    for (int i = 0; i < samples; i++) {
      out[i] *= 1.5f + 0.5f * swell[i];
    }
    float[] roll = Synth.bandPass(Synth.white(samples, draw), draw.between(500, 1200), 0.6);
    Synth.add(out, roll, 0, draw.between(0.3, 0.8));
    double gap = draw.between(0.45, 1.3);
    double axles = draw.between(0.09, 0.18);
    double ring = draw.between(500, 1400);
    for (double t = draw.between(0, gap);
        t * Synth.RATE < samples;
        t += gap * draw.between(0.97, 1.03)) {
      for (int axle = 0; axle < 2; axle++) {
        float[] click = Synth.bandPass(Synth.burst(0.02, draw), ring, 1.5);
        Synth.add(out, click, Synth.samples(t + axle * axles), draw.between(1.5, 4));
      }
    }
    if (draw.chance(0.5)) {
      double base = draw.between(250, 420);
      int length = Synth.samples(draw.between(0.8, 2.2));
      float[] horn = new float[length];
      for (double ratio : new double[] {1, 1.19, 1.5}) {
        double[] frequency = new double[length];
        Arrays.fill(frequency, base * ratio);
        Synth.add(
            horn, Synth.harmonics(frequency, new double[] {1, 0.8, 0.6, 0.4, 0.3, 0.2}), 0, 0.4);
      }
      Synth.add(out, Synth.faded(horn, 0.08), draw.index(Math.max(1, samples - length / 2)), 1.2);
    } else if (draw.chance(0.5)) {
      float[] squeal = Synth.bandPass(Synth.white(samples, draw), draw.between(2000, 4500), 40);
      Synth.add(out, squeal, 0, draw.between(1, 3));
    }
    return out;
  }
}
