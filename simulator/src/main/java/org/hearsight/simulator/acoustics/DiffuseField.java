package org.hearsight.simulator.acoustics;

import java.util.random.RandomGenerator;
import org.hearsight.core.audio.FoaEncoder;
import org.hearsight.core.geometry.Vec3;

/**
 * Sound from everywhere: one ambience played from many directions, each at another place of the
 * recording, and the microphones' own noise.
 */
public final class DiffuseField {
  private static final int DIRECTIONS = 10;
  private static final double SEAM_SECONDS = 0.1;

  private DiffuseField() {}

  /**
   * Adds an ambience from all around at a level.
   *
   * @param ambience any level, at least as long as the clip
   * @param pressure [4][samples], pascal
   * @param level of the sum, dB re 20 µPa
   */
  public static void add(
      float[] ambience, float[][] pressure, double level, double sampleRate, RandomGenerator r) {
    float[] loop = loop(ambience, (int) (SEAM_SECONDS * sampleRate));
    double rms = rms(loop);
    if (rms == 0) {
      return;
    }
    float gain = (float) (Calibration.pascal(level) / rms / Math.sqrt(DIRECTIONS));
    double turn = r.nextDouble() * 2 * Math.PI;
    int offset = r.nextInt(loop.length);
    for (int d = 0; d < DIRECTIONS; d++) {
      // A spiral over the sphere: equal areas, no two directions alike.
      double z = 1 - (2 * d + 1.0) / DIRECTIONS;
      double azimuth = turn + d * Math.PI * (3 - Math.sqrt(5));
      double flat = Math.sqrt(1 - z * z);
      float[] foa =
          FoaEncoder.gains(new Vec3(flat * Math.cos(azimuth), flat * Math.sin(azimuth), z));
      int at = (offset + (int) ((long) loop.length * d / DIRECTIONS)) % loop.length;
      for (int n = 0; n < pressure[0].length; n++) {
        float v = gain * loop[at];
        pressure[0][n] += v;
        pressure[1][n] += v * foa[1];
        pressure[2][n] += v * foa[2];
        pressure[3][n] += v * foa[3];
        if (++at == loop.length) {
          at = 0;
        }
      }
    }
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

  /** The same sound with its end faded into its beginning. */
  private static float[] loop(float[] sound, int seam) {
    int length = sound.length - Math.min(seam, sound.length / 4);
    float[] loop = new float[length];
    System.arraycopy(sound, 0, loop, 0, length);
    int overlap = sound.length - length;
    for (int i = 0; i < overlap; i++) {
      double share = (i + 0.5) / overlap * Math.PI / 2;
      loop[i] = (float) (sound[i] * Math.sin(share) + sound[length + i] * Math.cos(share));
    }
    return loop;
  }

  private static double rms(float[] sound) {
    double sum = 0;
    for (float v : sound) {
      sum += (double) v * v;
    }
    return Math.sqrt(sum / Math.max(1, sound.length));
  }
}
