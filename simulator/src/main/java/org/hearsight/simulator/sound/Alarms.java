package org.hearsight.simulator.sound;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.hearsight.simulator.draw.Draw;

/**
 * Alarms of buildings, cars and things, as {@link Form}s. Most are small piezo sounders: a tone or
 * a sweep high up, switched hard. What hangs on vehicles of the emergency services is a siren.
 */
final class Alarms implements SoundGenerator {
  /** The kinds of alarms. */
  enum Form {
    /** Three beeps of half a second and a pause (ISO 8201): smoke. */
    SMOKE,
    /** Four short beeps and a long pause: carbon monoxide. */
    GAS,
    /** One tone, on and off: lorries and machines that drive back. */
    REVERSING,
    /** Bursts of noise instead of the tone. */
    REVERSING_NOISE,
    /** Quick beeps in groups: clocks, ovens, medical devices. */
    CLOCK,
    /** A warble in bursts: electronic telephones. */
    TELEPHONE,
    /** Six patterns one after the other, from a piezo siren under a bonnet. */
    CAR,
    /** Ramps and quick pairs of tones in buildings: fire. */
    SOUNDER,
    /** A harsh buzz, lasting or in bursts. */
    BUZZER
  }

  private static final Form[] OFTEN = {
    Form.SMOKE,
    Form.SMOKE,
    Form.GAS,
    Form.REVERSING,
    Form.REVERSING,
    Form.REVERSING_NOISE,
    Form.CLOCK,
    Form.CLOCK,
    Form.CLOCK,
    Form.TELEPHONE,
    Form.TELEPHONE,
    Form.CAR,
    Form.CAR,
    Form.SOUNDER,
    Form.SOUNDER,
    Form.BUZZER
  };

  private static final Form[] CLEAR =
      Arrays.stream(OFTEN).filter(f -> f != Form.CAR && f != Form.SOUNDER).toArray(Form[]::new);

  /**
   * Alarms that cannot be taken for sirens. Sweeping ones can: indoors, a siren is an alarm on a
   * stand.
   */
  static final SoundGenerator NO_SIRENS =
      (samples, draw) -> heard(dry(draw.of(CLEAR), samples, draw), draw);

  @Override
  public float[] generate(int samples, Draw draw) {
    return heard(dry(draw.of(OFTEN), samples, draw), draw);
  }

  /** An alarm in a room or street. */
  private static float[] heard(float[] x, Draw draw) {
    Effects.maybeEchoed(x, 0.4, 0.7, draw);
    Effects.maybeDulled(x, 0.3, 2500, 9000, draw);
    Effects.maybeClipped(x, 0.15, 0.8, 2, draw);
    return x;
  }

  /** An alarm where it is made. */
  static float[] dry(Form form, int samples, Draw draw) {
    return switch (form) {
      case SMOKE -> {
        double on = draw.between(0.4, 0.6);
        boolean low = draw.chance(0.2);
        double pitch = low ? draw.between(500, 540) : draw.ratioBetween(2600, 3600);
        yield beeps(tone(samples, pitch, low, draw), 3, on, on, draw.between(0.9, 1.6), draw);
      }
      case GAS ->
          beeps(
              tone(samples, draw.ratioBetween(2600, 3600), false, draw),
              4,
              draw.between(0.08, 0.13),
              draw.between(0.08, 0.13),
              draw.between(1, 2.5),
              draw);
      case REVERSING -> {
        double on = draw.between(0.2, 0.6);
        float[] tone = tone(samples, draw.ratioBetween(900, 2900), draw.chance(0.5), draw);
        yield beeps(tone, 1, on, on * draw.between(0.7, 1.4), 0, draw);
      }
      case REVERSING_NOISE -> {
        float[] noise = Synth.white(samples, draw);
        Synth.bandPass(noise, draw.ratioBetween(900, 3500), draw.between(0.4, 1));
        double on = draw.between(0.15, 0.5);
        yield beeps(noise, 1, on, on * draw.between(0.7, 1.8), 0, draw);
      }
      case CLOCK -> {
        double on = draw.ratioBetween(0.03, 0.2);
        int group = draw.of(1, 2, 3, 4, 4, 5);
        double pause = group == 1 ? 0 : draw.between(0.2, 0.9);
        float[] tone = tone(samples, draw.ratioBetween(750, 4200), draw.chance(0.3), draw);
        yield beeps(tone, group, on, on * draw.between(0.6, 1.6), pause, draw);
      }
      case TELEPHONE -> telephone(samples, draw);
      case CAR -> car(samples, draw);
      case SOUNDER -> sounder(samples, draw);
      case BUZZER -> buzzer(samples, draw);
    };
  }

  /** A piezo's tone, or, if square, a small loudspeaker's. */
  private static float[] tone(int samples, double pitch, boolean square, Draw draw) {
    double[] frequency = new double[samples];
    Arrays.fill(frequency, pitch);
    double dull = draw.between(0.05, 0.5);
    return square
        ? square(draw.between(0.3, 0.5)).played(frequency)
        : Synth.harmonics(frequency, new double[] {1, dull, dull * draw.between(0.2, 1)});
  }

