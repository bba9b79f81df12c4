package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/** Speaking or calling voices: a glottal pulse through the formants of changing vowels. */
final class Voices implements SoundGenerator {
  /** First three formants of a, e, i, o, u and schwa (adult male; Peterson and Barney, rounded). */
  private static final double[][] VOWELS = {
    {730, 1090, 2440}, {530, 1840, 2480}, {270, 2290, 3010},
    {570, 840, 2410}, {300, 870, 2240}, {500, 1500, 2500}
  };

  @Override
  public float[] generate(int samples, Draw draw) {
    boolean high = draw.chance(0.5);
    double pitch = high ? draw.between(180, 320) : draw.between(90, 160);
    double tract = high ? draw.between(1.1, 1.3) : draw.between(0.95, 1.08);
    boolean calling = draw.chance(0.3);
    float[] out = new float[samples];
    double t = draw.between(0, 0.3);
    while (t * Synth.RATE < samples) {
      int syllables = 2 + draw.index(calling ? 2 : 6);
      for (int s = 0; s < syllables; s++) {
        double length = calling ? draw.between(0.3, 0.8) : draw.between(0.1, 0.26);
        double bend = draw.between(0.85, 1.2) * (1 - 0.04 * s);
        float[] syllable = syllable(pitch * bend * (calling ? 1.4 : 1), tract, length, draw);
        Synth.add(out, syllable, Synth.samples(t), draw.between(0.6, 1));
        if (draw.chance(0.4)) {
          float[] hiss = Synth.faded(Synth.white(Synth.samples(0.07), draw), 0.02);
          Synth.bandPass(hiss, draw.between(3000, 6500), 1.5);
          Synth.add(out, hiss, Synth.samples(t - 0.06), 0.15);
        }
        t += length * draw.between(0.95, 1.2);
      }
      t += draw.between(0.12, 0.6);
    }
    return out;
  }

  private static float[] syllable(double pitch, double tract, double seconds, Draw draw) {
    int n = Synth.samples(seconds);
    double[] frequency = new double[n];
    float[] wander = Synth.wander(n, 12, draw);
    for (int i = 0; i < n; i++) {
      frequency[i] = pitch * (1.05 - 0.1 * i / n + 0.015 * wander[i]);
    }
    double[] phase = Synth.phase(frequency);
    float[] pulse = new float[n];
    for (int i = 0; i < n; i++) {
      double at = phase[i] - Math.floor(phase[i]);
      // Opens as a raised cosine, closes sharply: all harmonics, falling by 12 dB an octave.
      pulse[i] = (float) (at < 0.6 ? Math.sin(Math.PI * at / 0.6) * at : 0);
      pulse[i] += (float) (0.03 * draw.between(-1, 1));
    }
    Synth.highPass(pulse, 80);
    double[] vowel = VOWELS[draw.index(VOWELS.length)];
    float[] out = new float[n];
    double[] weight = {1, 0.6, 0.35};
    for (int f = 0; f < vowel.length; f++) {
      float[] path = Synth.bandPass(pulse.clone(), vowel[f] * tract, 6 + 3 * f);
      Synth.add(out, path, 0, weight[f]);
    }
    return Synth.faded(out, 0.03);
  }
}
