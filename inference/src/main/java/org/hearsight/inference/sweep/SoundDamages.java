package org.hearsight.inference.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Fourier;
import org.hearsight.inference.sweep.Damage.SoundChange;
import org.hearsight.inference.sweep.Damage.Step;
import org.jtransforms.fft.DoubleFFT_1D;

/** What goes wrong with sound. */
final class SoundDamages {
  private static final String[] NAMES = {"W", "Y", "Z", "X"};

  /** Of a diffuse field in SN3D, against W. */
  private static final double DIFFUSE = 1 / Math.sqrt(3);

  /** Of the added reverberation: seconds until it has fallen by 60 dB. */
  private static final double REVERBERATION_SECONDS = 1.5;

  /** Reverberation begins so many seconds after the sound. */
  private static final double REVERBERATION_BEGINS = 0.01;

  private static final float SIXTEEN_BITS = 32768;

  private SoundDamages() {}

  /**
   * All of them.
   *
   * @param codec a lossy one: what is left of a channel at 24 kHz after so many bits a second
   */
  static List<Damage> all(Sweep.Codec codec) {
    return List.of(
        decibels(
            "ambience",
            "ambience from all around",
            "sound against added ambience",
            db -> (foa, random) -> ambience(foa, db, random),
            20,
            10,
            5,
            0,
            -5,
            -10),
        decibels(
            "reverberation",
            "reverberation of 1.5 s",
            "reverberation against sound",
            db -> (foa, random) -> reverberation(foa, db, random),
            -20,
            -10,
            -5,
            0,
            5,
            10),
        decibels(
            "clipped",
            "clipped sound",
            "peaks above what is cut off",
            db -> (foa, random) -> clipped(foa, db),
            6,
            12,
            20,
            30,
            40),
        bitRate(codec),
        quiet(),
        rotated(),
        swapped(),
        dead());
  }

  private static Damage decibels(
      String name, String label, String size, IntFunction<SoundChange> change, int... decibels) {
    return new Damage(
        name,
        label,
        size + ", dB",
        IntStream.of(decibels).mapToObj(db -> Step.ofSound(number(db), change.apply(db))).toList());
  }

  private static Damage bitRate(Sweep.Codec codec) {
    return new Damage(
        "bit-rate",
        "low bit rate (MP3, each channel for itself)",
        "bits a second of a channel, thousands",
        IntStream.of(64, 32, 16, 8)
            .mapToObj(
                kilo ->
                    Step.ofSound(
                        number(kilo),
                        (foa, random) -> each(foa, c -> codec.through(foa[c], 1000 * kilo))))
            .toList());
  }

  private static Damage quiet() {
    List<Step> steps = new ArrayList<>();
    for (int db : new int[] {20, 40, 60, 80}) {
      steps.add(Step.ofSound(number(db), (foa, random) -> quieter(foa, db)));
    }
    steps.add(Step.ofSound("silence", (foa, random) -> new float[foa.length][foa[0].length]));
    return new Damage("quiet", "quiet sound of 16 bits, to silence", "quieter by, dB", steps);
  }

  private static Damage rotated() {
    return new Damage(
        "rotated",
        "the microphone stands turned",
        "turned to the left by, degrees",
        IntStream.of(5, 10, 20, 45, 90, 180)
            .mapToObj(d -> Step.ofSound(number(d), (foa, random) -> rotated(foa, d)))
            .toList());
  }

  private static Damage swapped() {
    return new Damage(
        "swapped",
        "channels are exchanged",
        "channels",
        List.of(
            Step.ofSound("−Y", (foa, r) -> each(foa, c -> c == Foa.Y ? negative(foa[c]) : foa[c])),
            Step.ofSound("−X", (foa, r) -> each(foa, c -> c == Foa.X ? negative(foa[c]) : foa[c])),
            Step.ofSound("Y, Z", (foa, r) -> ordered(foa, Foa.W, Foa.Z, Foa.Y, Foa.X)),
            Step.ofSound("X, Y", (foa, r) -> ordered(foa, Foa.W, Foa.X, Foa.Z, Foa.Y)),
            Step.ofSound("WXYZ", (foa, r) -> ordered(foa, Foa.W, Foa.X, Foa.Y, Foa.Z))));
  }

  private static Damage dead() {
    return new Damage(
        "dead-channel",
        "one channel is dead",
        "channel",
        IntStream.range(0, Foa.CHANNELS)
            .mapToObj(
                dead ->
                    Step.ofSound(
                        NAMES[dead],
                        (foa, r) -> each(foa, c -> c == dead ? new float[foa[c].length] : foa[c])))
            .toList());
  }

  private static String number(int value) {
    return String.format(Locale.ROOT, "%d", value).replace('-', '−');
  }

  private static float[][] each(float[][] foa, IntFunction<float[]> channel) {
    float[][] out = new float[foa.length][];
    for (int c = 0; c < foa.length; c++) {
      out[c] = channel.apply(c);
    }
    return out;
  }