  private static Wave square(double width) {
    return Wave.shaped(p -> p < width ? 1 : -width / (1 - width), 20);
  }

  /** Groups of equal beeps, each with an edge of a few milliseconds. */
  private static float[] beeps(
      float[] tone, int group, double on, double off, double pause, Draw draw) {
    double period = group * (on + off) + pause;
    double start = draw.between(0, period);
    double edge = draw.ratioBetween(0.001, 0.012);
    float[] out = new float[tone.length];
    for (int i = 0; i < tone.length; i++) {
      double at = (i / Synth.RATE + start) % period;
      double inBeep = at % (on + off);
      if (at < group * (on + off) && inBeep < on) {
        out[i] = (float) (tone[i] * Math.min(1, Math.min(inBeep, on - inBeep) / edge));
      }
    }
    return out;
  }

  /** Two or three tones in quick turn. */
  private static float[] telephone(int samples, Draw draw) {
    double low = draw.between(700, 1900);
    double[] pitch = {low, low * draw.between(1.1, 1.5), low * draw.between(1.2, 2)};
    int tones = 2 + draw.index(2);
    double warble = draw.between(8, 30);
    double[] frequency = new double[samples];
    for (int i = 0; i < samples; i++) {
      frequency[i] = pitch[(int) (i * warble / Synth.RATE) % tones];
    }
    float[] x = Synth.harmonics(frequency, new double[] {1, 0.3, draw.between(0.1, 0.5), 0.1});
    double on = draw.between(0.4, 2);
    return beeps(x, draw.of(1, 1, 2), on, on * draw.between(0.3, 1), draw.between(0, 1.2), draw);
  }

  /** The patterns of a six-tone car alarm, each for a second or three. */
  private static float[] car(int samples, Draw draw) {
    double low = draw.ratioBetween(1200, 2000);
    double high = low * draw.between(1.3, 2);
    double[] frequency = new double[samples];
    double[] open = new double[samples];
    Arrays.fill(open, 1);
    int pattern = draw.index(6);
    for (int from = 0; from < samples; pattern = (pattern + 1) % 6) {
      int to = Math.min(samples, from + Synth.samples(draw.between(0.9, 2.2)));
      int begin = from;
      double rate =
          switch (pattern) {
            case 0 -> draw.between(1, 2.5);
            case 1 -> draw.between(2.5, 5);
            case 2 -> draw.between(5, 9);
            case 3 -> draw.between(1.5, 4);
            case 4 -> draw.between(8, 16);
            default -> draw.between(2.5, 6);
          };
      int kind = pattern;
      DoubleUnaryOperator height =
          t -> {
            double at = t * rate % 1;
            return switch (kind) {
              case 0, 2 -> at;
              case 1 -> at < 0.5 ? 2 * at : 2 - 2 * at;
              case 3, 4 -> at < 0.5 ? 0 : 1;
              default -> 0.8;
            };
          };
      double[] heights = Synth.track(to - begin, height);
      for (int i = from; i < to; i++) {
        frequency[i] = low + (high - low) * heights[i - begin];
        open[i] = kind == 5 && (i - begin) / Synth.RATE * rate % 1 > 0.5 ? 0 : 1;
      }
      from = to;
    }
    Wave wave = draw.chance(0.5) ? square(draw.between(0.3, 0.5)) : new Wave(new double[] {1, 0.2});
    float[] x = Effects.shaped(wave.played(frequency), open);
    return Effects.loudspeaker(x, draw.between(700, 1200), draw.ratioBetween(4500, 9000), draw);
  }

  /** Fire sounders: falling or rising ramps, and two tones four times a second and more. */
  private static float[] sounder(int samples, Draw draw) {
    double low = draw.between(600, 1500);
    double high = low * draw.between(1.2, 2.6);
    boolean turns = draw.chance(0.4);
    double period = turns ? draw.between(0.1, 0.5) : draw.between(0.08, 1.0);
    boolean falling = draw.chance(0.4);
    double[] frequency =
        Synth.track(
            samples,
            t -> {
              double at = t / period % 1;
              double height = turns ? Math.round(at) : falling ? 1 - at : at;
              return low + (high - low) * height;
            });
    float[] x = square(draw.between(0.2, 0.5)).played(frequency);
    return Effects.loudspeaker(x, draw.between(400, 900), draw.ratioBetween(3500, 9000), draw);
  }

  /** A mains or electronic buzzer: pulses so far apart that they rattle. */
  private static float[] buzzer(int samples, Draw draw) {
    double pitch = draw.chance(0.5) ? draw.of(100, 120, 200) : draw.ratioBetween(80, 400);
    double width = draw.between(0.04, 0.3);
    double[] frequency = new double[samples];
    Arrays.fill(frequency, pitch);
    float[] x = Wave.shaped(p -> p < width ? 1 : -width, 60).played(frequency);
    Effects.loudspeaker(x, draw.between(200, 600), draw.ratioBetween(3000, 9000), draw);
    double on = draw.ratioBetween(0.3, 3);
    return beeps(x, 1, on, draw.ratioBetween(0.15, 1), 0, draw);
  }
}
