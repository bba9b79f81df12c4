package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/** Drills, grinders, saws and hammer drills: a whining motor, gear noise, work under load. */
final class PowerTools implements SoundGenerator {
  @Override
  public float[] generate(int samples, Draw draw) {
    double speed = draw.between(90, 320);
    double load = draw.between(0.7, 0.95);
    boolean hammer = draw.chance(0.3);
    double blows = draw.between(18, 50);
    double[] frequency = new double[samples];
    float[] grip = Synth.wander(samples, 2, draw);
    float[] jitter = Synth.wander(samples, 40, draw);
    double on = draw.between(1, 3);
    double off = draw.chance(0.6) ? draw.between(0.2, 0.8) : 0;
    double start = draw.between(0, 0.5);
    double run = start < 0.2 ? 0 : 1;
    float[] level = new float[samples];
    for (int i = 0; i < samples; i++) {
      double at = (i / Synth.RATE + start) % (on + off);
      run += ((at < on ? 1 : 0) - run) / (0.08 * Synth.RATE);
      level[i] = (float) run;
      frequency[i] = speed * (0.3 + 0.7 * run) * (load + (1 - load) * grip[i] + 0.01 * jitter[i]);
    }
    double[] amplitudes = new double[24];
    for (int h = 0; h < amplitudes.length; h++) {
      amplitudes[h] = draw.between(0.1, 1) / Math.sqrt(h + 1);
    }
    float[] out = Synth.harmonics(frequency, amplitudes);
    Synth.highPass(out, 250);
    float[] grind = Synth.bandPass(Synth.white(samples, draw), draw.between(2500, 6000), 0.7);
    double share = draw.between(0.6, 2.5);
    double[] beat = Synth.phase(frequency);
    for (int i = 0; i < samples; i++) {
      double rough = 1 + 0.5 * Math.sin(2 * Math.PI * beat[i]) + 0.4 * grip[i];
      double blow = hammer ? Math.exp(-((i * blows / Synth.RATE) % 1) * 5) * 3 : 1;
      out[i] = (float) ((out[i] + share * rough * grind[i]) * level[i] * blow);
    }
    return out;
  }
}
