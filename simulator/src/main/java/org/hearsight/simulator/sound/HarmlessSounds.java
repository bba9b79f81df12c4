package org.hearsight.simulator.sound;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Setting;

/** Sounds from one place that are not hazards: birds, chimes, ringing, dripping, rustling. */
final class HarmlessSounds {
  private static final SortedMap<String, SoundGenerator> INDOOR =
      new TreeMap<>(
          Map.of(
              "telephone", HarmlessSounds::telephone,
              "chime", HarmlessSounds::chime,
              "dripping", HarmlessSounds::dripping,
              "rustling", HarmlessSounds::rustling));

  private static final SortedMap<String, SoundGenerator> OUTDOOR =
      new TreeMap<>(
          Map.of(
              "bird", HarmlessSounds::bird,
              "chime", HarmlessSounds::chime,
              "rustling", HarmlessSounds::rustling));

  private HarmlessSounds() {}

  /** Generators by name. */
  static SortedMap<String, SoundGenerator> in(Setting setting) {
    return setting.indoors() ? INDOOR : OUTDOOR;
  }

  private static float[] bird(int samples, Draw draw) {
    float[] out = new float[samples];
    double base = draw.between(2000, 5000);
    double bend = draw.between(-0.4, 0.4);
    double length = draw.between(0.04, 0.2);
    double t = draw.between(0, 0.6);
    while (t * Synth.RATE < samples) {
      for (int note = 1 + draw.index(6); note > 0; note--) {
        int n = Synth.samples(length * draw.between(0.8, 1.2));
        double[] frequency = new double[n];
        double start = base * draw.between(0.85, 1.2);
        for (int i = 0; i < n; i++) {
          frequency[i] = start * (1 + bend * i / n);
        }
        float[] chirp = Synth.harmonics(frequency, new double[] {1, 0.15});
        Synth.add(out, Synth.faded(chirp, length / 3), Synth.samples(t), draw.between(0.5, 1));
        t += length * draw.between(1.1, 1.8);
      }
      t += draw.between(0.2, 1.2);
    }
    return out;
  }

  private static float[] telephone(int samples, Draw draw) {
    double a = draw.between(700, 1400);
    double b = a * draw.between(1.1, 1.35);
    double warble = draw.between(10, 24);
    double on = draw.between(0.4, 1);
    double[] frequency = new double[samples];
    for (int i = 0; i < samples; i++) {
      frequency[i] = (i * warble / Synth.RATE) % 1 < 0.5 ? a : b;
    }
    float[] out = Synth.harmonics(frequency, new double[] {1, 0.3, 0.3, 0.1});
    for (int i = 0; i < samples; i++) {
      out[i] *= (i / Synth.RATE) % (2 * on) < on ? 1 : 0;
    }
    return out;
  }

  private static float[] chime(int samples, Draw draw) {
    float[] out = new float[samples];
    double base = draw.between(500, 1500);
    for (double t = draw.between(0, 0.8); t * Synth.RATE < samples; t += draw.between(0.4, 1.5)) {
      double note = base * draw.of(1.0, 1.125, 1.25, 1.5, 1.67);
      for (double partial : new double[] {1, 2.76, 5.4}) {
        Synth.add(out, Synth.ping(note * partial, 0.5 / partial, 0), Synth.samples(t), 1 / partial);
      }
    }
    return out;
  }

  private static float[] dripping(int samples, Draw draw) {
    float[] out = new float[samples];
    double gap = draw.between(0.2, 0.8);
    for (double t = draw.between(0, gap);
        t * Synth.RATE < samples;
        t += gap * draw.between(0.8, 1.2)) {
      float[] drop = Synth.ping(draw.between(900, 2600), draw.between(0.008, 0.03), 0);
      Synth.add(out, drop, Synth.samples(t), draw.between(0.5, 1));
    }
    return out;
  }

  private static float[] rustling(int samples, Draw draw) {
    float[] out = Synth.highPass(Synth.white(samples, draw), draw.between(2000, 4000));
    float[] move = Synth.wander(samples, draw.between(2, 7), draw);
    for (int i = 0; i < samples; i++) {
      out[i] *= Math.max(0, move[i]);
    }
    return out;
  }
}
