package org.hearsight.core.drift;

import java.util.Arrays;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.vision.VisualPlanes;

/**
 * What is looked at of a scene to say whether it is like those of the calibration: few numbers of
 * what goes into the networks, and the confidence that came out.
 *
 * <p>Summaries of the encoders' tokens were tried before and say less: what an encoder was trained
 * to pass over, as a channel that is dead, it passes over here, too.
 *
 * @param sound {@link #ofSound}
 * @param sight {@link #ofSight}
 * @param confidence of the answer, in [0, 1]
 */
public record Traits(float[] sound, float[] sight, double confidence) {
  private static final int GROUPS = 4;

  /** Numbers of a sound: mean and deviation of each plane's groups of bands. */
  public static final int SOUND = 2 * AudioFeatures.PLANES * GROUPS;

  /** Numbers of a view: mean, deviation and texture of each plane. */
  public static final int SIGHT = 3 * VisualPlanes.COUNT;

  public Traits {
    requireLength("sound", sound, SOUND);
    requireLength("sight", sight, SIGHT);
  }

  /** The same scene, answered with another confidence. */
  public Traits withConfidence(double another) {
    return new Traits(sound, sight, another);
  }

  private static void requireLength(String what, float[] numbers, int expected) {
    if (numbers.length != expected) {
      throw new IllegalArgumentException(
          what + ": " + numbers.length + " numbers, expected " + expected);
    }
  }

  /**
   * Of what an audio encoder hears: the mean over time of each plane in four groups of bands, low
   * to high, then the standard deviations over time.
   *
   * @param features standardised, [7, frames, bands]
   * @param bands of a plane; four at least
   * @return [{@value #SOUND}]
   */
  public static float[] ofSound(float[] features, int bands) {
    int frames = features.length / AudioFeatures.PLANES / bands;
    int parts = AudioFeatures.PLANES * GROUPS;
    double[] sum = new double[parts];
    double[] squares = new double[parts];
    double[] groups = new double[GROUPS];
    int[] size = new int[GROUPS];
    for (int b = 0; b < bands; b++) {
      size[b * GROUPS / bands]++;
    }
    for (int row = 0; row < AudioFeatures.PLANES * frames; row++) {
      Arrays.fill(groups, 0);
      for (int b = 0; b < bands; b++) {
        groups[b * GROUPS / bands] += features[row * bands + b];
      }
      for (int g = 0; g < GROUPS; g++) {
        double value = groups[g] / size[g];
        sum[row / frames * GROUPS + g] += value;
        squares[row / frames * GROUPS + g] += value * value;
      }
    }
    float[] traits = new float[SOUND];
    for (int i = 0; i < parts; i++) {
      double mean = sum[i] / frames;
      traits[i] = (float) mean;
      traits[parts + i] = (float) Math.sqrt(Math.max(0, squares[i] / frames - mean * mean));
    }
    return traits;
  }

  /**
   * Of what a picture encoder sees: the mean of each plane, its standard deviation, and the mean
   * standard deviation within the squares that a token covers.
   *
   * @param planes {@link VisualPlanes#of}
   * @return [{@value #SIGHT}]
   */
  public static float[] ofSight(float[] planes) {
    int side = VisualPlanes.TOKENS_PER_SIDE;
    int pixels = planes.length / VisualPlanes.COUNT;
    int width = (int) Math.round(Math.sqrt(pixels));
    int cell = width / side;
    float[] traits = new float[SIGHT];
    for (int plane = 0; plane < VisualPlanes.COUNT; plane++) {
      double[] sum = new double[side * side];
      double[] squares = new double[side * side];
      for (int i = 0; i < pixels; i++) {
        double v = planes[plane * pixels + i];
        int at = i / width / cell * side + i % width / cell;
        sum[at] += v;
        squares[at] += v * v;
      }
      double all = 0;
      double allSquares = 0;
      double texture = 0;
      int inCell = cell * cell;
      for (int at = 0; at < sum.length; at++) {
        all += sum[at];
        allSquares += squares[at];
        texture += deviation(sum[at], squares[at], inCell) / sum.length;
      }
      traits[plane] = (float) (all / pixels);
      traits[VisualPlanes.COUNT + plane] = (float) deviation(all, allSquares, pixels);
      traits[2 * VisualPlanes.COUNT + plane] = (float) texture;
    }
    return traits;
  }

  private static double deviation(double sum, double squares, int count) {
    double mean = sum / count;
    return Math.sqrt(Math.max(0, squares / count - mean * mean));
  }
}
