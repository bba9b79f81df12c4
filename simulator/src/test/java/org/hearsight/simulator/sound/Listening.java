package org.hearsight.simulator.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.hearsight.core.audio.Stft;
import org.hearsight.simulator.draw.Draw;

/** What tests of generators measure in a sound. */
final class Listening {
  private static final int WINDOW = 2048;
  private static final int STEP = 4096;
  private static final int DIFFERENT = 12;

  /** Of levels that are counted in, 10 ms. */
  private static final int FRAME = 240;

  /** Of levels whose beats are found, a four hundredth of a second. */
  private static final int SHORT_FRAME = 60;

  private Listening() {}

  static Draw draw(long seed) {
    return new Draw(new SplittableRandom(seed));
  }

  /** Requires that the same draws give the same finite sound each time, and others another. */
  static void requireOneSoundForEachSeed(int samples, Function<Draw, float[]> generator) {
    Set<Integer> different = new HashSet<>();
    for (int seed = 0; seed < DIFFERENT; seed++) {
      float[] x = generator.apply(draw(seed));
      assertThat(x).hasSize(samples).isEqualTo(generator.apply(draw(seed)));
      for (float v : x) {
        assertThat(Float.isFinite(v)).isTrue();
      }
      different.add(Arrays.hashCode(x));
    }
    assertThat(different).hasSize(DIFFERENT);
  }

  /** What is measured in so many sounds, sorted. */
  static double[] sorted(
      int sounds, Function<Draw, float[]> generator, ToDoubleFunction<float[]> measured) {
    double[] all = new double[sounds];
    for (int seed = 0; seed < sounds; seed++) {
      all[seed] = measured.applyAsDouble(generator.apply(draw(seed)));
    }
    Arrays.sort(all);
    return all;
  }

