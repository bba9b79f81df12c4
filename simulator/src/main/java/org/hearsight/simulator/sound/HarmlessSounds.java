package org.hearsight.simulator.sound;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hearsight.core.dataset.Split;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Setting;

/**
 * Sounds from one place that are not hazards: alarms, bells, music, birds, chimes, dripping,
 * rustling.
 *
 * <p>Some kinds are held out: the test split alone hears them, so that it tells what a model makes
 * of a kind of sound it never met. They are named here, not drawn.
 */
final class HarmlessSounds {
  private static final Map<String, SoundGenerator> ANYWHERE =
      Map.of(
          "alarm",
          Alarms.NO_SIRENS,
          "bell",
          SoundClass.BELL.generator(),
          "music",
          SoundClass.MUSIC.generator(),
          "chime",
          HarmlessSounds::chime,
          "rustling",
          HarmlessSounds::rustling);

  private static final SortedMap<String, SoundGenerator> INDOOR =
      with(ANYWHERE, Map.of("dripping", HarmlessSounds::dripping));

  private static final SortedMap<String, SoundGenerator> OUTDOOR =
      with(ANYWHERE, Map.of("bird", SoundClass.BIRD.generator()));

  private static final SortedMap<String, SoundGenerator> TESTED_INDOOR =
      with(
          INDOOR,
          Map.of(
              "kettle", HarmlessSounds::kettle,
              "knock", SoundClass.KNOCK.generator(),
              "typing", HarmlessSounds::typing));

  private static final SortedMap<String, SoundGenerator> TESTED_OUTDOOR =
      with(
          OUTDOOR,
          Map.of("crickets", HarmlessSounds::crickets, "whistle", HarmlessSounds::whistle));

  private HarmlessSounds() {}

  private static SortedMap<String, SoundGenerator> with(
      Map<String, SoundGenerator> some, Map<String, SoundGenerator> more) {
    SortedMap<String, SoundGenerator> all = new TreeMap<>(some);
    all.putAll(more);
    return all;
  }

  /** Generators by name. */
  static SortedMap<String, SoundGenerator> in(Setting setting, Split split) {
    if (split == Split.TEST) {
      return setting.indoors() ? TESTED_INDOOR : TESTED_OUTDOOR;
    }
    return setting.indoors() ? INDOOR : OUTDOOR;
  }

  /** A kettle that comes to the boil: a whistle that rises and stays. */
  private static float[] kettle(int samples, Draw draw) {
    double pitch = draw.ratioBetween(1500, 3500);
    double rise = draw.between(0.5, 4);
    double low = draw.between(0.5, 0.9);
    float[] wobble = Synth.wander(samples, draw.between(3, 12), draw);
    double[] frequency = new double[samples];
    for (int i = 0; i < samples; i++) {
      double risen = Math.min(1, i / Synth.RATE / rise);
      frequency[i] = pitch * (low + (1 - low) * risen) * (1 + 0.01 * wobble[i]);
    }
    float[] out = Synth.harmonics(frequency, new double[] {1, draw.between(0.1, 0.5), 0.1});
    Synth.add(out, Synth.bandPass(Synth.white(samples, draw), pitch, 1), 0, 0.3);
    return out;
  }

  private static float[] typing(int samples, Draw draw) {
    float[] out = new float[samples];
    double pace = draw.between(0.07, 0.22);
    double body = draw.ratioBetween(600, 2500);
    for (double t = draw.between(0, 0.3); t * Synth.RATE < samples; ) {
      int at = Synth.samples(t);
      Synth.add(out, Synth.burst(draw.between(0.002, 0.006), draw), at, draw.between(0.4, 1));
      Synth.add(out, Synth.ping(body * draw.between(0.8, 1.25), 0.006, 0), at, 0.5);
      t += pace * draw.between(0.5, 1.6) + (draw.chance(0.12) ? draw.between(0.2, 0.7) : 0);
    }
    return out;
  }

  /** Chirps of a few pulses on one high pitch. */
  private static float[] crickets(int samples, Draw draw) {
    double pitch = draw.ratioBetween(2800, 6000);
    double pulse = draw.between(0.012, 0.03);
    int pulses = 2 + draw.index(4);
    double period = pulses * 2 * pulse + draw.between(0.05, 0.6);
    double[] frequency = new double[samples];
    Arrays.fill(frequency, pitch);
    float[] out = Synth.harmonics(frequency, new double[] {1, 0.1});
    for (int i = 0; i < samples; i++) {
      double at = i / Synth.RATE % period;
      double inPulse = at % (2 * pulse) / pulse;
      boolean sounds = at < pulses * 2 * pulse && inPulse < 1;
      out[i] *= (float) (sounds ? Math.sin(Math.PI * inPulse) : 0);
    }
    return out;
  }

  /** A referee's: blasts with the trill of the ball in it. */
  private static float[] whistle(int samples, Draw draw) {
    double pitch = draw.ratioBetween(2000, 4200);
    double trill = draw.between(20, 50);
    double depth = draw.between(0.01, 0.05);
    double on = draw.between(0.2, 1.2);
    double off = draw.between(0.2, 1.5);
    double start = draw.between(0, on);
    double[] frequency = new double[samples];
    for (int i = 0; i < samples; i++) {
      double turn = 2 * Math.PI * trill * i / Synth.RATE;
      frequency[i] = pitch * (1 + depth * Math.sin(turn));
    }
    float[] out = Synth.harmonics(frequency, new double[] {1, 0.2, 0.1});
    Synth.add(out, Synth.bandPass(Synth.white(samples, draw), pitch, 2), 0, 0.3);
    for (int i = 0; i < samples; i++) {
      double at = (i / Synth.RATE + start) % (on + off);
      double edge = Math.min(1, Math.min(at, on - at) / 0.02);
      double beat = 0.7 + 0.3 * Math.sin(2 * Math.PI * trill * i / Synth.RATE);
      out[i] *= (float) (at < on ? edge * beat : 0);
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
