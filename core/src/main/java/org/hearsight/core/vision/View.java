package org.hearsight.core.vision;

import java.nio.file.Path;
import java.util.Arrays;
import org.hearsight.core.error.InputException;

/**
 * What the camera sees, brought to the model's pinhole view: {@value #SIZE} x {@value #SIZE}
 * pixels, horizontal field of view {@value #HFOV_DEGREES}°, looking along +x from the microphone.
 * Row 0 is the top, column 0 the left.
 *
 * <p>Arrays are not copied, so they must not change while the view is in use; pictures of other
 * sizes and cameras, and depth in other units, go through {@link ViewReader}.
 *
 * <pre>{@code
 * View view = View.read(Path.of("view.png"), Path.of("depth.png"), 69); // a camera of 69°
 * View dark = View.blind(); // sound alone
 * }</pre>
 *
 * @param rgb [3, SIZE, SIZE], red, green, blue in [0, 1]; all zero when there is no picture
 * @param depth [SIZE, SIZE], metres along the optical axis, 0 = nothing within range or unknown
 * @param occlusion [SIZE, SIZE] in [0, 1], 1 where the first surface is an occluder
 * @param occlusionLevel in [0, 1]: how much of the view is occluded; the map's mean unless given
 */
public record View(float[] rgb, float[] depth, float[] occlusion, float occlusionLevel) {
  public static final int SIZE = 224;
  public static final double HFOV_DEGREES = 90;

  /** Means of pixels may lie beside the largest pixel by so much. */
  private static final float ROUNDING = 1e-5f;

  /**
   * @throws InputException naming the field that has another length, a number that is not one, or
   *     one out of range
   */
  public View {
    require("rgb", rgb, 3, 1);
    require("depth", depth, 1, Float.MAX_VALUE);
    require("occlusion", occlusion, 1, 1);
    if (!(occlusionLevel >= 0 && occlusionLevel <= 1)) {
      throw new InputException(
          "view", "occlusion level: " + occlusionLevel + " is not in [0, 1]", "give a share");
    }
  }

  /** Arrays are checked as files are: no picture can hold such numbers. */
  private static void require(String field, float[] plane, int planes, float most) {
    if (plane == null || plane.length != planes * SIZE * SIZE) {
      throw new InputException(
          "view",
          field + ": " + (plane == null ? "missing" : plane.length + " numbers"),
          "give %d planes of %d x %d, row by row".formatted(planes, SIZE, SIZE));
    }
    for (int i = 0; i < plane.length; i++) {
      if (!(plane[i] >= 0 && plane[i] <= most + ROUNDING)) {
        throw new InputException(
            "view",
            "%s: number %d is %s, expected 0 %s"
                .formatted(field, i, plane[i], most == 1 ? "to 1" : "or more metres"),
            "give 0 where nothing is known");
      }
    }
  }

  /**
   * A picture and its depth as a camera of {@value #HFOV_DEGREES}° gives them. Occlusion is derived
   * from depth. What {@link ViewReader} would note on the way is not kept; who wants to know asks
   * it.
   *
   * @param picture PNG, JPEG or TIFF of any size
   * @param depth of the same size, as {@link ViewReader.Options} describes it
   * @throws InputException as {@link ViewReader#read}
   */
  public static View read(Path picture, Path depth) {
    return read(picture, depth, HFOV_DEGREES);
  }

  /**
   * As {@link #read(Path, Path)}, of a camera of any field of view.
   *
   * @param picture null where there is none
   * @param depth null where it is not known: the view then counts as wholly occluded
   * @param hfovDegrees horizontal field of view of both, in (1, 179)
   */
  public static View read(Path picture, Path depth, double hfovDegrees) {
    ViewReader.Options options = ViewReader.Options.NOTHING.withHfovDegrees(hfovDegrees);
    if (picture != null) {
      options = options.withRgb(picture);
    }
    if (depth != null) {
      options = options.withDepth(depth);
    }
    return ViewReader.read(options).view();
  }

  /** Nothing seen at all: black, no depth, wholly occluded. */
  public static View blind() {
    float[] occluded = new float[SIZE * SIZE];
    Arrays.fill(occluded, 1);
    return new View(new float[3 * SIZE * SIZE], new float[SIZE * SIZE], occluded, 1);
  }

  /** The same view in a mirror: left and right change places. */
  public View mirrored() {
    return new View(mirrored(rgb), mirrored(depth), mirrored(occlusion), occlusionLevel);
  }

  private static float[] mirrored(float[] planes) {
    float[] out = new float[planes.length];
    for (int i = 0; i < planes.length; i++) {
      out[i - i % SIZE + SIZE - 1 - i % SIZE] = planes[i];
    }
    return out;
  }

  /** Is there neither a picture nor depth? */
  public boolean isBlind() {
    return allZero(rgb) && allZero(depth);
  }

  private static boolean allZero(float[] values) {
    for (float v : values) {
      if (v != 0) {
        return false;
      }
    }
    return true;
  }
}
