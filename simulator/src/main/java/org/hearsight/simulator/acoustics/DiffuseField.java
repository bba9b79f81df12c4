package org.hearsight.simulator.acoustics;

import java.util.random.RandomGenerator;
import org.hearsight.core.audio.Foa;

/**
 * Sound from everywhere: an ambience of which each channel has a version of its own, and the
 * microphones' own noise.
 *
 * <p>Where plane waves that have nothing to do with each other come from all sides alike, the four
 * channels have nothing to do with each other either, and each of X, Y, Z has a third of the energy
 * of W (SN3D).
 */
public final class DiffuseField {
  private DiffuseField() {}

  /**
   * Adds an ambience from all around at a level. The level is that of what is added, measured over
   * the whole clip, and so is the share of each channel.
   *
   * @param ambience any level; its beginning is taken, and mirrored if it is shorter than the clip
   * @param pressure [4][samples], pascal
   * @param level of the omnidirectional channel, dB re 20 µPa
   * @return the level that was added: {@code level}, or −∞ if the ambience is silent
   */
  public static double add(float[] ambience, float[][] pressure, double level, RandomGenerator r) {
    int samples = pressure[Foa.W].length;
    float[][] field = PhaseScatter.versions(ambience, pressure.length, samples, r);
    if (!(energy(field[Foa.W]) > 0)) {
      return Double.NEGATIVE_INFINITY;
    }
    for (int c = 0; c < field.length; c++) {
      double share = c == Foa.W ? 1 : 1.0 / 3;
      double rms = Math.sqrt(energy(field[c]) / samples);
      float gain = (float) (Calibration.pascal(level) * Math.sqrt(share) / rms);
      for (int n = 0; n < samples; n++) {
        pressure[c][n] += gain * field[c][n];
      }
    }
    return level;
  }

  /** Adds white noise to each channel on its own, at a level. */
  public static void addMicrophoneNoise(float[][] pressure, double level, RandomGenerator r) {
    float scale = (float) (Calibration.pascal(level) * Math.sqrt(3));
    for (float[] channel : pressure) {
      for (int n = 0; n < channel.length; n++) {
        channel[n] += scale * (2 * r.nextFloat() - 1);
      }
    }
  }

  private static double energy(float[] sound) {
    double sum = 0;
    for (float v : sound) {
      sum += (double) v * v;
    }
    return sum;
  }
}
