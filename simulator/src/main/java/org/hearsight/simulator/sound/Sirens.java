package org.hearsight.simulator.sound;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.hearsight.simulator.draw.Draw;

/**
 * Sirens of vehicles and towns, as {@link Form}s: electronic ones whose driver changes between
 * modes, compressed-air horns in two tones, and rotors that wind up and run down.
 *
 * <p>What makes them recordings rather than formulas comes after: the horn loudspeaker, clipping,
 * echoes, a level and pitch that tell of driving, the vehicle's own noise, and air that dulls.
 */
final class Sirens implements SoundGenerator {
  /** The kinds of sirens, named by what they begin with. */
  enum Form {
    /** Slow sweeps up and down. */
    WAIL,
    /** Quick sweeps. */
    YELP,
    /** Sweeps so quick that they sound rough: phaser, piercer, priority. */
    PIERCER,
    /** Two tones in turn, electronic; now and then three. */
    HI_LO,
    /** Two tones in turn from compressed-air horns (Martin's). */
    PNEUMATIC,
    /** A rotor that chops air, on a vehicle. */
    MECHANICAL,
    /** Rotors on a roof or a mast, heard from afar. */
    TOWN
  }

  private static final Form[] OFTEN = {
    Form.WAIL,
    Form.WAIL,
    Form.WAIL,
    Form.WAIL,
    Form.YELP,
    Form.YELP,
    Form.YELP,
    Form.PIERCER,
    Form.HI_LO,
    Form.HI_LO,
    Form.HI_LO,
    Form.HI_LO,
    Form.PNEUMATIC,
    Form.PNEUMATIC,
    Form.MECHANICAL,
    Form.MECHANICAL,
    Form.TOWN
  };

  private static final double HIGHEST = 1900;

  /** Speed of driving that its pitch tells of, as a share of that of sound. */
  private static final double FASTEST = 0.05;

  @Override
  public float[] generate(int samples, Draw draw) {
    Form form = draw.of(OFTEN);
    // A little more than asked for, as what comes nearer is heard faster.
    int ample = (int) (samples * (1 + FASTEST)) + 8;
    float[] x = dry(form, ample, draw);
    if (draw.chance(0.08)) {
      Synth.add(Synth.levelled(x), Synth.levelled(dry(form, ample, draw)), 0, 0.5);
    }
    float[] heard = form == Form.TOWN ? fromAfar(x, draw) : onTheRoad(x, samples, draw);
    return Arrays.copyOf(heard, samples);
  }

  /** A siren at its mouth. */
  static float[] dry(Form form, int samples, Draw draw) {
    return switch (form) {
      case WAIL, YELP, PIERCER, HI_LO -> electronic(form, samples, draw);
      case PNEUMATIC -> pneumatic(samples, draw);
      case MECHANICAL -> mechanical(samples, draw);
      case TOWN -> town(samples, draw);
    };
  }

  /** A siren amplifier and its horn loudspeaker. */
  private static float[] electronic(Form first, int samples, Draw draw) {
    double low = draw.ratioBetween(400, 850);
    double high = Math.min(HIGHEST, low * draw.ratioBetween(1.6, 3.2));
    double[] frequency = new double[samples];
    boolean changes = draw.chance(0.3);
    Form form = first;
    for (int from = 0; from < samples; ) {
      int to = changes ? from + Synth.samples(draw.between(0.8, 3.5)) : samples;
      double[] track = track(form, Math.min(to, samples) - from, low, high, draw);
      System.arraycopy(track, 0, frequency, from, track.length);
      from += track.length;
      form = draw.of(Form.WAIL, Form.YELP, Form.YELP, Form.PIERCER, Form.HI_LO);
    }
    float[] x = driver(draw).played(frequency);
    if (draw.chance(0.2)) {
      airHorn(x, draw);
    }
    Effects.loudspeaker(x, draw.between(300, 700), draw.ratioBetween(2800, 6500), draw);
    if (draw.chance(0.12)) {
      rumbler(x, frequency, draw);
    }
    return x;
  }

