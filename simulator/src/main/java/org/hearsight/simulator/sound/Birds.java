package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/**
 * Birds: songs of a few syllables in phrases, trills, whistles, chirps; crows, gulls, cocks and
 * hens, pigeons, owls, cuckoos, ducks. Each voice is a tone along a curve of pitch, with more
 * harmonics the harsher it is, and the air and other birds behind it.
 */
final class Birds implements SoundGenerator {
  enum Kind {
    SONG,
    TRILL,
    WHISTLE,
    CHIRP,
    CROW,
    GULL,
    COCK,
    HEN,
    PIGEON,
    OWL,
    CUCKOO,
    DUCK
  }

  @Override
  public float[] generate(int samples, Draw draw) {
    Kind kind =
        draw.of(
            Kind.SONG,
            Kind.SONG,
            Kind.SONG,
            Kind.SONG,
            Kind.TRILL,
            Kind.WHISTLE,
            Kind.WHISTLE,
            Kind.CHIRP,
            Kind.CHIRP,
            Kind.CROW,
            Kind.CROW,
            Kind.GULL,
            Kind.COCK,
            Kind.HEN,
            Kind.PIGEON,
            Kind.OWL,
            Kind.CUCKOO,
            Kind.DUCK);
    return generate(kind, samples, draw);
  }

  static float[] generate(Kind kind, int samples, Draw draw) {
    float[] out = new float[samples];
    sing(kind, out, draw);
    Synth.levelled(out);
    if (draw.chance(0.35)) {
      float[] others = new float[samples];
      sing(draw.of(kind, Kind.SONG, Kind.CHIRP), others, draw);
      Synth.mix(out, Synth.lowPass(others, draw.ratioBetween(2500, 9000)), draw.between(-30, -8));
    }
    Synth.mix(out, Synth.pink(samples, draw), draw.between(-50, -16));
    return out;
  }

  private static void sing(Kind kind, float[] out, Draw draw) {
    switch (kind) {
      case SONG -> song(out, draw);
      case TRILL -> trill(out, draw);
      case WHISTLE -> whistle(out, draw);
      case CHIRP -> chirp(out, draw);
      case CROW ->
          calls(out, new Call(draw.between(380, 750), 1.15, 0.8, 0.1, 150, 12, 0.9), 0.35, draw);
      case GULL ->
          calls(out, new Call(draw.between(650, 1300), 1.3, 0.75, 0.03, 40, 7, 0.3), 0.5, draw);
      case DUCK ->
          calls(out, new Call(draw.between(170, 400), 1.15, 0.85, 0.04, 90, 20, 0.3), 0.2, draw);
      case COCK -> crow(out, draw);
      case HEN -> cluck(out, draw);
      case PIGEON -> coo(out, draw);
      case OWL -> hoot(out, draw);
      case CUCKOO -> cuckoo(out, draw);
    }
  }

  /** A few syllables, each sung several times, in phrases with pauses. */
  private static void song(float[] out, Draw draw) {
    double base = draw.ratioBetween(2000, 5500);
    int kinds = 2 + draw.index(6);
    Syllable[] repertoire = new Syllable[kinds];
    for (int k = 0; k < kinds; k++) {
      repertoire[k] = Syllable.drawn(base, draw);
    }
    double gap = draw.between(0.01, 0.12);
    double rest = draw.between(0.15, 1.2);
    double t = draw.between(0, 0.5);
    while (t * Synth.RATE < out.length) {
      for (int part = 1 + draw.index(4); part > 0; part--) {
        Syllable syllable = repertoire[draw.index(kinds)];
        double force = draw.between(0.5, 1);
        for (int again = draw.of(1, 1, 2, 2, 3, 5, 8); again > 0; again--) {
          Synth.add(out, syllable.sung(draw), Synth.samples(t), force * draw.between(0.85, 1));
          t += syllable.seconds + gap * draw.between(0.8, 1.2);
        }
        t += gap;
      }
      t += rest * draw.between(0.6, 1.4);
    }
  }

  /** Length and curve of pitch: a slope, an arch, and a vibrato, in octaves. */
  private record Syllable(
      double seconds,
      double pitch,
      double slope,
      double arch,
      double vibrato,
      double rate,
      double second) {
    static Syllable drawn(double base, Draw draw) {
      boolean shakes = draw.chance(0.3);
      return new Syllable(
          draw.ratioBetween(0.025, 0.3),
          base * draw.ratioBetween(0.7, 1.5),
          draw.chance(0.7) ? draw.between(-1, 1) : 0,
          draw.chance(0.5) ? draw.between(-0.6, 0.6) : 0,
          shakes ? draw.between(0.03, 0.3) : 0,
          draw.ratioBetween(18, 120),
          draw.chance(0.7) ? draw.between(0, 0.15) : draw.between(0.2, 0.8));
    }

    float[] sung(Draw draw) {
      int n = Synth.samples(seconds);
      double[] frequency = new double[n];
      double tune = pitch * draw.between(0.99, 1.01);
      for (int i = 0; i < n; i++) {
        double s = (double) i / n - 0.5;
        double octaves =
            slope * s
                + arch * (0.5 - 2 * s * s)
                + vibrato * Math.sin(2 * Math.PI * rate * i / Synth.RATE);
        frequency[i] = Math.min(9500, tune * Math.pow(2, octaves));
      }
      float[] tone = Synth.harmonics(frequency, new double[] {1, second, 0.3 * second});
      return Synth.faded(tone, seconds * 0.35);
    }
  }