  /** The level of each frame. */
  static double[] levels(float[] x, int frame) {
    double[] levels = new double[x.length / frame];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Effects.level(Arrays.copyOfRange(x, frame * i, frame * (i + 1)));
    }
    return levels;
  }

  /** The share of frames of 10 ms that are at least so loud, against the loudest. */
  static double sounding(float[] x, double threshold) {
    double[] levels = levels(x, FRAME);
    double loudest = Arrays.stream(levels).max().getAsDouble();
    return Arrays.stream(levels).filter(l -> l > threshold * loudest).count()
        / (double) levels.length;
  }

  /** How often a sound becomes twice as loud within 20 ms, where it is not faint. */
  static int onsets(float[] x) {
    double[] levels = levels(x, FRAME);
    double faint = 0.15 * Arrays.stream(levels).max().getAsDouble();
    int onsets = 0;
    int last = 0;
    for (int i = 2; i < levels.length; i++) {
      double before = Math.max(levels[i - 1], levels[i - 2]);
      if (levels[i] > Math.max(faint, 2 * before) && i - last > 2) {
        onsets++;
        last = i;
      }
    }
    return onsets;
  }

  /** How many times a second a sound beats: the strongest frequency of its level, Hz. */
  static double beats(float[] x, double lowest, double highest) {
    double[] levels = levels(x, SHORT_FRAME);
    double mean = Arrays.stream(levels).average().getAsDouble();
    double strongest = 0;
    double found = 0;
    for (double beats = lowest; beats < highest; beats += 0.25) {
      double sine = 0;
      double cosine = 0;
      for (int i = 0; i < levels.length; i++) {
        double turns = beats * i * SHORT_FRAME / Synth.RATE;
        double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / levels.length);
        sine += window * (levels[i] - mean) * Math.sin(2 * Math.PI * turns);
        cosine += window * (levels[i] - mean) * Math.cos(2 * Math.PI * turns);
      }
      double strength = Math.hypot(sine, cosine);
      if (strength > strongest) {
        strongest = strength;
        found = beats;
      }
    }
    return found;
  }

  /** The fundamental frequencies of loud and tonal windows, sorted (autocorrelation), Hz. */
  static double[] pitches(float[] x, double lowest, double highest) {
    double level = Effects.level(x);
    double[] found = new double[x.length / STEP];
    int count = 0;
    for (int from = 0; from + 2 * WINDOW < x.length; from += STEP) {
      float[] piece = Arrays.copyOfRange(x, from, from + 2 * WINDOW);
      double pitch = Effects.level(piece) < 0.5 * level ? 0 : pitch(piece, lowest, highest);
      if (pitch > 0) {
        found[count++] = pitch;
      }
    }
    double[] pitches = Arrays.copyOf(found, count);
    Arrays.sort(pitches);
    return pitches;
  }

  /** The shortest period after which a piece is nearly itself again; 0 if there is none. */
  private static double pitch(float[] x, double lowest, double highest) {
    int first = (int) (Synth.RATE / highest);
    double[] alike = new double[(int) (Synth.RATE / lowest) + 2];
    double best = 0;
    for (int lag = first; lag < alike.length; lag++) {
      double product = 0;
      double one = 0;
      double other = 0;
      for (int i = 0; i < WINDOW / 2; i++) {
        product += x[i] * x[i + lag];
        one += x[i] * x[i];
        other += x[i + lag] * x[i + lag];
      }
      alike[lag] = product / Math.sqrt(one * other + 1e-12);
      best = Math.max(best, alike[lag]);
    }
    for (int lag = first + 1; lag < alike.length - 1; lag++) {
      boolean peak = alike[lag] >= alike[lag - 1] && alike[lag] >= alike[lag + 1];
      if (best > 0.5 && peak && alike[lag] > 0.9 * best) {
        return Synth.RATE / lag;
      }
    }
    return 0;
  }

  /** The value that a share of sorted values stay below. */
  static double quantile(double[] sorted, double share) {
    return sorted[(int) (share * (sorted.length - 1))];
  }

  /**
   * Seconds after which a sound's brightness comes back (autocorrelation of its spectral centroid),
   * between two bounds; 0 if it does not.
   */
  static double period(float[] x, double shortest, double longest) {
    Stft stft = new Stft(256, 60, 240);
    double[] bright = new double[x.length / stft.hop() - 4];
    double[] spectrum = stft.newSpectrum();
    double mean = 0;
    for (int f = 0; f < bright.length; f++) {
      stft.frame(x, f, spectrum);
      double sum = 1e-9;
      for (int k = 1; k < stft.bins(); k++) {
        double size = Math.hypot(spectrum[2 * k], spectrum[2 * k + 1]);
        sum += size;
        bright[f] += size * k;
      }
      bright[f] /= sum;
      mean += bright[f] / bright.length;
    }
    double hop = stft.hop() / Synth.RATE;
    double[] alike = new double[(int) (longest / hop) + 2];
    int first = (int) (shortest / hop);
    for (int lag = first; lag < alike.length; lag++) {
      for (int f = 0; f < bright.length - lag; f++) {
        alike[lag] += (bright[f] - mean) * (bright[f + lag] - mean) / (bright.length - lag);
      }
    }
    double best = Arrays.stream(alike).max().orElse(0);
    for (int lag = first + 1; lag < alike.length - 1; lag++) {
      boolean peak = alike[lag] >= alike[lag - 1] && alike[lag] >= alike[lag + 1];
      if (peak && alike[lag] > 0.8 * best) {
        return lag * hop;
      }
    }
    return 0;
  }

  /** The share of a sound's energy between two frequencies, Hz. */
  static double share(float[] x, double low, double high) {
    Stft stft = new Stft(1024, 512, 1024);
    double[] spectrum = stft.newSpectrum();
    double inside = 0;
    double all = 0;
    for (int f = 0; f < x.length / stft.hop() - 2; f++) {
      stft.frame(x, f, spectrum);
      for (int k = 1; k < stft.bins(); k++) {
        double energy =
            spectrum[2 * k] * spectrum[2 * k] + spectrum[2 * k + 1] * spectrum[2 * k + 1];
        double frequency = k * Synth.RATE / stft.size();
        all += energy;
        inside += frequency >= low && frequency < high ? energy : 0;
      }
    }
    return inside / all;
  }

  /** The frequency in the middle of a sound's energy, Hz. */
  static double middle(float[] x) {
    double low = 0;
    double high = Synth.RATE / 2;
    while (high - low > 20) {
      double at = (low + high) / 2;
      if (share(x, 0, at) < 0.5) {
        low = at;
      } else {
        high = at;
      }
    }
    return low;
  }
}
