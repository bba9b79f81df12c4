package org.hearsight.simulator.sound;

import org.hearsight.simulator.draw.Draw;

/**
 * Trains, trams and what belongs to them: wheels on welded rails or over joints, flange squeal,
 * diesel, electric and steam traction, brakes, horns, whistles and the bell of a level crossing.
 */
final class Trains implements SoundGenerator {
  /** What is heard first of all. */
  enum Kind {
    WAGONS,
    DIESEL,
    ELECTRIC,
    STEAM,
    HORN,
    WHISTLE,
    CROSSING,
    BRAKING
  }

  /**
   * Horns of locomotives, in hertz: Nathan K5LA, K3LA and P5, Leslie S3L, the two tones of British
   * and of German trains, a single one.
   */
  private static final double[][] HORNS = {
    {311, 370, 415, 494, 622},
    {311, 370, 494},
    {277, 330, 392, 440, 554},
    {255, 311, 440},
    {311, 370},
    {370, 660},
    {300}
  };

  @Override
  public float[] generate(int samples, Draw draw) {
    Kind kind =
        draw.of(
            Kind.WAGONS,
            Kind.WAGONS,
            Kind.WAGONS,
            Kind.DIESEL,
            Kind.ELECTRIC,
            Kind.ELECTRIC,
            Kind.STEAM,
            Kind.HORN,
            Kind.HORN,
            Kind.WHISTLE,
            Kind.CROSSING,
            Kind.BRAKING);
    return generate(kind, samples, draw);
  }

  static float[] generate(Kind kind, int samples, Draw draw) {
    double speed = draw.ratioBetween(5, 40);
    float[] out = new float[samples];
    boolean near = kind == Kind.WAGONS || kind == Kind.BRAKING;
    // A horn is mostly heard from far away, with little of the train.
    double rolling = near ? 0 : draw.between(-24, kind == Kind.ELECTRIC ? 0 : -4);
    rolling(out, speed, rolling, draw);
    switch (kind) {
      case WAGONS -> {
        if (draw.chance(0.3)) {
          squeal(out, draw.between(-14, 0), draw);
        }
        if (draw.chance(0.15)) {
          horn(out, draw.between(-6, 6), draw);
        }
      }
      case DIESEL -> {
        int cylinders = draw.of(6, 8, 12);
        Engines.Motion does = draw.of(Engines.Motion.IDLING, Engines.Motion.PULLING_AWAY);
        float[] engine = Engines.generate(Engines.Kind.LORRY, cylinders, does, samples, draw);
        Synth.mix(out, Synth.lowPass(engine, draw.ratioBetween(500, 4000)), 0);
      }
      case ELECTRIC -> motor(out, draw.between(-8, 4), draw);
      case STEAM -> {
        chuffs(out, draw.between(0, 6), draw);
        if (draw.chance(0.3)) {
          whistle(out, draw.between(-6, 4), draw);
        }
      }
      case HORN -> horn(out, draw.between(2, 8), draw);
      case WHISTLE -> whistle(out, draw.between(2, 8), draw);
      case CROSSING -> {
        bell(out, draw.between(0, 6), draw);
        if (draw.chance(0.3)) {
          horn(out, draw.between(-4, 4), draw);
        }
      }
      case BRAKING -> {
        squeal(out, draw.between(-6, 6), draw);
        hiss(out, draw);
      }
    }
    return out;
  }

  /** Wheels on rails: a hump between some 300 Hz and 2 kHz, rumble below, joints, a swell. */
  private static void rolling(float[] out, double speed, double decibels, Draw draw) {
    int samples = out.length;
    double hump = draw.ratioBetween(300, 1600);
    float[] rail = Synth.bandPass(Synth.pink(samples, draw), hump, draw.between(0.3, 0.9));
    float[] x = new float[samples];
    Synth.mix(x, rail, 0);
    Synth.mix(
        x,
        Synth.lowPass(Synth.pink(samples, draw), draw.ratioBetween(60, 300)),
        -3 + draw.between(-18, 9));
    Synth.mix(x, Synth.highPass(Synth.white(samples, draw), 2500), draw.between(-28, -10));
    // A wheel that is not round beats once a turn; wagons come one after the other.
    double wheel = speed / draw.between(2, 3.1);
    double flat = draw.between(0, 0.5);
    float[] wander = Synth.wander(samples, draw.between(0.5, 4), draw);
    double depth = draw.between(0.5, 6) / 8.686;
    for (int i = 0; i < samples; i++) {
      double beat = 1 + flat * Math.sin(2 * Math.PI * wheel * i / Synth.RATE);
      x[i] *= (float) (beat * (1 + depth * wander[i] * (1 + 0.5 * depth * wander[i])));
    }
    if (draw.chance(0.6)) {
      joints(x, speed, draw.between(1.5, 8), draw);
    }
    swell(x, draw);
    Synth.mix(out, x, decibels);
  }

