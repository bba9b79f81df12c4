package org.hearsight.learning.pretrain;

import java.util.SplittableRandom;
import org.hearsight.core.vision.View;

/**
 * A square piece of a picture at its own resolution. A hazard is a few pixels wide: pieces cost as
 * little as a reduced picture, and it keeps the size that the encoder meets later.
 *
 * @param left first column
 * @param top first row
 * @param side in pixels
 */
record Cut(int left, int top, int side) {
  /** All of the picture. */
  static final Cut WHOLE = new Cut(0, 0, View.SIZE);

  /** Rows that a piece shows above and below the horizon, if it is high enough. */
  private static final int ABOUT_HORIZON = 16;

  /** A hazard's middle is this far inside its piece, in pixels, where the picture allows. */
  private static final int MARGIN = 8;

  private static final int TRIES = 16;
  private static final double SHARE_AROUND = 0.75;

  /**
   * Somewhere, with the horizon in it; three times in four around the hazard, if one is in sight.
   *
   * @param place of {@link VisionTargets}, or null
   */
  static Cut drawn(int side, float[] place, SplittableRandom random) {
    if (side == View.SIZE) {
      return WHOLE;
    }
    boolean around = place != null && random.nextDouble() < SHARE_AROUND;
    Cut cut = anywhere(side, random);
    for (int i = 0; around && i < TRIES && !cut.holds(place, MARGIN); i++) {
      cut = anywhere(side, random);
    }
    return cut;
  }

  private static Cut anywhere(int side, SplittableRandom random) {
    int about = Math.min(ABOUT_HORIZON, side / 2);
    int highest = Math.max(0, View.SIZE / 2 + about - side);
    int lowest = Math.min(View.SIZE - side, View.SIZE / 2 - about);
    return new Cut(random.nextInt(View.SIZE - side + 1), random.nextInt(highest, lowest + 1), side);
  }

  /** Is a place in it, at least {@code margin} pixels from its rims? */
  boolean holds(float[] place, int margin) {
    double column = pixels(place[0]) - left;
    double row = pixels(place[1]) - top;
    return Math.min(column, row) >= margin && Math.max(column, row) <= side - margin;
  }

  /** A place in units of half the piece, from its middle. */
  float[] seen(float[] place) {
    return new float[] {
      (float) (2 * (pixels(place[0]) - left) / side - 1),
      (float) (2 * (pixels(place[1]) - top) / side - 1),
      place[2]
    };
  }

  /** The piece of planes [n, SIZE, SIZE], [n, side, side]. */
  float[] of(float[] planes) {
    if (side == View.SIZE) {
      return planes;
    }
    int count = planes.length / (View.SIZE * View.SIZE);
    float[] out = new float[count * side * side];
    for (int row = 0; row < count * side; row++) {
      int from = (row / side * View.SIZE + top + row % side) * View.SIZE + left;
      System.arraycopy(planes, from, out, row * side, side);
    }
    return out;
  }

  /** A column of the picture (−1 left … 1 right) as a share of the piece's width. */
  double across(double column) {
    return ((column + 1) / 2 * View.SIZE - left) / side;
  }

  /** A row of the picture (−1 top … 1 bottom) as a share of the piece's height. */
  double down(double row) {
    return ((row + 1) / 2 * View.SIZE - top) / side;
  }

  /** From −1 … 1 over the picture to pixels. */
  private static double pixels(float at) {
    return (at + 1) / 2.0 * View.SIZE;
  }
}
