package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/**
 * Combustion engines of cars, lorries, buses, motorbikes and mopeds: idling, revving, pulling away
 * through the gears, passing, being started.
 *
 * <p>A cylinder of a four-stroke engine fires every second turn, that of a two-stroke every turn.
 * Each firing blows into the exhaust pipe and knocks on the block; that every cylinder blows a
 * little differently, and no cycle like the one before, gives the half orders and the roughness by
 * which an ear knows an engine. Beside that sound the intake, the fan, whining belts and gears, and
 * tyres where the vehicle moves.
 */
final class Engines implements SoundGenerator {
  /**
   * Revolutions a minute at idle and at most, and how much of the sound is clatter, in decibels.
   */
  enum Kind {
    PETROL(600, 1050, 4800, -11, 2),
    DIESEL(600, 900, 3800, -1, 7),
    LORRY(450, 750, 2300, -3, 5),
    MOTORBIKE(850, 1500, 7500, -8, 2),
    TWO_STROKE(1300, 2600, 8000, -6, 3);

    private final double slowest;
    private final double fastest;
    private final double top;
    private final double clatter;
    private final double knock;

    Kind(double slowest, double fastest, double top, double clatter, double knock) {
      this.slowest = slowest;
      this.fastest = fastest;
      this.top = top;
      this.clatter = clatter;
      this.knock = knock;
    }

    private int cylinders(Draw draw) {
      return switch (this) {
        case PETROL -> draw.of(3, 4, 4, 4, 4, 5, 6, 8, 12);
        case DIESEL -> draw.of(1, 3, 4, 4, 4, 6);
        case LORRY -> draw.of(4, 6, 6, 6, 8);
        case MOTORBIKE -> draw.of(1, 2, 2, 4);
        case TWO_STROKE -> draw.of(1, 1, 2);
      };
    }
  }

  /** What the driver does. */
  enum Motion {
    IDLING,
    REVVING,
    PULLING_AWAY,
    PASSING,
    STARTING;

    private static Motion drawn(Draw draw) {
      return draw.chance(0.55)
          ? IDLING
          : draw.of(REVVING, REVVING, PULLING_AWAY, PASSING, PASSING, STARTING);
    }
  }

  @Override
  public float[] generate(int samples, Draw draw) {
    Kind kind =
        draw.of(
            Kind.PETROL,
            Kind.PETROL,
            Kind.DIESEL,
            Kind.DIESEL,
            Kind.LORRY,
            Kind.MOTORBIKE,
            Kind.TWO_STROKE);
    return generate(kind, kind.cylinders(draw), Motion.drawn(draw), samples, draw);
  }

  /** The sound of an engine of so many cylinders. */
  static float[] generate(Kind kind, int cylinders, Motion motion, int samples, Draw draw) {
    Drive drive = Drive.of(kind, motion, samples, draw);
    double turns = kind == Kind.TWO_STROKE ? 1 : 2;
    float[] blows = new float[samples];
    float[] knocks = new float[samples];
    fire(kind, cylinders, turns, drive, blows, knocks, draw);

    float[] out = new float[samples];
    exhaust(out, blows, draw);
    clatter(out, knocks, kind.clatter + draw.between(-7, 7), draw);
    air(out, blows, drive, draw);
    whine(out, drive, draw);
    if (motion == Motion.PASSING || motion == Motion.PULLING_AWAY) {
      tyres(out, drive, draw);
    }
    for (int i = 0; i < samples; i++) {
      out[i] *= drive.level[i];
    }
    return motion == Motion.STARTING ? started(out, drive, draw) : out;
  }

