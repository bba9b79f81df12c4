package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/**
 * Falling, breaking, slamming and bursting things: a blow, what rings and breaks after it, what
 * bounces, and the room's answer; then a while of silence.
 *
 * <p>Solids ring in modes of their own that die the faster the higher they are. What bounces comes
 * back after times that shrink by the same ratio each time. Pieces of glass fly apart at the blow
 * and land together when they have fallen, ever fewer after either.
 */
final class Impacts implements SoundGenerator {
  enum Kind {
    GLASS,
    POTTERY,
    METAL,
    WOOD,
    DOOR,
    THUD,
    BANG,
    DEBRIS,
    CRASH
  }

  /** How the room answers: seconds until its echoes fell by 60 dB, their level and brightness. */
  private record Room(double seconds, double gain, double bright) {
    static Room drawn(Draw draw) {
      return new Room(
          draw.ratioBetween(0.15, 1.6), draw.ratioBetween(0.03, 0.5), draw.between(0.2, 0.9));
    }
  }

  /** The frequencies at which a thing rings, for how long and how loud each. */
  private record Modes(double[] hertz, double[] seconds, double[] gain) {
    /** Drawn between two frequencies; the lowest rings for so many seconds. */
    static Modes drawn(int count, double low, double high, double rings, double tilt, Draw draw) {
      double[] hertz = new double[count];
      double[] seconds = new double[count];
      double[] gain = new double[count];
      for (int m = 0; m < count; m++) {
        hertz[m] = m == 0 ? low : Math.min(11000, draw.ratioBetween(low, high));
        double octaves = Math.log(hertz[m] / low) / Math.log(2);
        seconds[m] = rings * Math.pow(0.65, octaves) * draw.between(0.5, 1.5);
        gain[m] = Math.pow(10, -tilt * octaves / 20) * draw.between(0.3, 1);
      }
      return new Modes(hertz, seconds, gain);
    }

    /** Struck somewhere with something: each mode takes another share of the blow. */
    void strike(float[] into, int at, double force, Draw draw) {
      for (int m = 0; m < hertz.length; m++) {
        float[] ping = Synth.ping(hertz[m], seconds[m], 0);
        Synth.add(into, ping, at, force * gain[m] * draw.between(0.5, 1));
      }
    }
  }

  @Override
  public float[] generate(int samples, Draw draw) {
    Kind kind =
        draw.of(
            Kind.GLASS,
            Kind.GLASS,
            Kind.GLASS,
            Kind.POTTERY,
            Kind.METAL,
            Kind.METAL,
            Kind.WOOD,
            Kind.DOOR,
            Kind.DOOR,
            Kind.THUD,
            Kind.BANG,
            Kind.BANG,
            Kind.DEBRIS,
            Kind.CRASH);
    return generate(kind, samples, draw);
  }

  static float[] generate(Kind kind, int samples, Draw draw) {
    float[] out = new float[samples];
    double pause = draw.ratioBetween(0.15, 1.6);
    double t = draw.between(0.02, 0.5);
    while (t * Synth.RATE < samples) {
      float[] event = event(kind, draw);
      Synth.add(out, event, Synth.samples(t), draw.between(0.6, 1));
      t += event.length / Synth.RATE * draw.between(0.6, 1) + pause * draw.between(0.5, 1.5);
    }
    answer(out, Room.drawn(draw), draw);
    float[] still = Synth.pink(samples, draw);
    double loudest = Effects.peak(out);
    Synth.add(out, still, 0, loudest * draw.ratioBetween(1e-5, 1e-2));
    return out;
  }

  private static float[] event(Kind kind, Draw draw) {
    float[] out = new float[Synth.samples(draw.between(1.2, 2.2))];
    switch (kind) {
      case GLASS -> shatter(out, 0, draw.ratioBetween(1400, 3500), 11000, draw);
      case POTTERY -> shatter(out, 0, draw.ratioBetween(500, 1300), 5500, draw);
      case METAL -> metal(out, draw);
      case WOOD -> wood(out, draw);
      case DOOR -> door(out, draw);
      case THUD -> thud(out, 0, 1, draw);
      case BANG -> bang(out, draw);
      case DEBRIS -> debris(out, draw);
      case CRASH -> {
        thud(out, 0, 1.5, draw);
        noise(out, 0, draw.between(0.04, 0.15), draw.ratioBetween(600, 3000), 0.4, 1.2, draw);
        metal(out, draw);
        shatter(out, Synth.samples(draw.between(0.01, 0.2)), 2000, 10000, draw);
      }
    }
    if (draw.chance(0.4)) {
      // The floor or wall that is hit sounds as well.
      thud(out, 0, draw.between(0.2, 1), draw);
    }
    return Synth.faded(out, 0.001);
  }

