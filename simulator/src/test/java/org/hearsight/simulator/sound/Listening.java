package org.hearsight.simulator.sound;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Stft;
import org.hearsight.simulator.draw.Draw;

/** What tests of generators measure in a sound. */
final class Listening {
  private static final int WINDOW = 2048;
  private static final int STEP = 4096;

  private Listening() {}

  static Draw draw(long seed) {
    return new Draw(new SplittableRandom(seed));
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