  /** What the engine is made to do: turns a second, load (0 to 1), and how near it is. */
  private record Drive(double[] turns, float[] load, float[] level, int caught) {
    static Drive of(Kind kind, Motion motion, int samples, Draw draw) {
      double idle = draw.between(kind.slowest, kind.fastest) / 60;
      double top = Math.max(1.5 * idle, kind.top / 60 * draw.between(0.5, 1));
      double[] turns = new double[samples];
      float[] load = new float[samples];
      float[] level = new float[samples];
      float[] hunting = Synth.wander(samples, draw.between(0.5, 3), draw);
      double hunts = draw.ratioBetween(0.003, 0.04);
      int caught = motion == Motion.STARTING ? Synth.samples(draw.between(0.5, 1.4)) : 0;
      double[] pressed = Pedal.of(motion, caught, draw).pressed(samples);
      double speed = pressed[0];
      double passed = draw.between(0.3, 0.7) * samples;
      double width = draw.ratioBetween(0.4, 2.5) * Synth.RATE;
      double fast = draw.between(0.01, 0.06);
      double slack = motion == Motion.PASSING ? 0 : 1 - Math.exp(-1 / (0.12 * Synth.RATE));
      for (int i = 0; i < samples; i++) {
        speed = slack == 0 ? pressed[i] : speed + slack * (pressed[i] - speed);
        double from = (i - passed) / width;
        double nearness = 1 / Math.sqrt(1 + from * from);
        boolean moves = motion == Motion.PASSING;
        double doppler = moves ? 1 - fast * from * nearness : 1;
        turns[i] = (idle + (top - idle) * speed) * (1 + hunts * hunting[i]) * doppler;
        load[i] = (float) Math.max(0, Math.min(1, 0.15 + 0.85 * speed + 2 * (pressed[i] - speed)));
        level[i] = (float) ((moves ? nearness * nearness : 1) * (0.45 + 0.55 * load[i]));
      }
      return new Drive(turns, load, level, caught);
    }
  }

  /** Where the throttle wants the engine: straight lines between points, 0 idle to 1 top. */
  private record Pedal(int[] at, double[] to) {
    static Pedal of(Motion motion, int caught, Draw draw) {
      int points = 64;
      int[] at = new int[points];
      double[] to = new double[points];
      double now = motion == Motion.PASSING ? draw.between(0.2, 0.6) : 0;
      at[0] = caught;
      to[0] = motion == Motion.STARTING ? draw.between(0.1, 0.3) : now;
      for (int k = 1; k < points; k++) {
        double seconds =
            switch (motion) {
              case IDLING, STARTING -> 0.6;
              case REVVING -> k % 2 == 1 ? draw.between(0.1, 0.7) : draw.between(0.3, 1.5);
              case PULLING_AWAY -> k % 2 == 1 ? draw.between(0.9, 2.5) : draw.between(0.15, 0.5);
              case PASSING -> draw.between(0.5, 2);
            };
        at[k] = at[k - 1] + Synth.samples(seconds);
        to[k] =
            switch (motion) {
              case IDLING, STARTING -> 0;
              case REVVING -> k % 2 == 1 ? draw.between(0.15, 1) : draw.between(0, 0.1);
              // Each gear from lower up; the change of gear lets the engine fall by about a third.
              case PULLING_AWAY ->
                  k % 2 == 1 ? draw.between(0.6, 0.9) : to[k - 1] * draw.between(0.4, 0.65);
              case PASSING -> to[k - 1] * draw.between(0.97, 1.03);
            };
      }
      return new Pedal(at, to);
    }

    double[] pressed(int samples) {
      double[] pressed = new double[samples];
      int k = 1;
      for (int i = 0; i < samples; i++) {
        while (k < at.length - 1 && at[k] < i) {
          k++;
        }
        double share = Math.max(0, Math.min(1, (double) (i - at[k - 1]) / (at[k] - at[k - 1])));
        pressed[i] = to[k - 1] + (to[k] - to[k - 1]) * share;
      }
      return pressed;
    }
  }