  /** A blow, a crash of pieces, and splinters that land where they fall. */
  private static void shatter(float[] out, int at, double low, double high, Draw draw) {
    double pane = draw.ratioBetween(150, 900);
    Modes.drawn(5, pane, 8 * pane, draw.between(0.01, 0.05), 3, draw).strike(out, at, 0.8, draw);
    double crash = draw.ratioBetween(0.015, 0.12);
    noise(out, at, crash, draw.ratioBetween(1500, 6000), 0.35, draw.between(0.5, 1.5), draw);
    double rings = draw.ratioBetween(0.004, 0.04);
    double dies = draw.ratioBetween(0.08, 0.5);
    int pieces = (int) draw.ratioBetween(15, 110);
    double falls = draw.chance(0.6) ? draw.between(0.2, 0.55) : 0;
    for (int k = 0; k < pieces; k++) {
      double later = -dies * Math.log(1 - draw.between(0, 1));
      boolean lands = falls > 0 && draw.chance(0.5);
      int when = at + Synth.samples(later + (lands ? falls : 0));
      double base = draw.ratioBetween(low, high);
      double force = 0.5 * Math.exp(-0.5 * later / dies + 0.7 * draw.normal());
      for (int m = 0; m < 3; m++) {
        double hertz = Math.min(11500, base * (m == 0 ? 1 : draw.between(1.1, 2.8)));
        double seconds = rings * draw.ratioBetween(0.4, 2) * Math.sqrt(low / hertz);
        float[] ping = Synth.ping(hertz, seconds, 0);
        Synth.add(out, ping, when, force * (m == 0 ? 1 : 0.5));
      }
    }
  }

  /** Plates, pans, pipes, tools: struck once, dropped and bouncing, or spinning to rest. */
  private static void metal(float[] out, Draw draw) {
    double low = draw.ratioBetween(150, 1800);
    double rings = draw.ratioBetween(0.03, 0.6);
    Modes modes = Modes.drawn(8 + draw.index(8), low, Math.min(10000, 18 * low), rings, 1.5, draw);
    double click = draw.between(0.2, 1.5);
    bounces(
        out,
        draw,
        (at, force) -> {
          modes.strike(out, at, force, draw);
          noise(out, at, 0.002, 4000, 0.4, click * force, draw);
        });
  }

  /** Planks, logs and boxes. */
  private static void wood(float[] out, Draw draw) {
    double low = draw.ratioBetween(90, 600);
    double rings = draw.ratioBetween(0.008, 0.04);
    Modes modes = Modes.drawn(6, low, 12 * low, rings, 4, draw);
    double clack = draw.between(0.3, 2);
    double colour = draw.ratioBetween(600, 3000);
    bounces(
        out,
        draw,
        (at, force) -> {
          modes.strike(out, at, force, draw);
          noise(out, at, 0.006, colour, 0.5, clack * force, draw);
        });
  }

  @FunctionalInterface
  private interface Blow {
    void at(int sample, double force);
  }

  /** One blow, or several: each comes sooner and is weaker than the one before. */
  private static void bounces(float[] out, Draw draw, Blow blow) {
    int count = draw.chance(0.35) ? 1 : 2 + draw.index(9);
    double gap = draw.between(0.08, 0.4);
    double bounce = draw.between(0.55, 0.88);
    double t = 0;
    double force = 1;
    for (int k = 0; k < count && t * Synth.RATE < out.length; k++) {
      blow.at(Synth.samples(t), force * draw.between(0.7, 1));
      t += gap * draw.between(0.9, 1.1);
      gap *= bounce;
      force *= bounce;
    }
  }

