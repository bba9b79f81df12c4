package org.hearsight.core.vision;

import org.hearsight.core.audio.ChannelSwap;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;

/**
 * A picture of all directions in equirectangular projection, as 360° cameras write it.
 *
 * <p>Columns run from azimuth +180° at the left edge over 0° in the middle to −180° at the right
 * edge, so that left in the picture is left in the room; rows from elevation +90° to −90°.
 *
 * @param width pixels, twice the height
 * @param height pixels
 * @param pixels {@code 0xRRGGBB}, row by row
 */
public record Panorama(int width, int height, int[] pixels) {
  private static final int SIZE = View.SIZE;

  /** Rays a pixel and axis: a frame of 1920 columns has nearly three to a pixel of the view. */
  private static final int RAYS = 3;

  public Panorama {
    if (width != 2 * height || pixels.length != width * height || height < 2) {
      throw new IllegalArgumentException(
          "panorama: " + width + " x " + height + ", " + pixels.length + " pixels");
    }
  }

  /** The column a direction falls on, in pixels from the left edge: [0, width). */
  public double columnOf(Direction direction) {
    return (180 - direction.azimuth()) / 360 * width;
  }

  /** The row a direction falls on, in pixels from the top edge: [0, height]. */
  public double rowOf(Direction direction) {
    return (90 - direction.elevation()) / 180 * height;
  }

  /**
   * The picture of the scene that a swap of channels makes of this one.
   *
   * <p>Width a multiple of four, so that a quarter turn falls on whole columns.
   */
  public Panorama swapped(ChannelSwap swap) {
    int[] moved = new int[pixels.length];
    for (int column = 0; column < width; column++) {
      int from = swap.sourceColumn(column, width);
      for (int row = 0; row < height; row++) {
        moved[row * width + column] = pixels[swap.sourceRow(row, height) * width + from];
      }
    }
    return new Panorama(width, height, moved);
  }

  /**
   * What a pinhole camera of the model's size and field of view sees; bilinear between pixels, the
   * mean of {@value #RAYS} x {@value #RAYS} rays each.
   *
   * @param look where the optical axis points; the camera's horizon stays level
   * @return [3, SIZE, SIZE], red, green, blue in [0, 1]
   */
  public float[] pinhole(Direction look) {
    Vec3 forward = look.unit();
    Vec3 left = new Direction(look.azimuth() + 90, 0).unit();
    Vec3 up = forward.cross(left);
    float[] rgb = new float[3 * SIZE * SIZE];
    double[] sum = new double[3];
    for (int row = 0; row < SIZE; row++) {
      for (int column = 0; column < SIZE; column++) {
        sum[0] = sum[1] = sum[2] = 0;
        for (int i = 0; i < RAYS; i++) {
          double z = Camera.slope(row + (i + 0.5) / RAYS, SIZE);
          for (int j = 0; j < RAYS; j++) {
            double y = Camera.slope(column + (j + 0.5) / RAYS, SIZE);
            Direction ray = Direction.of(forward.plus(left.times(y)).plus(up.times(z)));
            add(columnOf(ray), rowOf(ray), sum);
          }
        }
        for (int c = 0; c < 3; c++) {
          rgb[(c * SIZE + row) * SIZE + column] = (float) (sum[c] / (255.0 * RAYS * RAYS));
        }
      }
    }
    return rgb;
  }

  /** Adds the colour at a place between pixels; columns go round, rows end at the poles. */
  private void add(double column, double row, double[] sum) {
    double x = column - 0.5;
    double y = Math.max(0, Math.min(height - 1, row - 0.5));
    int x0 = (int) Math.floor(x);
    int y0 = (int) y;
    double right = x - x0;
    double below = y - y0;
    int y1 = Math.min(height - 1, y0 + 1);
    add(x0, y0, (1 - right) * (1 - below), sum);
    add(x0 + 1, y0, right * (1 - below), sum);
    add(x0, y1, (1 - right) * below, sum);
    add(x0 + 1, y1, right * below, sum);
  }

  private void add(int column, int row, double weight, double[] sum) {
    int pixel = pixels[row * width + Math.floorMod(column, width)];
    sum[0] += weight * (pixel >> 16 & 255);
    sum[1] += weight * (pixel >> 8 & 255);
    sum[2] += weight * (pixel & 255);
  }
}
