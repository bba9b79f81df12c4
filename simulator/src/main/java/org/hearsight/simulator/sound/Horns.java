package org.hearsight.simulator.sound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.hearsight.simulator.draw.Draw;

/**
 * Horns of vehicles, as {@link Form}s, sounded the way drivers do: taps, double taps, long holds,
 * angry series, or throughout. A blast has a start of its own: pitch and brightness settle while
 * the diaphragm or the column of air gets going.
 */
final class Horns implements SoundGenerator {
  /** The kinds of horns. */
  enum Form {
    /** One or two electric horns, of disc or trumpet shape, a third apart. */
    CAR,
    /** Trumpets blown with compressed air, deep, in chords. */
    TRUCK,
    /** Scooters and old cars: one rough buzzer. */
    BUZZER,
    /** A rubber bulb and a reed, on a bicycle. */
    BULB,
    /** A ratchet that drives a diaphragm: rises and falls with the hand or motor. */
    KLAXON,
    /** Trumpets that play a tune. */
    MUSICAL
  }

  private static final Form[] OFTEN = {
    Form.CAR,
    Form.CAR,
    Form.CAR,
    Form.CAR,
    Form.CAR,
    Form.CAR,
    Form.CAR,
    Form.CAR,
    Form.CAR,
    Form.CAR,
    Form.CAR,
    Form.CAR,
    Form.TRUCK,
    Form.TRUCK,
    Form.TRUCK,
    Form.BUZZER,
    Form.BUZZER,
    Form.BULB,
    Form.KLAXON,
    Form.MUSICAL
  };

  /** Where a blast begins and ends, in seconds, and how its pitch lies to that of the horn. */
  private record Blast(double begin, double end, double ratio) {
    Blast(double begin, double end) {
      this(begin, end, 1);
    }

    double length() {
      return end - begin;
    }
  }

  @Override
  public float[] generate(int samples, Draw draw) {
    Form form = draw.of(OFTEN);
    return inTheStreet(form, dry(form, samples, draw), draw);
  }

  /** A horn at its mouth. */
  static float[] dry(Form form, int samples, Draw draw) {
    double seconds = samples / Synth.RATE;
    return switch (form) {
      case CAR -> car(samples, blasts(seconds, draw), draw);
      case TRUCK -> truck(samples, blasts(seconds, draw), draw);
      case BUZZER -> buzzer(samples, blasts(seconds, draw), draw);
      case BULB -> bulb(samples, draw);
      case KLAXON -> klaxon(samples, draw);
      case MUSICAL -> car(samples, tune(seconds, draw), draw);
    };
  }

  /** How drivers sound a horn. */
  private static List<Blast> blasts(double seconds, Draw draw) {
    int habit = draw.index(6);
    List<Blast> blasts = new ArrayList<>();
    if (habit == 0) {
      blasts.add(new Blast(-1, seconds + 1));
      return blasts;
    }
    double at = draw.between(-0.4, 0.8);
    while (at < seconds) {
      int taps =
          switch (habit) {
            case 1 -> 2;
            case 2 -> 2 + draw.index(3);
            default -> 1;
          };
      for (int tap = 0; tap < taps; tap++) {
        boolean angry = habit == 5 && draw.chance(0.5);
        double length =
            switch (habit) {
              case 3 -> draw.ratioBetween(0.3, 1);
              case 4 -> draw.ratioBetween(0.8, 3.5);
              default -> angry ? draw.between(0.5, 2) : draw.ratioBetween(0.08, 0.35);
            };
        blasts.add(new Blast(at, at + length));
        at += length + draw.ratioBetween(0.06, 0.3);
      }
      at += draw.ratioBetween(0.1, habit == 5 ? 0.6 : 1.8);
    }
    return blasts;
  }

  /** Notes of a scale, each with a blast of its own. */
  private static List<Blast> tune(double seconds, Draw draw) {
    double[] scale = {1, 9 / 8.0, 5 / 4.0, 4 / 3.0, 3 / 2.0, 5 / 3.0, 2};
    double beat = draw.between(0.12, 0.28);
    List<Blast> notes = new ArrayList<>();
    for (double at = draw.between(-0.3, 0.5); at < seconds; at += draw.between(0.1, 1.2)) {
      for (int note = 5 + draw.index(8); note > 0; note--) {
        double length = beat * draw.of(1, 1, 1, 2, 3);
        notes.add(new Blast(at, at + 0.85 * length, 0.8 * scale[draw.index(scale.length)]));
        at += length;
      }
    }
    return notes;
  }