  /** A latch, the leaf on its frame, and what rattles with it. */
  private static void door(float[] out, Draw draw) {
    double shut = draw.chance(0.5) ? draw.between(0.03, 0.15) : 0;
    if (shut > 0) {
      noise(out, 0, 0.003, draw.ratioBetween(1500, 5000), 1, draw.between(0.1, 0.4), draw);
    }
    int at = Synth.samples(shut);
    double leaf = draw.ratioBetween(50, 180);
    Modes.drawn(6, leaf, 10 * leaf, draw.ratioBetween(0.03, 0.12), 5, draw)
        .strike(out, at, 1, draw);
    double wide = draw.ratioBetween(0.01, 0.06);
    noise(out, at, wide, draw.ratioBetween(300, 1800), 0.4, draw.between(0.5, 2.5), draw);
    int rattles = draw.index(8);
    for (int k = 0; k < rattles; k++) {
      int later = at + Synth.samples(draw.between(0.01, 0.25));
      double force = draw.ratioBetween(0.05, 0.5);
      noise(out, later, 0.006, draw.ratioBetween(800, 4000), 0.8, force, draw);
    }
  }

  /** Something heavy and soft. */
  private static void thud(float[] out, int at, double force, Draw draw) {
    double low = draw.ratioBetween(40, 140);
    Modes.drawn(4, low, 5 * low, draw.ratioBetween(0.02, 0.09), 5, draw)
        .strike(out, at, force, draw);
    double colour = draw.ratioBetween(150, 1200);
    noise(out, at, draw.between(0.01, 0.04), colour, 0.5, force * draw.between(0.3, 2), draw);
  }

  /** Shots and explosions: a front, noise that grows duller as it dies, echoes, rumble. */
  private static void bang(float[] out, Draw draw) {
    noise(out, 0, draw.ratioBetween(0.002, 0.02), draw.ratioBetween(800, 5000), 0.3, 2, draw);
    double bright = draw.ratioBetween(0.02, 0.12);
    noise(out, 0, bright, draw.ratioBetween(600, 2500), 0.35, 1, draw);
    noise(out, 0, bright * draw.between(1.5, 3), draw.ratioBetween(100, 500), 0.5, 1.2, draw);
    float[] first = out.clone();
    int echoes = draw.index(5);
    for (int k = 0; k < echoes; k++) {
      Synth.add(out, first, Synth.samples(draw.between(0.02, 0.6)), draw.between(0.05, 0.4));
    }
  }

  /** Stones, bricks and boards coming down, ever fewer. */
  private static void debris(float[] out, Draw draw) {
    double low = draw.ratioBetween(120, 1200);
    int pieces = (int) draw.ratioBetween(12, 80);
    double dies = draw.between(0.15, 0.7);
    for (int k = 0; k < pieces; k++) {
      int at = Synth.samples(-dies * Math.log(1 - draw.between(0, 1)));
      double force = Math.exp(0.8 * draw.normal());
      double hertz = draw.ratioBetween(low, 8 * low);
      Synth.add(out, Synth.ping(hertz, draw.between(0.004, 0.02), 0), at, 0.5 * force);
      noise(out, at, draw.between(0.003, 0.015), draw.ratioBetween(500, 5000), 0.6, force, draw);
    }
  }

  /** A burst of noise of a colour, with a peak of about {@code force}. */
  private static void noise(
      float[] out, int at, double seconds, double colour, double q, double force, Draw draw) {
    float[] burst = Synth.bandPass(Synth.burst(seconds, draw), colour, q);
    Synth.add(out, burst, at, force / (Effects.peak(burst) + 1e-9));
  }

  /** Adds what the room sends back from all sides: Schroeder's combs and all-passes, damped. */
  private static void answer(float[] x, Room room, Draw draw) {
    float[] late = new float[x.length];
    for (int c = 0; c < 4; c++) {
      int delay = Synth.samples(draw.between(0.011, 0.043));
      double back = Math.pow(10, -3 * delay / (room.seconds * Synth.RATE));
      float[] comb = x.clone();
      double dull = 0;
      for (int i = delay; i < comb.length; i++) {
        dull += room.bright * (comb[i - delay] - dull);
        comb[i] += (float) (back * dull);
        late[i] += (float) (back * dull);
      }
    }
    for (double seconds : new double[] {0.0051, 0.0017}) {
      int delay = Synth.samples(seconds * draw.between(0.8, 1.2));
      float[] in = late.clone();
      for (int i = delay; i < late.length; i++) {
        late[i] = -0.7f * in[i] + in[i - delay] + 0.7f * late[i - delay];
      }
    }
    Synth.add(x, late, 0, room.gain);
  }
}