  /** The pitch of an electronic siren in one mode; its tones, if it has some, are drawn. */
  static double[] track(Form form, int samples, double low, double high, Draw draw) {
    return switch (form) {
      case YELP ->
          sweeps(samples, draw.ratioBetween(0.2, draw.chance(0.75) ? 0.42 : 1.5), low, high, draw);
      case PIERCER -> sweeps(samples, 1 / draw.ratioBetween(5, 20), low, high, draw);
      case HI_LO -> tones(samples, draw);
      default -> sweeps(samples, draw.ratioBetween(3, 7.5), low, high, draw);
    };
  }

  /** Up and down in pitch, as a capacitor charges or at an even pace. */
  private static double[] sweeps(int samples, double period, double low, double high, Draw draw) {
    double rise = draw.between(0.25, 0.75);
    if (period < 0.3 && draw.chance(0.3)) {
      rise = draw.chance(0.5) ? 0.04 : 0.96;
    }
    double bend = draw.chance(0.4) ? 0 : draw.between(0.5, 3.5);
    double full = 1 - Math.exp(-bend);
    double start = draw.between(0, 1);
    double octaves = Math.log(high / low);
    double share = rise;
    return Synth.track(
        samples,
        t -> {
          double at = (t / period + start) % 1;
          double charge = at < share ? at / share : (at - share) / (1 - share);
          double gone = bend == 0 ? charge : (1 - Math.exp(-bend * charge)) / full;
          return low * Math.exp(octaves * (at < share ? gone : 1 - gone));
        });
  }

  /**
   * Two or three tones in turn. Europe's lie from 360 to 740 Hz a fourth apart or so, Japan's at
   * 770 and 960 Hz.
   */
  private static double[] tones(int samples, Draw draw) {
    double low = draw.chance(0.7) ? draw.ratioBetween(360, 620) : draw.ratioBetween(550, 1000);
    double[] pitch = {low, low * draw.ratioBetween(1.15, 1.7), low};
    int count = draw.chance(0.9) ? 2 : 3;
    if (count == 3) {
      pitch[2] = low * draw.ratioBetween(1.1, 1.9);
    }
    double step = draw.ratioBetween(0.25, 1.2);
    double share = count == 2 ? draw.between(0.4, 0.6) : 1.0 / count;
    double period = count == 2 ? 2 * step : count * step;
    double start = draw.between(0, 1);
    double glide = draw.ratioBetween(0.001, 0.05) * Synth.RATE;
    double[] frequency = new double[samples];
    double now = pitch[0];
    for (int i = 0; i < samples; i++) {
      double at = (i / (period * Synth.RATE) + start) % 1;
      double wanted = pitch[Math.min(count - 1, (int) (at / share))];
      now += i == 0 ? wanted - now : (wanted - now) / Math.max(1, glide);
      frequency[i] = now;
    }
    return frequency;
  }

  /**
   * What the amplifier makes of the pitch: square, pulses, a clipped sine, a ramp, or nearly a
   * sine.
   */
  private static Wave driver(Draw draw) {
    double width = draw.between(0.12, 0.5);
    double drive = draw.ratioBetween(1, 8);
    return switch (draw.index(5)) {
      case 0 -> Wave.shaped(p -> p < 0.5 ? 1 : -1, 24);
      case 1 -> Wave.shaped(p -> p < width ? 1 : -width, 24);
      case 2 ->
          Wave.shaped(
              p -> Math.max(-1, Math.min(1 - width, drive * Math.sin(2 * Math.PI * p))), 24);
      case 3 -> Wave.shaped(p -> p < width ? p / width : (1 - p) / (1 - width), 16);
      default -> new Wave(amplitudes(12, draw.between(0.35, 0.8), 0.2, draw));
    };
  }

  /** Falling harmonics, each weaker by chance down to {@code least} of what the fall leaves. */
  private static double[] amplitudes(int count, double fall, double least, Draw draw) {
    double[] amplitudes = new double[count];
    for (int h = 0; h < count; h++) {
      amplitudes[h] = Math.pow(fall, h) * (h == 0 ? 1 : draw.between(least, 1));
    }
    return amplitudes;
  }