  /**
   * Joints as one hears them from a seat (two axles of each bogie over every joint) or beside the
   * rails (all axles of all wagons over one joint).
   */
  private static void joints(float[] x, double speed, double gain, Draw draw) {
    boolean seated = draw.chance(0.5);
    double axles = draw.between(1.8, 3) / speed;
    double gap = Math.max(2.2 * axles, (seated ? draw.between(12, 25) : 6) / speed);
    double other = seated ? gap : Math.max(2.2 * axles, draw.between(9, 18) / speed);
    double ring = draw.ratioBetween(180, 1600);
    double dull = draw.between(0.006, 0.03);
    double t = draw.between(0, gap);
    for (int k = 0; t * Synth.RATE < x.length; k++) {
      for (int axle = 0; axle < 2; axle++) {
        float[] click = Synth.bandPass(Synth.burst(dull, draw), ring, 1.2);
        float[] thud = Synth.lowPass(Synth.burst(2 * dull, draw), 140);
        int at = Synth.samples(t + axle * axles * draw.between(0.96, 1.04));
        double blow = gain * draw.between(0.5, 1);
        Synth.add(x, click, at, blow);
        Synth.add(x, thud, at, 2 * blow);
      }
      t += (k % 2 == 0 ? gap : other) * draw.between(0.97, 1.03);
    }
  }

  /** Comes, goes, or stays. */
  private static void swell(float[] x, Draw draw) {
    if (draw.chance(0.4)) {
      return;
    }
    double middle = draw.between(-0.3, 1.3) * x.length;
    double width = draw.ratioBetween(1, 6) * Synth.RATE;
    for (int i = 0; i < x.length; i++) {
      double from = (i - middle) / width;
      x[i] *= (float) (1 / (1 + from * from));
    }
  }