  /** Writes each firing into both tracks. */
  private static void fire(
      Kind kind,
      int cylinders,
      double turns,
      Drive drive,
      float[] blows,
      float[] knocks,
      Draw draw) {
    double[] angle = new double[cylinders];
    double[] strength = new double[cylinders];
    double uneven = draw.chance(0.3) ? 0.12 : 0.01;
    double unlike = draw.between(0.05, 0.35);
    // A V of two on one crank pin fires at 315° and 405° of 720°.
    boolean gallop = kind == Kind.MOTORBIKE && cylinders == 2 && draw.chance(0.6);
    for (int c = 0; c < cylinders; c++) {
      angle[c] = (c + uneven * draw.between(-0.5, 0.5)) / cylinders;
      strength[c] = 1 - unlike * draw.between(0, 1);
    }
    if (gallop) {
      angle[1] = 315.0 / 720;
    }
    double variation = draw.ratioBetween(0.03, 0.3);
    double misfires = draw.chance(0.15) ? draw.between(0.01, 0.08) : 0;
    double width = draw.between(0.15, 0.45);
    double ticks = draw.between(0.1, 0.8);
    double tickAt = draw.between(0.2, 0.8);
    double sharp = draw.ratioBetween(0.0006, 0.003);
    double turbulence = draw.between(0.1, 0.6);
    double phase = draw.between(0, 1);
    int next = 0;
    while (next < cylinders && angle[next] < phase) {
      next++;
    }
    next %= cylinders;
    for (int i = drive.caught; i < blows.length; i++) {
      double step = drive.turns[i] / turns / Synth.RATE;
      phase += step;
      boolean wrapped = phase >= 1;
      if (next > 0 ? phase >= angle[next] || wrapped : wrapped) {
        double force = strength[next] * Math.max(0, 1 + variation * draw.normal());
        if (draw.chance(misfires)) {
          force *= 0.1;
        }
        force *= 0.5 + 0.5 * drive.load[i];
        double interval = 1 / (step * cylinders);
        blow(blows, i, force, width * Math.min(interval, 0.02 * Synth.RATE), turbulence, draw);
        knock(knocks, i, force * Math.exp(kind.knock * 0.08 * draw.normal()), sharp, draw);
        int valve = i + (int) (interval * (tickAt + 0.05 * draw.normal()));
        knock(knocks, valve, ticks * draw.between(0.4, 1), sharp / 2, draw);
        next = (next + 1) % cylinders;
      }
      if (wrapped) {
        phase -= 1;
      }
    }
  }

  /** Gas leaving: a steep rise, a slow fall, and turbulence on it. */
  private static void blow(
      float[] into, int at, double force, double length, double turbulence, Draw draw) {
    int n = Math.max(4, (int) length);
    for (int k = 0; k < n && at + k < into.length; k++) {
      double s = (double) k / n;
      double shape = s < 0.2 ? 5 * s : (1 - s) * (1 - s) * 1.5625;
      into[at + k] += (float) (force * shape * (1 + turbulence * draw.between(-1, 1)));
    }
  }

  private static void knock(float[] into, int at, double force, double seconds, Draw draw) {
    double decay = Math.exp(-1 / (seconds * Synth.RATE));
    double gain = force;
    for (int i = Math.max(0, at); i < into.length && gain > 0.02 * force; i++) {
      into[i] += (float) (gain * draw.between(-1, 1));
      gain *= decay;
    }
  }

  /** Two echoes of the pipe's end; the silencer takes the high, and lets some through. */
  private static void exhaust(float[] out, float[] blows, Draw draw) {
    float[] gas = Synth.highPass(blows.clone(), draw.between(25, 60));
    Synth.pipe(gas, draw.between(0.6, 3.5), draw.between(0.3, 0.75), draw.between(0.2, 0.8));
    Synth.pipe(gas, draw.between(0.15, 0.6), draw.between(0.1, 0.6), draw.between(0.2, 0.8));
    float[] silenced = Synth.lowPass(gas.clone(), draw.ratioBetween(120, 900));
    Synth.mix(out, silenced, 0);
    Synth.mix(out, Synth.bandPass(gas, draw.ratioBetween(250, 2200), 0.5), draw.between(-14, 2));
  }