  /**
   * Electric horns. Their diaphragms hit a stop, so the harmonics are strong up to 4 kHz and more;
   * the disc of one kind rings at 2 to 4 kHz, the trumpet of the other below 2 kHz.
   */
  private static float[] car(int samples, List<Blast> blasts, Draw draw) {
    double base = draw.ratioBetween(300, 500);
    double[] ratios =
        draw.chance(0.3) ? new double[] {1} : new double[] {1, draw.between(1.16, 1.32)};
    double bend = draw.between(-0.06, 0.03);
    double settle = draw.ratioBetween(0.01, 0.06);
    float[] chord = new float[samples];
    for (double ratio : ratios) {
      Wave wave = diaphragm(24, draw.between(0.76, 0.94), draw);
      double[] frequency = pitch(samples, blasts, base * ratio, bend, settle, draw);
      Synth.add(chord, wave.played(frequency), 0, draw.between(0.6, 1));
    }
    // Both hang on one bracket and move the same air: difference tones.
    Effects.softClipped(chord, draw.ratioBetween(0.8, 4) * Effects.level(chord));
    boolean disc = draw.chance(0.5);
    double ring = disc ? draw.ratioBetween(1800, 3800) : draw.ratioBetween(700, 1900);
    float[] ringing = Synth.bandPass(chord.clone(), ring, draw.between(0.8, 3));
    Synth.add(chord, ringing, 0, draw.between(0.5, 3));
    Synth.highPass(chord, draw.ratioBetween(150, 450));
    return opened(chord, blasts, draw.ratioBetween(0.004, 0.03), 0, draw);
  }

  /** Compressed air: a deep chord that comes up slowly, from dull to bright, with a hiss. */
  private static float[] truck(int samples, List<Blast> blasts, Draw draw) {
    double base = draw.ratioBetween(140, 330);
    double[] ratios =
        draw.of(
            new double[] {1},
            new double[] {1, 1.19},
            new double[] {1, 1.25},
            new double[] {1, 1.5},
            new double[] {1, 1.25, 1.5});
    double bend = draw.between(-0.05, 0.02);
    double settle = draw.between(0.04, 0.15);
    float[] chord = new float[samples];
    for (double ratio : ratios) {
      Wave wave = diaphragm(36, draw.between(0.82, 0.95), draw);
      double detuned = base * ratio * draw.between(0.985, 1.015);
      double[] frequency = pitch(samples, blasts, detuned, bend, settle, draw);
      Synth.add(chord, wave.played(frequency), 0, draw.between(0.6, 1));
    }
    Synth.levelled(chord);
    float[] hiss = Synth.highPass(Synth.white(samples, draw), draw.between(800, 3000));
    Synth.add(chord, hiss, 0, draw.ratioBetween(0.01, 0.12));
    Effects.softClipped(chord, draw.ratioBetween(0.8, 4) * Effects.level(chord));
    Effects.loudspeaker(chord, draw.between(80, 200), draw.ratioBetween(2500, 8000), draw);
    return opened(chord, blasts, draw.between(0.03, 0.15), draw.between(0.5, 1), draw);
  }

  /** A buzzer whose contact bounces: rough in level and pitch, often at half its frequency too. */
  private static float[] buzzer(int samples, List<Blast> blasts, Draw draw) {
    double base = draw.ratioBetween(250, 620);
    double[] frequency = pitch(samples, blasts, base, draw.between(-0.15, 0.05), 0.04, draw);
    float[] bounce = Synth.wander(samples, draw.between(40, 120), draw);
    double rough = draw.ratioBetween(0.005, 0.05);
    for (int i = 0; i < samples; i++) {
      frequency[i] *= 1 + rough * bounce[i];
    }
    float[] x = diaphragm(30, draw.between(0.85, 0.98), draw).played(frequency);
    double[] half = Arrays.stream(frequency).map(f -> f / 2).toArray();
    float[] beaten = new Wave(new double[] {1, 0, 0.5}).played(half);
    double depth = draw.between(0, 0.5);
    for (int i = 0; i < samples; i++) {
      x[i] *= (float) (1 + depth * beaten[i] + 0.3 * bounce[i]);
    }
    Effects.loudspeaker(x, draw.between(200, 500), draw.ratioBetween(2500, 7000), draw);
    return opened(x, blasts, draw.ratioBetween(0.004, 0.04), 0, draw);
  }

  /** A squeeze, and often the softer breath back in. */
  private static float[] bulb(int samples, Draw draw) {
    double base = draw.ratioBetween(250, 850);
    double back = draw.chance(0.6) ? draw.between(0.1, 0.6) : 0;
    double arch = draw.between(0.03, 0.25);
    Wave reed = diaphragm(20, draw.between(0.8, 0.96), draw);
    float[] out = new float[samples];
    double at = draw.between(-0.1, 0.5);
    while (at * Synth.RATE < samples) {
      double length = draw.ratioBetween(0.12, 0.45);
      Synth.add(out, squeeze(reed, base, arch, length), Synth.samples(at), 1);
      at += length + draw.between(0.02, 0.12);
      if (back > 0) {
        double breath = draw.between(0.1, 0.3);
        double lower = base * draw.between(0.7, 1.05);
        Synth.add(out, squeeze(reed, lower, arch, breath), Synth.samples(at), back);
        at += breath;
      }
      at += draw.ratioBetween(0.08, 1.3);
    }
    return Effects.loudspeaker(out, draw.between(250, 700), draw.ratioBetween(3000, 9000), draw);
  }

  private static float[] squeeze(Wave reed, double base, double arch, double seconds) {
    int n = Synth.samples(seconds);
    double[] frequency =
        Synth.track(n, t -> base * (1 - arch + arch * Math.sin(Math.PI * t / seconds)));
    return Synth.faded(reed.played(frequency), 0.02);
  }

