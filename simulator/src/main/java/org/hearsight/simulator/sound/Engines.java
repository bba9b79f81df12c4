package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/** Combustion engines: firing pulses through exhaust resonances, idling, revving or driving. */
final class Engines implements SoundGenerator {
  @Override
  public float[] generate(int samples, Draw draw) {
    int cylinders = draw.of(1, 2, 4, 4, 6, 8);
    double idle = draw.between(700, 1100) / 60;
    double top = idle * draw.between(1.5, 4);
    boolean steady = draw.chance(0.4);
    float[] throttle = Synth.wander(samples, draw.between(0.3, 1.2), draw);
    float[] jitter = Synth.wander(samples, 25, draw);
    double rough = draw.between(0.005, 0.03);
    double[] rotation = new double[samples];
    for (int i = 0; i < samples; i++) {
      double open = steady ? 0.3 : 0.5 + 0.5 * throttle[i];
      rotation[i] = (idle + (top - idle) * open) * (1 + rough * jitter[i]);
    }
    // Half orders: a four-stroke cylinder fires every second turn.
    double[] phase = Synth.phase(rotation);
    int orders = 32;
    float[] pulses = new float[samples];
    for (int k = 1; k <= orders; k++) {
      double order = k / 2.0;
      boolean firing = 2 * order % cylinders == 0;
      double amplitude = (firing ? 1 : draw.between(0.05, 0.3)) / Math.sqrt(k);
      double shift = draw.between(0, 2 * Math.PI);
      for (int i = 0; i < samples; i++) {
        pulses[i] += (float) (amplitude * Math.sin(2 * Math.PI * order * phase[i] + shift));
      }
    }
    float[] out = new float[samples];
    for (int r = 0; r < 3; r++) {
      float[] path = pulses.clone();
      Synth.add(out, Synth.bandPass(path, draw.ratioBetween(60, 2500), draw.between(1, 4)), 0, 1);
    }
    float[] hiss = Synth.bandPass(Synth.white(samples, draw), draw.between(800, 3000), 0.5);
    for (int i = 0; i < samples; i++) {
      double beat = 0.6 + 0.4 * Math.sin(2 * Math.PI * cylinders / 2.0 * phase[i]);
      out[i] += (float) (draw.between(0.9, 1) * 0.25 * beat * hiss[i]);
    }
    return out;
  }
}