  /** Flanges in a curve, or blocks on wheels: a few unsteady tones that come and go. */
  private static void squeal(float[] out, double decibels, Draw draw) {
    float[] x = new float[out.length];
    double lowest = draw.ratioBetween(700, 3500);
    int tones = 1 + draw.index(4);
    for (int k = 0; k < tones; k++) {
      double base = lowest * (k == 0 ? 1 : draw.ratioBetween(1, 3.5));
      float[] drift = Synth.wander(x.length, draw.between(2, 12), draw);
      float[] grip = Synth.wander(x.length, draw.between(1, 9), draw);
      double[] frequency = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        frequency[i] = base * (1 + 0.01 * drift[i]);
      }
      float[] tone = Synth.harmonics(frequency, new double[] {1, 0.4, 0.25, 0.1});
      double open = draw.between(-0.3, 0.6);
      double gain = draw.between(0.2, 1);
      for (int i = 0; i < x.length; i++) {
        x[i] += (float) (gain * Math.max(0, open + grip[i]) * tone[i]);
      }
    }
    float[] scrape = Synth.bandPass(Synth.white(x.length, draw), lowest * 1.5, 2);
    Synth.add(x, scrape, 0, draw.between(0, 0.5));
    Synth.mix(out, x, decibels);
  }

  /** An electric motor and its inverter: tones gliding up or down with the speed. */
  private static void motor(float[] out, double decibels, Draw draw) {
    int n = out.length;
    boolean starts = draw.chance(0.5);
    double from = draw.ratioBetween(60, 500);
    double to = from * draw.ratioBetween(1.2, 5);
    double begin = draw.between(-1, 1.5);
    double lasts = draw.between(2, 7);
    boolean stepped = draw.chance(0.25);
    double carrier = draw.ratioBetween(400, 1800);
    double[] gear = new double[n];
    double[] inverter = new double[n];
    for (int i = 0; i < n; i++) {
      double s = Math.max(0, Math.min(1, (i / Synth.RATE - begin) / lasts));
      gear[i] = from + (to - from) * (starts ? s : 1 - s);
      // An inverter's pulses follow the motor in whole ratios, or keep their own rate.
      double ratio = Math.max(1, Math.rint(carrier / gear[i] / 3) * 3);
      inverter[i] = stepped ? gear[i] * ratio : carrier;
    }
    double[] teeth = new double[12];
    for (int h = 0; h < teeth.length; h++) {
      teeth[h] = draw.chance(0.5) ? draw.between(0.1, 1) / Math.sqrt(h + 1) : 0.05;
    }
    float[] x = new float[n];
    Synth.mix(x, Synth.harmonics(gear, teeth), 0);
    Synth.mix(x, Synth.harmonics(inverter, new double[] {1, 0.6, 0.3, 0.2}), draw.between(-16, 0));
    Synth.mix(x, Synth.bandPass(Synth.pink(n, draw), draw.ratioBetween(300, 2500), 0.5), -6);
    Synth.mix(out, x, decibels);
  }

  /** Four beats of exhaust steam a turn of the wheels, one of them stronger. */
  private static void chuffs(float[] out, double decibels, Draw draw) {
    float[] x = new float[out.length];
    double rate = draw.ratioBetween(1.5, 9);
    double faster = draw.between(0.99, 1.04);
    double colour = draw.ratioBetween(300, 1600);
    double wide = draw.between(0.4, 1.2);
    double[] strength = {1, draw.between(0.5, 1), draw.between(0.5, 1), draw.between(0.5, 1)};
    int beat = 0;
    for (double t = draw.between(0, 1 / rate); t * Synth.RATE < x.length; t += 1 / rate) {
      double length = Math.min(0.25, 0.35 / rate) * draw.between(0.8, 1.2);
      float[] puff = Synth.bandPass(Synth.burst(length, draw), colour, wide);
      int rise = Synth.samples(0.15 * length);
      for (int i = 0; i < rise; i++) {
        puff[i] *= (float) i / rise;
      }
      Synth.add(x, puff, Synth.samples(t), strength[beat++ % 4] * draw.between(0.85, 1.1));
      rate = Math.min(14, rate * faster);
    }
    float[] steam = Synth.bandPass(Synth.white(x.length, draw), draw.ratioBetween(1500, 6000), 0.5);
    Synth.levelled(x);
    Synth.mix(x, steam, draw.between(-28, -8));
    Synth.mix(out, x, decibels);
  }

  /** Reeds of a chord, blown long and short; each comes up to pitch as its air does. */
  private static void horn(float[] out, double decibels, Draw draw) {
    double[] chord = HORNS[draw.index(HORNS.length)];
    double tune = draw.ratioBetween(0.8, 1.25);
    boolean turns = chord.length == 2 && draw.chance(0.6);
    double bright = draw.between(0.7, 0.95);
    double[][] reeds = new double[chord.length][16];
    for (double[] reed : reeds) {
      for (int h = 0; h < reed.length; h++) {
        reed[h] = draw.between(0.3, 1) * Math.pow(bright, h);
      }
    }
    float[] x = new float[out.length];
    double t = draw.between(-0.5, 1.2);
    for (int blast = 0; t * Synth.RATE < x.length; blast++) {
      double seconds = draw.chance(0.6) ? draw.between(0.9, 3.5) : draw.between(0.25, 0.8);
      int length = Synth.samples(seconds);
      for (int r = 0; r < chord.length; r++) {
        if (turns && blast % 2 != r) {
          continue;
        }
        double rise = draw.between(0.02, 0.12) * Synth.RATE;
        float[] shake = Synth.wander(length, 14, draw);
        double[] frequency = new double[length];
        for (int i = 0; i < length; i++) {
          double air = Math.exp(-i / rise);
          frequency[i] = chord[r] * tune * (1 - 0.04 * air + 0.002 * shake[i]);
        }
        float[] reed = Synth.harmonics(frequency, reeds[r]);
        Synth.add(x, Synth.faded(reed, Math.min(0.12, seconds / 4)), Synth.samples(t), 0.5);
      }
      t += seconds + (turns ? 0.02 : draw.between(0.25, 1.5));
    }
    Synth.lowPass(x, draw.ratioBetween(1200, 8000));
    echoed(x, draw);
    Synth.mix(out, x, decibels);
  }

  /** A steam whistle: breathy chord of three, sliding up at first and down at last. */
  private static void whistle(float[] out, double decibels, Draw draw) {
    float[] x = new float[out.length];
    double base = draw.ratioBetween(350, 1100);
    double[] chord = draw.chance(0.6) ? new double[] {1, 1.26, 1.5} : new double[] {1};
    double breath = draw.between(0.3, 2);
    for (double t = draw.between(-0.3, 0.8); t * Synth.RATE < x.length; ) {
      double seconds = draw.between(0.3, 2.4);
      int length = Synth.samples(seconds);
      float[] waver = Synth.wander(length, 9, draw);
      for (double ratio : chord) {
        double[] frequency = new double[length];
        for (int i = 0; i < length; i++) {
          double ends = Math.exp(-i / (0.06 * Synth.RATE)) + Math.exp((i - length) / 2400.0);
          frequency[i] = base * ratio * (1 - 0.12 * ends + 0.006 * waver[i]);
        }
        float[] tone = Synth.harmonics(frequency, new double[] {1, 0.35, 0.3, 0.12, 0.08});
        float[] hiss = Synth.bandPass(Synth.white(length, draw), base * ratio, 12);
        Synth.add(tone, hiss, 0, breath);
        Synth.add(x, Synth.faded(tone, seconds / 6), Synth.samples(t), 1);
      }
      float[] steam = Synth.highPass(Synth.white(length, draw), 2000);
      Synth.add(x, Synth.faded(steam, seconds / 6), Synth.samples(t), 0.15 * breath);
      t += seconds + draw.between(0.2, 1.2);
    }
    echoed(x, draw);
    Synth.mix(out, x, decibels);
  }

  /** What comes back from houses and cuttings. */
  private static void echoed(float[] x, Draw draw) {
    int echoes = draw.index(4);
    float[] dry = x.clone();
    for (int e = 0; e < echoes; e++) {
      Synth.add(x, dry, Synth.samples(draw.between(0.03, 0.5)), draw.between(0.05, 0.4));
    }
  }

  /** One gong or two struck in turn; the electronic ones are purer. */
  private static void bell(float[] out, double decibels, Draw draw) {
    float[] x = new float[out.length];
    double base = draw.ratioBetween(450, 1500);
    double[] partials = {1, 2.1, 2.9, 4.2, 5.4};
    double second = draw.chance(0.4) ? draw.between(0.8, 1.2) : 1;
    double rate = draw.between(1.3, 4.5);
    double rings = draw.ratioBetween(0.06, 0.6);
    double[] gains = new double[partials.length];
    for (int p = 0; p < partials.length; p++) {
      gains[p] = draw.between(0.2, 1) / (1 + p);
    }
    int stroke = 0;
    for (double t = draw.between(0, 1 / rate); t * Synth.RATE < x.length; t += 1 / rate) {
      double pitch = base * (stroke++ % 2 == 0 ? 1 : second);
      for (int p = 0; p < partials.length; p++) {
        float[] ping = Synth.ping(pitch * partials[p], rings / Math.sqrt(1 + p), 0);
        Synth.add(x, ping, Synth.samples(t), gains[p] * draw.between(0.9, 1));
      }
    }
    Synth.mix(out, x, decibels);
  }

  /** Air let out of the brakes. */
  private static void hiss(float[] out, Draw draw) {
    float[] x = new float[out.length];
    for (double t = draw.between(0, 3); t * Synth.RATE < x.length; t += draw.between(0.8, 4)) {
      float[] air = Synth.highPass(Synth.burst(draw.between(0.05, 0.35), draw), 1500);
      Synth.add(x, air, Synth.samples(t), draw.between(0.4, 1));
    }
    Synth.add(out, x, 0, draw.between(0, 2));
  }
}