  private static float[][] ordered(float[][] foa, int... order) {
    return each(foa, c -> foa[order[c]]);
  }

  private static float[] negative(float[] channel) {
    float[] out = new float[channel.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = -channel[i];
    }
    return out;
  }

  /**
   * Pink noise of a diffuse field: independent channels, of which Y, Z and X have a third of W's
   * power.
   *
   * @param decibels level of the clip against it, in W over the whole clip
   */
  static float[][] ambience(float[][] foa, double decibels, SplittableRandom random) {
    int n = foa[0].length;
    double level = rms(foa[Foa.W]) * Math.pow(10, -decibels / 20);
    return each(
        foa,
        c -> {
          double[] noise = pink(n, random);
          double gain = level / rms(noise) * (c == Foa.W ? 1 : DIFFUSE);
          float[] out = new float[n];
          for (int i = 0; i < n; i++) {
            out[i] = (float) (foa[c][i] + gain * noise[i]);
          }
          return out;
        });
  }

  private static double[] pink(int samples, SplittableRandom random) {
    double[] spectrum = new double[Fourier.quickSize(samples)];
    for (int k = 2; k < spectrum.length; k++) {
      int bin = k / 2; // real and imaginary part of each in turn
      spectrum[k] = random.nextGaussian() / Math.sqrt(bin);
    }
    Fourier.of(spectrum.length).realInverse(spectrum, false);
    return Arrays.copyOf(spectrum, samples);
  }

  /**
   * W's sound again, from all around: convolved with noise that decays exponentially, another in
   * each channel.
   *
   * @param decibels power of the response against that of the sound itself
   */
  static float[][] reverberation(float[][] foa, double decibels, SplittableRandom random) {
    int n = foa[0].length;
    int tail = (int) (REVERBERATION_SECONDS * Foa.SAMPLE_RATE);
    int begin = (int) (REVERBERATION_BEGINS * Foa.SAMPLE_RATE);
    int size = Fourier.quickSize(n + tail);
    DoubleFFT_1D fft = Fourier.of(size);
    double[] dry = new double[size];
    for (int i = 0; i < n; i++) {
      dry[i] = foa[Foa.W][i];
    }
    fft.realForward(dry);
    double decay = Math.log(1000) / tail;
    double power = (1 - Math.exp(-2 * decay * tail)) / (2 * decay);
    double gain = Math.sqrt(Math.pow(10, decibels / 10) / power);
    return each(
        foa,
        c -> {
          double[] response = new double[size];
          for (int i = begin; i < tail; i++) {
            response[i] = gain * Math.exp(-decay * (i - begin)) * random.nextGaussian();
          }
          fft.realForward(response);
          Fourier.multiply(response, dry);
          fft.realInverse(response, true);
          double share = c == Foa.W ? 1 : DIFFUSE;
          float[] out = new float[n];
          for (int i = 0; i < n; i++) {
            out[i] = (float) (foa[c][i] + share * response[i]);
          }
          return out;
        });
  }

  static float[][] clipped(float[][] foa, double decibels) {
    float peak = 0;
    for (float[] channel : foa) {
      for (float s : channel) {
        peak = Math.max(peak, Math.abs(s));
      }
    }
    float most = (float) (peak * Math.pow(10, -decibels / 20));
    return each(
        foa,
        c -> {
          float[] out = new float[foa[c].length];
          for (int i = 0; i < out.length; i++) {
            out[i] = Math.max(-most, Math.min(most, foa[c][i]));
          }
          return out;
        });
  }

  private static float[][] quieter(float[][] foa, double decibels) {
    float gain = (float) (SIXTEEN_BITS * Math.pow(10, -decibels / 20));
    return each(
        foa,
        c -> {
          float[] out = new float[foa[c].length];
          for (int i = 0; i < out.length; i++) {
            out[i] = Math.round(foa[c][i] * gain) / SIXTEEN_BITS;
          }
          return out;
        });
  }

  /** A microphone that is turned to the left hears everything turned to the right. */
  static float[][] rotated(float[][] foa, double degrees) {
    float cos = (float) Math.cos(Math.toRadians(degrees));
    float sin = (float) Math.sin(Math.toRadians(degrees));
    float[][] out = foa.clone();
    out[Foa.X] = new float[foa[0].length];
    out[Foa.Y] = new float[foa[0].length];
    for (int i = 0; i < foa[0].length; i++) {
      out[Foa.X][i] = cos * foa[Foa.X][i] + sin * foa[Foa.Y][i];
      out[Foa.Y][i] = cos * foa[Foa.Y][i] - sin * foa[Foa.X][i];
    }
    return out;
  }

  private static double rms(float[] values) {
    double sum = 0;
    for (float v : values) {
      sum += v * v;
    }
    return Math.sqrt(sum / values.length);
  }

  private static double rms(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v * v;
    }
    return Math.sqrt(sum / values.length);
  }
}