  /** Blasts of the electronic air horn take the siren's place. */
  private static void airHorn(float[] siren, Draw draw) {
    double[] frequency = new double[siren.length];
    Arrays.fill(frequency, draw.ratioBetween(180, 420));
    double width = draw.between(0.06, 0.3);
    float[] horn = Wave.shaped(p -> p < width ? 1 : -width, 40).played(frequency);
    double gain = Effects.level(siren) / Math.max(1e-9, Effects.level(horn));
    int at = draw.index(siren.length);
    for (int blast = draw.index(3); blast >= 0; blast--) {
      int end = Math.min(siren.length, at + Synth.samples(draw.between(0.25, 1)));
      for (int i = at; i < end; i++) {
        siren[i] = (float) (gain * horn[i]);
      }
      at = Math.min(siren.length, end + Synth.samples(draw.between(0.1, 0.5)));
    }
  }

  /** A second, deep set of loudspeakers: the same tone, three or four times lower. */
  private static void rumbler(float[] x, double[] frequency, Draw draw) {
    double divisor = 3 + draw.index(2);
    double[] deep = Arrays.stream(frequency).map(f -> f / divisor).toArray();
    float[] rumble = Synth.lowPass(Wave.shaped(p -> p < 0.5 ? 1 : -1, 8).played(deep), 500);
    Synth.add(Synth.levelled(x), Synth.levelled(rumble), 0, draw.between(0.3, 1.2));
  }

  /** Two pairs of reeds blown in turn, each tone with a start and an end of its own. */
  private static float[] pneumatic(int samples, Draw draw) {
    double low = draw.ratioBetween(340, 620);
    double[] pitch = {low, low * draw.ratioBetween(1.2, 1.5)};
    double step = draw.between(0.3, 1.0);
    double attack = draw.between(0.015, 0.06);
    double bend = draw.between(-0.08, 0.02);
    double start = draw.between(0, 2 * step);
    Wave reed = new Wave(amplitudes(24, draw.between(0.84, 0.95), 0.3, draw));
    float[] out = new float[samples];
    for (int tone = 0; tone < 2; tone++) {
      double[] open = new double[samples];
      double[] frequency = new double[samples];
      double pressure = 0;
      double ease = 1 / (attack * Synth.RATE);
      for (int i = 0; i < samples; i++) {
        boolean first = (i / Synth.RATE + start) % (2 * step) < step;
        pressure += ((first == (tone == 0) ? 1 : 0) - pressure) * ease;
        open[i] = pressure;
        frequency[i] = pitch[tone] * (1 + bend * (1 - pressure));
      }
      double beat = draw.between(1.001, 1.012);
      float[] pair = reed.played(frequency);
      Synth.add(pair, reed.played(Arrays.stream(frequency).map(f -> f * beat).toArray()), 0, 0.8);
      Synth.add(out, Effects.shaped(pair, open), 0, 1);
    }
    return Effects.loudspeaker(out, draw.between(250, 500), draw.ratioBetween(3500, 8000), draw);
  }

  /** A rotor on a vehicle: wound up with the foot, coasting down, wound up again. */
  private static float[] mechanical(int samples, Draw draw) {
    double top = draw.ratioBetween(500, 1300);
    double[] frequency = new double[samples];
    double speed = draw.between(0.25, 1);
    boolean driven = draw.chance(0.6);
    double up = draw.between(1, 3.5);
    double down = draw.between(3, 10);
    double change = draw.between(0.5, 5);
    for (int i = 0; i < samples; i++) {
      speed += driven ? (1.05 - speed) / (up * Synth.RATE) : -speed / (down * Synth.RATE);
      change -= 1 / Synth.RATE;
      if (change < 0 || speed > 1 || speed < 0.22) {
        driven = speed < 0.22 || (!driven && change < 0);
        change = draw.between(1, 6);
      }
      frequency[i] = top * speed;
    }
    return rotor(frequency, top, new double[] {1}, draw);
  }

  /** Rotors on a roof: a steady tone, slow sweeps, or an up and down of minutes. */
  private static float[] town(int samples, Draw draw) {
    double top = draw.ratioBetween(350, 800);
    boolean steady = draw.chance(0.35);
    double period = draw.between(5, 14);
    double start = draw.between(0, 1);
    double deep = draw.between(0.3, 0.75);
    double sharp = draw.between(1, 3);
    double[] frequency =
        swinging(
            samples,
            period,
            start,
            cosine -> steady ? top : top * (1 - deep * Math.pow(0.5 - 0.5 * cosine, sharp)));
    double[] rows =
        draw.of(
            new double[] {1},
            new double[] {1, 1.2},
            new double[] {1, 1.25},
            new double[] {1, 4 / 3.0});
    float[] x = rotor(frequency, top, rows, draw);
    if (draw.chance(0.4)) {
      double turn = draw.between(4, 20);
      double from = draw.between(0, 1);
      double least = draw.between(0.15, 0.6);
      double[] beam =
          swinging(
              samples,
              turn,
              from,
              cosine -> {
                double facing = 0.5 + 0.5 * cosine;
                return least + (1 - least) * facing * facing;
              });
      Effects.shaped(x, beam);
    }
    return x;
  }

