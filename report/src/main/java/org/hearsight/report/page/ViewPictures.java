package org.hearsight.report.page;

import org.hearsight.core.vision.Png;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;

/**
 * A view as three PNG files for people.
 *
 * @param rgb the picture
 * @param depth colour-mapped: yellow near, violet far, gray = nothing
 * @param occlusion white = occluder
 */
public record ViewPictures(byte[] rgb, byte[] depth, byte[] occlusion) {
  /** Depths at the ends of the colour scale, metres. */
  private static final double NEAR = 1;

  private static final double FAR = 60;
  private static final int NOTHING = 0x6f7378;

  /** Draws a view. */
  public static ViewPictures of(View view) {
    int n = View.SIZE * View.SIZE;
    int[] depth = new int[n];
    byte[] occlusion = new byte[n];
    for (int i = 0; i < n; i++) {
      depth[i] = view.depth()[i] > 0 ? colour(view.depth()[i]) : NOTHING;
      occlusion[i] = (byte) Math.round(255 * view.occlusion()[i]);
    }
    return new ViewPictures(
        Png.rgb(StoredView.pixels(view), View.SIZE, View.SIZE),
        Png.rgb(depth, View.SIZE, View.SIZE),
        Png.gray8(occlusion, View.SIZE, View.SIZE));
  }

  /** Logarithmic in depth, so that near things differ as visibly as far ones. */
  private static int colour(double metres) {
    double far = Math.log(metres / NEAR) / Math.log(FAR / NEAR);
    return Viridis.colour(1 - far);
  }
}
