package org.hearsight.learning.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.hearsight.learning.engine.TensorBridge;

/**
 * ADPIT, the loss of multi-ACCDDOA: mean squared error of three tracks a class under the cheapest
 * assignment of sounding events to tracks, frame by frame and class by class.
 *
 * <p>A frame's targets for a class are six dummy tracks: A0 where one event sounds, B0 and B1 where
 * two do, C0 to C2 where three do. Thirteen assignments of dummy tracks to the network's three
 * tracks are tried; each is padded with the targets of the other groups, which are zero where those
 * groups do not sound, so that no assignment of a silent group is cheaper. Shimada and others,
 * "Multi-ACCDOA", arXiv 2110.07124; distance as in the DCASE 2024 baseline.
 */
public final class AdpitLoss {
  /** Tracks of the network a class. */
  public static final int TRACKS = 3;

  /** x, y, z and distance. */
  public static final int AXES = 4;

  /** A0, B0, B1, C0, C1, C2. */
  public static final int DUMMY_TRACKS = 6;

  /** Assignments tried. */
  public static final int PERMUTATIONS = 13;

  /** The dummy track that each of the network's tracks is held to, permutation by permutation. */
  private static final int[][] ASSIGNED = {
    {0, 0, 0},
    {1, 1, 2},
    {1, 2, 1},
    {1, 2, 2},
    {2, 1, 1},
    {2, 1, 2},
    {2, 2, 1},
    {3, 4, 5},
    {3, 5, 4},
    {4, 3, 5},
    {4, 5, 3},
    {5, 3, 4},
    {5, 4, 3},
  };

  /** What the other two groups add to a permutation of A, B or C. */
  private static final int[][][] PADDING = {
    {{1, 1, 2}, {3, 4, 5}},
    {{0, 0, 0}, {3, 4, 5}},
    {{0, 0, 0}, {1, 1, 2}},
  };

  private AdpitLoss() {}

  /**
   * Lays the targets of all permutations out, so that the loss is a subtraction.
   *
   * @param tracks [cells, 6, 4, classes]: x, y, z and distance of each dummy track, zero where it
   *     does not sound; a cell is a frame of a clip
   * @return [cells, 13, 3 · 4, classes]
   */
  public static float[] permuted(float[] tracks, int classes) {
    int track = AXES * classes;
    int cells = tracks.length / (DUMMY_TRACKS * track);
    float[] out = new float[cells * PERMUTATIONS * TRACKS * track];
    int at = 0;
    for (int cell = 0; cell < cells; cell++) {
      int from = cell * DUMMY_TRACKS * track;
      for (int[] assigned : ASSIGNED) {
        int[][] padding = PADDING[assigned[0] == 0 ? 0 : assigned[0] < 3 ? 1 : 2];
        for (int t = 0; t < TRACKS; t++) {
          int a = from + assigned[t] * track;
          int b = from + padding[0][t] * track;
          int c = from + padding[1][t] * track;
          for (int i = 0; i < track; i++) {
            out[at++] = tracks[a + i] + tracks[b + i] + tracks[c + i];
          }
        }
      }
    }
    return out;
  }

  /**
   * The loss of a batch, a scalar.
   *
   * @param output [B, T, 3 · 4 · classes]: track by track x, y, z and distance of all classes
   * @param permuted [B · T, 13, 3 · 4, classes] of {@link #permuted}
   */
  public static NDArray compute(NDArray output, float[] permuted) {
    Shape s = output.getShape();
    long cells = s.get(0) * s.get(1);
    long classes = s.get(2) / (TRACKS * AXES);
    if (permuted.length != cells * PERMUTATIONS * s.get(2)) {
      throw new IllegalArgumentException(
          "adpit: " + permuted.length + " target values for an output of " + s);
    }
    NDArray targets =
        TensorBridge.toArray(
            output.getManager(), permuted, cells, PERMUTATIONS, TRACKS * AXES, classes);
    return output
        .reshape(cells, 1, TRACKS * AXES, classes)
        .sub(targets)
        .square()
        .mean(new int[] {2})
        .min(new int[] {1})
        .mean();
  }
}