  /** Knocks of combustion and of valves, as block and covers ring. */
  private static void clatter(float[] out, float[] knocks, double decibels, Draw draw) {
    float[] rung = new float[knocks.length];
    int bands = 4;
    double dull = draw.between(1, 9);
    for (int b = 0; b < bands; b++) {
      double frequency = 500 * Math.pow(2, b + draw.between(-0.6, 0.6));
      Synth.mix(
          rung,
          Synth.bandPass(knocks.clone(), frequency, draw.ratioBetween(0.8, 4)),
          -dull * b + draw.between(-4, 4));
    }
    Synth.mix(out, rung, decibels);
  }

  /** Air drawn in, blown out and moved by the fan, in time with the firing or not. */
  private static void air(float[] out, float[] blows, Drive drive, Draw draw) {
    float[] rush = Synth.lowPass(Synth.pink(out.length, draw), draw.ratioBetween(800, 9000));
    double beat = draw.between(0, 2);
    double smooth = 1 - Math.exp(-1 / (0.004 * Synth.RATE));
    double envelope = 0;
    double mean = 0;
    for (float v : blows) {
      mean += Math.abs(v) / blows.length;
    }
    for (int i = 0; i < rush.length; i++) {
      envelope += smooth * (Math.abs(blows[i]) / (mean + 1e-9) - envelope);
      rush[i] *= (float) ((1 + beat * envelope) * (0.3 + drive.load[i]));
    }
    Synth.mix(out, rush, draw.between(-20, -2));
  }

  /** Belts, alternator, turbocharger, gears: tones bound to the crankshaft by high ratios. */
  private static void whine(float[] out, Drive drive, Draw draw) {
    if (draw.chance(0.45)) {
      return;
    }
    double ratio = draw.ratioBetween(6, 45);
    double[] frequency = new double[out.length];
    for (int i = 0; i < frequency.length; i++) {
      frequency[i] = ratio * drive.turns[i];
    }
    double[] amplitudes = {1, draw.between(0, 0.7), draw.between(0, 0.5), draw.between(0, 0.3)};
    Synth.mix(out, Synth.harmonics(frequency, amplitudes), draw.between(-30, -12));
  }

  private static void tyres(float[] out, Drive drive, Draw draw) {
    float[] road = Synth.bandPass(Synth.pink(out.length, draw), draw.ratioBetween(500, 1400), 0.4);
    for (int i = 0; i < road.length; i++) {
      road[i] *= 0.4f + drive.load[i];
    }
    Synth.mix(out, road, draw.between(-12, 6));
  }

  /** The starter turns the engine over against its compressions until it catches. */
  private static float[] started(float[] out, Drive drive, Draw draw) {
    int n = Math.min(drive.caught, out.length);
    double compressions = draw.between(5, 12);
    double[] frequency = new double[n];
    double pitch = draw.between(150, 450);
    for (int i = 0; i < n; i++) {
      frequency[i] = pitch * (1 + 0.08 * Math.sin(2 * Math.PI * compressions * i / Synth.RATE));
    }
    float[] starter = Synth.harmonics(frequency, new double[] {1, 0.9, 0.8, 0.7, 0.5, 0.4, 0.3});
    Synth.add(starter, Synth.bandPass(Synth.white(n, draw), draw.between(1500, 3500), 0.7), 0, 2);
    for (int i = 0; i < n; i++) {
      double labour = 0.6 + 0.4 * Math.sin(2 * Math.PI * compressions * i / Synth.RATE);
      starter[i] *= (float) labour;
    }
    Synth.mix(out, Synth.faded(starter, 0.02), draw.between(-8, 4));
    return out;
  }
}