  /** One syllable over and over, up to forty times a second, slower or faster towards its end. */
  private static void trill(float[] out, Draw draw) {
    double rate = draw.ratioBetween(7, 40);
    Syllable drawn = Syllable.drawn(draw.ratioBetween(2500, 6000), draw);
    Syllable syllable =
        new Syllable(
            draw.between(0.5, 0.95) / rate,
            drawn.pitch,
            draw.between(-0.6, 0.6),
            drawn.arch,
            0,
            1,
            drawn.second);
    double lasts = draw.between(0.5, 3);
    double drift = draw.between(0.99, 1.01);
    double t = draw.between(0, 0.4);
    while (t * Synth.RATE < out.length) {
      double step = 1 / rate;
      int notes = Math.max(4, (int) (lasts * rate));
      for (int k = 0; k < notes; k++) {
        double rise = Math.min(1, 0.3 + 4.0 * k / notes);
        Synth.add(out, syllable.sung(draw), Synth.samples(t), rise * draw.between(0.85, 1));
        t += step;
        step *= drift;
      }
      t += draw.between(0.3, 1.2);
    }
  }

  /** Slow pure notes, as of a blackbird or robin. */
  private static void whistle(float[] out, Draw draw) {
    double base = draw.ratioBetween(1300, 4000);
    double t = draw.between(0, 0.5);
    while (t * Synth.RATE < out.length) {
      for (int k = 2 + draw.index(6); k > 0; k--) {
        double seconds = draw.between(0.08, 0.45);
        int n = Synth.samples(seconds);
        double from = base * draw.ratioBetween(0.75, 1.35);
        double to = from * draw.ratioBetween(0.85, 1.2);
        double[] frequency = new double[n];
        for (int i = 0; i < n; i++) {
          double s = 0.5 - 0.5 * Math.cos(Math.PI * i / n);
          frequency[i] = from + (to - from) * s;
        }
        float[] note = Synth.harmonics(frequency, new double[] {1, 0.06, 0.03});
        Synth.add(out, Synth.faded(note, seconds / 4), Synth.samples(t), draw.between(0.5, 1));
        t += seconds + draw.between(0.01, 0.15);
      }
      t += draw.between(0.2, 1.5);
    }
  }

  /** Single chirps with many harmonics, as of sparrows, and several birds at once. */
  private static void chirp(float[] out, Draw draw) {
    int birds = draw.of(1, 1, 2, 4, 7);
    for (int bird = 0; bird < birds; bird++) {
      Syllable own = Syllable.drawn(draw.ratioBetween(2000, 5000), draw);
      double gap = draw.ratioBetween(0.12, 0.9);
      double near = draw.between(0.2, 1);
      for (double t = draw.between(0, gap);
          t * Synth.RATE < out.length;
          t += own.seconds + gap * draw.between(0.5, 1.5)) {
        Synth.add(out, own.sung(draw), Synth.samples(t), near * draw.between(0.6, 1));
      }
    }
  }

  /** A harsh voice: pitch, its rise and fall, how it shakes, harmonics, and breath. */
  private record Call(
      double pitch,
      double rise,
      double fall,
      double rough,
      double roughRate,
      int harmonics,
      double breath) {
    float[] called(double seconds, double throat, Draw draw) {
      int n = Synth.samples(seconds);
      double[] frequency = new double[n];
      float[] shake = Synth.wander(n, roughRate, draw);
      for (int i = 0; i < n; i++) {
        double s = (double) i / n;
        double curve = s < 0.3 ? 1 + (rise - 1) * s / 0.3 : rise + (fall - rise) * (s - 0.3) / 0.7;
        frequency[i] = pitch * curve * (1 + rough * shake[i]);
      }
      double[] amplitudes = new double[harmonics];
      for (int h = 0; h < harmonics; h++) {
        double off = Math.log(pitch * (h + 1) / throat) / Math.log(2);
        amplitudes[h] = 0.08 + Math.exp(-1.2 * off * off);
      }
      float[] tone = Synth.levelled(Synth.harmonics(frequency, amplitudes));
      float[] air = Synth.levelled(Synth.bandPass(Synth.white(n, draw), throat, 0.8));
      Synth.add(tone, air, 0, breath);
      return Synth.faded(tone, seconds / 5);
    }
  }

