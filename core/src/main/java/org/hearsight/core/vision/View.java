package org.hearsight.core.vision;

import java.util.Arrays;
import org.hearsight.core.error.InputException;

/**
 * What the camera sees, brought to the model's pinhole view: {@value #SIZE} x {@value #SIZE}
 * pixels, horizontal field of view {@value #HFOV_DEGREES}°, looking along +x from the microphone.
 * Row 0 is the top, column 0 the left.
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

  public View {
    if (rgb.length != 3 * SIZE * SIZE
        || depth.length != SIZE * SIZE
        || occlusion.length != SIZE * SIZE) {
      throw new IllegalArgumentException("view: planes are not " + SIZE + " x " + SIZE);
    }
    if (!(occlusionLevel >= 0 && occlusionLevel <= 1)) {
      throw new InputException(
          "view", "occlusion level: " + occlusionLevel + " is not in [0, 1]", "give a share");
    }
    require("rgb", rgb, 1);
    require("depth", depth, Float.MAX_VALUE);
    require("occlusion", occlusion, 1);
  }

  /** Arrays are checked as files are: no picture can hold such numbers. */
  private static void require(String field, float[] plane, float most) {
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