  /** What follows the cosine of a period in seconds, which starts at a share of it. */
  private static double[] swinging(
      int samples, double period, double start, DoubleUnaryOperator ofCosine) {
    return Synth.track(
        samples, t -> ofCosine.applyAsDouble(Math.cos(2 * Math.PI * (t / period + start))));
  }

  /** Air chopped by rows of openings, and the rush of what passes; quieter when slower. */
  private static float[] rotor(double[] frequency, double top, double[] rows, Draw draw) {
    int samples = frequency.length;
    double[] force = new double[samples];
    for (int i = 0; i < samples; i++) {
      double speed = frequency[i] / top;
      force[i] = 0.1 + 0.9 * speed * Math.sqrt(speed);
    }
    float[] out = new float[samples];
    for (double row : rows) {
      double fall = draw.between(0.55, 0.85);
      Wave chopped = new Wave(amplitudes(20, fall, 0.15, draw));
      Synth.add(out, chopped.played(Arrays.stream(frequency).map(f -> f * row).toArray()), 0, 1);
    }
    float[] rush = Synth.bandPass(Synth.white(samples, draw), draw.between(800, 2500), 0.5);
    Synth.add(out, rush, 0, draw.between(0.02, 0.25));
    return Effects.shaped(out, force);
  }

  /** A vehicle under way: its engine, its clipping amplifier or microphone, street and air. */
  private static float[] onTheRoad(float[] dry, int samples, Draw draw) {
    float[] x = Synth.levelled(dry);
    Effects.maybeClipped(x, 0.3, 0.7, 3, draw);
    if (draw.chance(0.5)) {
      motor(x, draw.between(-34, -14), draw);
    }
    if (draw.chance(0.5)) {
      x = driving(x, samples, draw);
    }
    Effects.maybeEchoed(x, 0.5, 0.8, draw);
    Effects.maybeDulled(x, 0.4, 1500, 8000, draw);
    if (draw.chance(0.1)) {
      Effects.hardClipped(x, draw.between(0.8, 2) * Effects.level(x));
    }
    return x;
  }

  private static float[] fromAfar(float[] dry, Draw draw) {
    float[] x = Effects.echoed(dry, draw.between(0.4, 1), draw);
    Effects.echoed(x, draw.between(0.2, 0.8), draw);
    return Synth.lowPass(x, draw.ratioBetween(900, 5000));
  }

  /** Slow changes of level, and the little that pitch falls while a vehicle comes and goes. */
  private static float[] driving(float[] x, int samples, Draw draw) {
    double moment = draw.between(-0.5, 1.5) * samples / Synth.RATE;
    double width = draw.between(0.7, 4);
    double reach = draw.between(0.3, 1);
    double[] speed = Effects.passage(samples, draw.between(0, FASTEST), moment, width);
    double[] nearness =
        Synth.track(
            samples,
            t -> {
              double along = (t - moment) / width;
              // At most 12 dB: what the simulator says of distance stays true on the whole.
              return Math.max(0.25, Math.pow(1 + along * along, -reach / 2));
            });
    return Effects.shaped(Effects.warped(x, speed), nearness);
  }

  /** The hum and rush of the vehicle, so many decibels above the siren's level of one. */
  private static void motor(float[] x, double decibels, Draw draw) {
    double[] firing = new double[x.length];
    float[] drift = Synth.wander(x.length, 1, draw);
    double pitch = draw.between(35, 110);
    for (int i = 0; i < firing.length; i++) {
      firing[i] = pitch * (1 + 0.15 * drift[i]);
    }
    float[] motor = new Wave(amplitudes(10, draw.between(0.6, 0.9), 0.2, draw)).played(firing);
    Synth.add(motor, Synth.lowPass(Synth.white(x.length, draw), draw.between(200, 900)), 0, 3);
    Synth.mix(x, motor, decibels);
  }
}