  /** The same call several times. */
  private static void calls(float[] out, Call call, double seconds, Draw draw) {
    double throat = draw.ratioBetween(1000, 2200);
    double length = seconds * draw.between(0.6, 1.5);
    double gap = draw.between(0.05, 0.4);
    double t = draw.between(0, 0.5);
    while (t * Synth.RATE < out.length) {
      double force = 1;
      for (int k = 1 + draw.index(6); k > 0; k--) {
        double lasts = length * draw.between(0.8, 1.2);
        Synth.add(out, call.called(lasts, throat, draw), Synth.samples(t), force);
        t += lasts + gap * draw.between(0.7, 1.3);
        force *= draw.between(0.8, 1.05);
      }
      t += draw.between(0.2, 1.5);
    }
  }

  /** Cock-a-doodle-doo: short, short, higher, long and falling. */
  private static void crow(float[] out, Draw draw) {
    double pitch = draw.between(420, 800);
    double throat = draw.ratioBetween(1200, 2600);
    double[] notes = {1, 1.2, 1.45, 1.3};
    double[] lengths = {0.16, 0.18, 0.35, 0.9};
    double slow = draw.between(0.8, 1.2);
    double t = draw.between(0, 0.5);
    while (t * Synth.RATE < out.length) {
      for (int k = 0; k < notes.length; k++) {
        boolean last = k == notes.length - 1;
        double tune = pitch * notes[k] * draw.between(0.95, 1.05);
        Call call = new Call(tune, 1.08, last ? 0.65 : 0.95, 0.012, 40, 12, 0.15);
        double seconds = lengths[k] * slow;
        Synth.add(out, call.called(seconds, throat, draw), Synth.samples(t), 0.7 + 0.1 * k);
        t += seconds * draw.between(0.95, 1.15);
      }
      t += draw.between(0.6, 2);
    }
  }

  /** Clucks, and now and then the long one after an egg. */
  private static void cluck(float[] out, Draw draw) {
    double pitch = draw.between(280, 620);
    double throat = draw.ratioBetween(900, 2000);
    double gap = draw.between(0.12, 0.5);
    for (double t = draw.between(0, 0.4); t * Synth.RATE < out.length; ) {
      boolean large = draw.chance(0.15);
      double seconds = large ? draw.between(0.3, 0.7) : draw.between(0.04, 0.12);
      Call call = new Call(pitch * (large ? 1.4 : 1), 1.25, large ? 0.9 : 0.7, 0.05, 70, 12, 0.5);
      float[] voice = call.called(seconds, throat, draw);
      Synth.add(out, voice, Synth.samples(t), large ? 1 : draw.between(0.4, 0.9));
      t += seconds + gap * draw.between(0.5, 1.6);
    }
  }

  /** A soft low tone, rolled in the throat. */
  private static void coo(float[] out, Draw draw) {
    double pitch = draw.between(290, 560);
    double roll = draw.chance(0.6) ? draw.between(15, 32) : 0;
    double[] lengths =
        draw.of(
            new double[] {0.25, 0.6, 0.35}, new double[] {0.3, 0.3, 0.6, 0.3}, new double[] {1});
    double t = draw.between(0, 0.4);
    while (t * Synth.RATE < out.length) {
      for (double length : lengths) {
        Call call = new Call(pitch * draw.between(0.95, 1.08), 1.1, 0.93, 0.01, 15, 3, 0.05);
        float[] voice = call.called(length, pitch, draw);
        for (int i = 0; i < voice.length; i++) {
          voice[i] *= (float) (1 + 0.7 * Math.sin(2 * Math.PI * roll * i / Synth.RATE));
        }
        Synth.add(out, voice, Synth.samples(t), draw.between(0.7, 1));
        t += length * draw.between(1.05, 1.3);
      }
      t += draw.between(0.2, 0.9);
    }
  }

  private static void hoot(float[] out, Draw draw) {
    double pitch = draw.between(320, 900);
    double[] lengths = draw.of(new double[] {0.5}, new double[] {0.4, 0.12, 0.12, 0.8});
    double quaver = draw.chance(0.5) ? draw.between(0, 0.03) : 0;
    double t = draw.between(0, 0.5);
    while (t * Synth.RATE < out.length) {
      for (double length : lengths) {
        Call call = new Call(pitch, 1.04, 0.92, quaver, 12, 3, 0.08);
        Synth.add(out, call.called(length, pitch, draw), Synth.samples(t), draw.between(0.7, 1));
        t += length + draw.between(0.05, 0.35);
      }
      t += draw.between(0.4, 1.6);
    }
  }

  private static void cuckoo(float[] out, Draw draw) {
    double pitch = draw.between(580, 780);
    double gap = draw.between(0.6, 1.1);
    for (double t = draw.between(0, 0.6); t * Synth.RATE < out.length; t += gap) {
      for (double tone : new double[] {1, 0.8}) {
        Call call = new Call(pitch * tone, 1.02, 0.97, 0.002, 10, 3, 0.03);
        Synth.add(out, call.called(0.2, pitch, draw), Synth.samples(t), 1);
        t += 0.28;
      }
    }
  }
}
