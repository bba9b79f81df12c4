package org.hearsight.core.seld;

import java.util.List;
import org.hearsight.core.audio.ChannelSwap;
import org.hearsight.core.geometry.Vec3;

/**
 * Test-time augmentation: a network hears one recording in several {@link ChannelSwap}s, every
 * answer is turned back, and their mean is the answer. What the network gets wrong in one
 * orientation and not in another is averaged away; it costs a run of the network for each swap.
 * Distances count by the lengths of their vectors: where a network hears nothing it says 0 m.
 *
 * <p>The order of a class's three tracks means nothing (ADPIT, Shimada et al., ICASSP 2022), so the
 * tracks of each answer are brought into the order in which they lie closest to the first answer's.
 */
public final class SwapAverage {
  private static final int[][] ORDERS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  /** So that distances have a mean where no answer hears anything. */
  private static final double LEAST = 1e-9;

  private final List<ChannelSwap> swaps;
  private final int classes;

  /**
   * @param swaps in which the recording is heard, one or more; the tracks' order is the first's
   */
  public SwapAverage(List<ChannelSwap> swaps, int classes) {
    if (swaps.isEmpty()) {
      throw new IllegalArgumentException("swaps: none");
    }
    this.swaps = List.copyOf(swaps);
    this.classes = classes;
  }

  /**
   * The mean of all answers, as if to the recording as it is.
   *
   * @param answers of the network to each of the swaps, in their order, each [frames, 3 tracks ·
   *     (x, y, z, distance) · classes]; they are turned back in place
   * @return [frames, 3 tracks · (x, y, z, distance) · classes]
   */
  public float[] of(List<float[]> answers) {
    if (answers.size() != swaps.size()) {
      throw new IllegalArgumentException(
          answers.size() + " answers to " + swaps.size() + " swaps of channels");
    }
    if (swaps.size() == 1) {
      turnBack(answers.get(0), swaps.get(0).inverse());
      return answers.get(0);
    }
    int track = AccddoaDecoder.AXES * classes;
    int row = AccddoaDecoder.TRACKS * track;
    double[] sum = new double[answers.get(0).length];
    double[] weights = new double[sum.length];
    for (int i = 0; i < answers.size(); i++) {
      float[] answer = answers.get(i);
      turnBack(answer, swaps.get(i).inverse());
      for (int frame = 0; frame < answer.length; frame += row) {
        for (int c = 0; c < classes; c++) {
          int[] order = closest(answers.get(0), answer, frame + c);
          for (int t = 0; t < AccddoaDecoder.TRACKS; t++) {
            int to = frame + t * track + c;
            int from = frame + order[t] * track + c;
            double length = vector(answer, from).norm() + LEAST;
            for (int axis = 0; axis < track; axis += classes) {
              double weight = axis == 3 * classes ? length : 1;
              sum[to + axis] += weight * answer[from + axis];
              weights[to + axis] += weight;
            }
          }
        }
      }
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / weights[i]);
    }
    return mean;
  }

  private void turnBack(float[] answer, ChannelSwap back) {
    int track = AccddoaDecoder.AXES * classes;
    for (int from = 0; from < answer.length; from += track) {
      for (int c = from; c < from + classes; c++) {
        Vec3 v = back.apply(vector(answer, c));
        answer[c] = (float) v.x();
        answer[c + classes] = (float) v.y();
        answer[c + 2 * classes] = (float) v.z();
      }
    }
  }

  /** Which of the answer's tracks stands for each of the first answer's. */
  private int[] closest(float[] first, float[] answer, int at) {
    int track = AccddoaDecoder.AXES * classes;
    int[] best = ORDERS[0];
    double least = Double.POSITIVE_INFINITY;
    for (int[] order : ORDERS) {
      double apart = 0;
      for (int t = 0; t < AccddoaDecoder.TRACKS; t++) {
        double d =
            vector(first, at + t * track).minus(vector(answer, at + order[t] * track)).norm();
        apart += d * d;
      }
      if (apart < least) {
        least = apart;
        best = order;
      }
    }
    return best;
  }

  private Vec3 vector(float[] output, int at) {
    return new Vec3(output[at], output[at + classes], output[at + 2 * classes]);
  }
}