  /** Ah-oo-gah: up with a rattle, a while on top, down again. */
  private static float[] klaxon(int samples, Draw draw) {
    double top = draw.ratioBetween(280, 620);
    double up = draw.between(0.12, 0.5);
    double hold = draw.between(0.1, 0.7);
    double down = draw.between(0.2, 0.6);
    double least = draw.between(0.3, 0.7);
    double all = up + hold + down;
    double period = all + draw.between(0.1, 1.2);
    double start = draw.between(0, all);
    DoubleUnaryOperator speed =
        t -> {
          double at = (t + start) % period;
          double reached = Math.min(Math.min(1, at / up), Math.max(0, (all - at) / down));
          return Math.sin(Math.PI / 2 * reached);
        };
    double[] open =
        Synth.track(
            samples, t -> speed.applyAsDouble(t) > 0 ? 0.3 + 0.7 * speed.applyAsDouble(t) : 0);
    double[] frequency =
        Synth.track(samples, t -> top * (least + (1 - least) * speed.applyAsDouble(t)));
    float[] teeth = Synth.wander(samples, 60, draw);
    double rough = draw.ratioBetween(0.01, 0.04);
    for (int i = 0; i < samples; i++) {
      frequency[i] *= 1 + rough * teeth[i];
      open[i] *= 1 + 0.3 * teeth[i];
    }
    float[] x = diaphragm(30, draw.between(0.85, 0.97), draw).played(frequency);
    Effects.loudspeaker(x, draw.between(250, 500), draw.ratioBetween(2500, 7000), draw);
    return Effects.shaped(x, open);
  }

  /** Harmonics of any phase, as a plate that hits a stop makes them. */
  private static Wave diaphragm(int harmonics, double fall, Draw draw) {
    double[] sines = new double[harmonics];
    double[] cosines = new double[harmonics];
    for (int h = 0; h < harmonics; h++) {
      double amplitude = Math.pow(fall, h) * draw.ratioBetween(0.3, 1);
      double phase = draw.between(0, 2 * Math.PI);
      sines[h] = amplitude * Math.cos(phase);
      cosines[h] = amplitude * Math.sin(phase);
    }
    return new Wave(sines, cosines);
  }

  /** Pitch that settles after each start and drifts a little. */
  private static double[] pitch(
      int samples, List<Blast> blasts, double base, double bend, double settle, Draw draw) {
    double[] frequency = new double[samples];
    double drift = draw.ratioBetween(0.0005, 0.006);
    float[] wander = Synth.wander(samples, draw.between(0.5, 4), draw);
    for (int i = 0; i < samples; i++) {
      frequency[i] = base * (1 + drift * wander[i]);
    }
    double fade = Math.exp(-1 / (settle * Synth.RATE));
    for (Blast blast : blasts) {
      int from = Math.max(0, Synth.samples(blast.begin()));
      double off = blast.begin() < 0 ? 0 : bend;
      for (int i = from; i < Math.min(samples, Synth.samples(blast.end() + 0.05)); i++) {
        frequency[i] = base * blast.ratio() * (1 + drift * wander[i]) * (1 + off);
        off *= fade;
      }
    }
    return frequency;
  }

  /**
   * Lets a lasting tone through during the blasts.
   *
   * @param attack seconds it takes
   * @param dull share of the brightness that comes only with the full level
   */
  private static float[] opened(
      float[] tone, List<Blast> blasts, double attack, double dull, Draw draw) {
    double[] open = new double[tone.length];
    double release = draw.ratioBetween(0.008, 0.05);
    for (Blast blast : blasts) {
      double rise = Math.min(attack, blast.length() / 2);
      int end = Math.min(tone.length, Synth.samples(blast.end() + release));
      for (int i = Math.max(0, Synth.samples(blast.begin())); i < end; i++) {
        double t = i / Synth.RATE;
        double edge = Math.min((t - blast.begin()) / rise, 1 - (t - blast.end()) / release);
        open[i] = Math.max(open[i], Math.max(0, Math.min(1, edge)));
      }
    }
    if (dull > 0) {
      float[] soft = Synth.lowPass(tone.clone(), 700);
      for (int i = 0; i < tone.length; i++) {
        tone[i] = (float) (soft[i] + (1 - dull * (1 - open[i])) * (tone[i] - soft[i]));
      }
    }
    return Effects.shaped(tone, open);
  }

  /** House fronts, the way, and now and then a microphone that is too near. */
  private static float[] inTheStreet(Form form, float[] dry, Draw draw) {
    Effects.maybeEchoed(dry, 0.55, 0.8, draw);
    Effects.maybeDulled(dry, 0.5, form == Form.BULB ? 3000 : 1200, 8000, draw);
    Effects.maybeClipped(dry, 0.3, 0.5, 2, draw);
    if (draw.chance(0.12)) {
      Effects.hardClipped(dry, draw.ratioBetween(0.8, 2.5) * Effects.level(dry));
    }
    return dry;
  }
}
