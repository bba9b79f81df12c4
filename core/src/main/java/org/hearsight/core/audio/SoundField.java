package org.hearsight.core.audio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Whether four channels can be a sound field in W, Y, Z, X and SN3D, or are dead, copied, inverted
 * or of other levels: a network answers to all of them with the same confidence.
 *
 * <p>In SN3D the velocity channels carry as much power together as W does, whether a single wave
 * arrives or sound from everywhere; walls and microphones make it more or less in single bands. So
 * the median over third octaves from 300 Hz to 3.8 kHz is judged. In simulated clips and in the
 * measured rooms and recordings at hand it lies between 0.7 and 2.6; in N3D it is three times as
 * much. FuMa's twice as much is within what real SN3D recordings show and is not noticed.
 * Immutable; for many threads.
 */
public final class SoundField {
  private static final String[] NAMES = {"W", "Y", "Z", "X"};

  /** Power of a channel against the loudest one's, −80 dB: nothing is connected there. */
  private static final double DEAD = 1e-8;

  /** Power of the difference of two channels against their own, −60 dB: one is a copy. */
  private static final double COPIED = 1e-6;

  /** Power of the velocity channels together against W's, as a factor either way. */
  private static final double MOST = 2.75;

  /** A band this far below the loudest says nothing, −50 dB: it may be a tone's leakage. */
  private static final double FAINT = 1e-5;

  /** A tone or two may stand in the nodes of a room; so many bands do not. */
  private static final int FEWEST_BANDS = 7;

  /** Mean square below which a microphone may hear nothing but its own noise, −60 dB. */
  private static final double QUIET = 1e-6;

  private static final double LOWEST_HZ = 300;
  private static final int BANDS = 11;

  private static final int FFT = 1024;
  private static final Stft STFT = new Stft(FFT, FFT, FFT);
  private static final int[] BAND_OF_BIN = bandOfBin();

  private SoundField() {}

  /**
   * What speaks against four channels being a sound field, one line for people; empty if nothing
   * does.
   *
   * @param foa [4][samples] at 24 kHz
   */
  public static Optional<String> doubt(float[][] foa) {
    double[] power = new double[Foa.CHANNELS];
    for (int c = 0; c < power.length; c++) {
      power[c] = power(foa[c]);
    }
    double loudest = Arrays.stream(power).max().orElse(0);
    if (!(loudest > 0)) {
      return Optional.of("all channels are silent");
    }
    List<String> doubts = new ArrayList<>();
    for (int c = 0; c < power.length; c++) {
      if (power[c] <= DEAD * loudest) {
        doubts.add("channel " + name(c) + " is silent");
      } else {
        copy(foa, power, c).ifPresent(doubts::add);
      }
    }
    if (!doubts.isEmpty()) {
      return Optional.of(String.join(", ", doubts) + ": not a sound field in W, Y, Z, X and SN3D");
    }
    return loudest < QUIET * foa[0].length ? Optional.empty() : levels(foa);
  }

  /**
   * What there is to be known of a clip's channels, in one line: notes of its reading and what
   * speaks against a sound field, or that nothing does.
   */
  public static String words(Clip clip) {
    List<String> words = new ArrayList<>();
    for (String note : clip.notes()) {
      words.add(
          note.startsWith(clip.source() + ": ")
              ? note.substring(clip.source().length() + 2)
              : note);
    }
    words.add(
        doubt(clip.foa()).orElse("nothing speaks against a sound field in W, Y, Z, X and SN3D"));
    return String.join("; ", words);
  }

  private static String name(int channel) {
    return (channel + 1) + " (" + NAMES[channel] + ")";
  }

  /** Which channel before it a channel repeats. */
  private static Optional<String> copy(float[][] foa, double[] power, int c) {
    for (int d = 0; d < c; d++) {
      double product = product(foa[c], foa[d]);
      double same = power[c] + power[d] - 2 * product;
      double opposite = power[c] + power[d] + 2 * product;
      if (Math.min(same, opposite) <= COPIED * power[c]) {
        return Optional.of(
            "channel %s is channel %s%s"
                .formatted(name(c), name(d), same <= opposite ? "" : ", inverted"));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> levels(float[][] foa) {
    double[][] power = bandPowers(foa);
    double[] total = new double[BANDS];
    for (int b = 0; b < BANDS; b++) {
      for (double[] channel : power) {
        total[b] += channel[b];
      }
    }
    double loudest = Arrays.stream(total).max().orElse(0);
    double[] ratios = new double[BANDS];
    int n = 0;
    for (int b = 0; b < BANDS; b++) {
      if (total[b] > FAINT * loudest) {
        ratios[n++] = total[b] / power[Foa.W][b] - 1;
      }
    }
    double median = n < FEWEST_BANDS ? 1 : Median.withDefaults().evaluateRange(ratios, 0, n);
    return median > MOST || median < 1 / MOST
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "Y, Z and X together have %.1f times the power of W: levels that do not fit SN3D",
                median))
        : Optional.empty();
  }

  /** Power in each third octave, [4][bands]. */
  private static double[][] bandPowers(float[][] foa) {
    double[][] power = new double[Foa.CHANNELS][BANDS];
    double[] spectrum = STFT.newSpectrum();
    // Not the first and the last: where a tone is cut off it is heard in every band.
    int frames = foa[0].length / FFT;
    for (int c = 0; c < Foa.CHANNELS; c++) {
      for (int t = 1; t < frames; t++) {
        STFT.frame(foa[c], t, spectrum);
        for (int k = 0; k < STFT.bins(); k++) {
          if (BAND_OF_BIN[k] >= 0) {
            power[c][BAND_OF_BIN[k]] +=
                spectrum[2 * k] * spectrum[2 * k] + spectrum[2 * k + 1] * spectrum[2 * k + 1];
          }
        }
      }
    }
    return power;
  }

  /** The third octave of each bin of the spectrum; −1 outside all of them. */
  private static int[] bandOfBin() {
    int[] bands = new int[STFT.bins()];
    for (int k = 0; k < bands.length; k++) {
      double octaves = Math.log((double) k * Foa.SAMPLE_RATE / FFT / LOWEST_HZ) / Math.log(2);
      double band = Math.floor(3 * octaves);
      bands[k] = band >= 0 && band < BANDS ? (int) band : -1;
    }
    return bands;
  }

  private static double power(float[] channel) {
    return product(channel, channel);
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
