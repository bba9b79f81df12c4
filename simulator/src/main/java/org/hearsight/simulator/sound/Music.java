package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/** Music: a melody over chords in a key, plucked or held, with or without a beat. */
final class Music implements SoundGenerator {
  private static final int[][] SCALES = {
    {0, 2, 4, 5, 7, 9, 11}, {0, 2, 3, 5, 7, 8, 10}, {0, 2, 4, 7, 9}
  };
  private static final int[] CHORDS = {0, 3, 4, 5};

  @Override
  public float[] generate(int samples, Draw draw) {
    float[] out = new float[samples];
    int[] scale = SCALES[draw.index(SCALES.length)];
    double root = draw.ratioBetween(110, 260);
    double beat = draw.between(0.22, 0.6);
    boolean held = draw.chance(0.4);
    boolean chords = draw.chance(0.7);
    boolean drums = draw.chance(0.5);
    double dull = draw.between(0.35, 0.8);
    int step = draw.index(scale.length);
    int chord = 0;
    int count = 0;
    for (double t = 0; t * Synth.RATE < samples; t += beat, count++) {
      int at = Synth.samples(t);
      if (count % 4 == 0) {
        chord = CHORDS[draw.index(CHORDS.length)];
        for (int v = 0; chords && v < 3; v++) {
          float[] tone = note(pitch(root, scale, chord + 2 * v), 4 * beat, held, dull * 0.8);
          Synth.add(out, tone, at, 0.35);
        }
      }
      if (drums) {
        boolean strong = count % 2 == 0;
        float[] hit = Synth.burst(strong ? 0.03 : 0.012, draw);
        Synth.add(out, strong ? Synth.lowPass(hit, 200) : Synth.highPass(hit, 3000), at, 1.2);
      }
      int notes = draw.of(0, 1, 1, 1, 2);
      for (int n = 0; n < notes; n++) {
        step = Math.max(0, Math.min(2 * scale.length, step + draw.index(5) - 2));
        float[] tone = note(2 * pitch(root, scale, step), beat / notes, held, dull);
        Synth.add(out, tone, at + Synth.samples(n * beat / notes), draw.between(0.6, 1));
      }
    }
    return out;
  }

  private static double pitch(double root, int[] scale, int step) {
    int semitones = 12 * (step / scale.length) + scale[step % scale.length];
    return root * Math.pow(2, semitones / 12.0);
  }

  private static float[] note(double pitch, double seconds, boolean held, double dull) {
    int n = Synth.samples(held ? seconds : Math.max(seconds, 0.5));
    double[] frequency = new double[n];
    for (int i = 0; i < n; i++) {
      frequency[i] = pitch * (1 + (held ? 0.004 * Math.sin(34 * i / Synth.RATE) : 0));
    }
    double[] amplitudes = new double[7];
    for (int h = 0; h < amplitudes.length; h++) {
      amplitudes[h] = Math.pow(dull, h);
    }
    float[] tone = Synth.harmonics(frequency, amplitudes);
    for (int i = 0; i < n; i++) {
      tone[i] *= (float) (held ? 1 : Math.exp(-i / (0.25 * Synth.RATE)));
    }
    return Synth.faded(tone, held ? 0.03 : 0.004);
  }
}
