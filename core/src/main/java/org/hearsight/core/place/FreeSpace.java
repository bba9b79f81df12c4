package org.hearsight.core.place;

import org.hearsight.core.vision.View;

/**
 * How far one sees along each azimuth at the height of the camera, in metres: the {@link
 * FreeDistance} at the horizon, told for people and for geometry.
 */
public final class FreeSpace {
  private static final int N = PlaceGrid.AZIMUTHS;
  private static final double EDGE = Math.log(1.25);

  private final float[] seen;

  private FreeSpace(float[] seen) {
    this.seen = seen;
  }

  /**
   * Are two distances, in metres, of neighbouring azimuth cells those of one surface? A jump by a
   * quarter is an edge.
   */
  public static boolean isOneSurface(double metres, double others) {
    return Math.abs(Math.log(metres / others)) <= EDGE;
  }

  /** Of a view; without depth nothing is known of any azimuth. */
  public static FreeSpace of(View view) {
    return new FreeSpace(FreeDistance.of(view));
  }

  /** Of a view that was looked at. */
  public static FreeSpace of(PlaceFeatures.Sight sight) {
    return new FreeSpace(sight.seen());
  }

  /** Is anything known? */
  public boolean isKnown() {
    return isSeen(PlaceGrid.azimuthCell(0));
  }

  /** Does an azimuth cell lie in the view, and is it known how far one sees there? */
  public boolean isSeen(int azimuth) {
    return seen[FreeDistance.IN_VIEW * N + azimuth] != 0;
  }

  /** To the first surface, where it is nearest within an azimuth cell that is seen. */
  public double nearest(int azimuth) {
    return Math.exp(seen[FreeDistance.HORIZON_AT * N + azimuth]);
  }

  /** To the first surface, where it is farthest within an azimuth cell that is seen. */
  public double farthest(int azimuth) {
    return Math.exp(seen[(FreeDistance.HORIZON_AT + 1) * N + azimuth]);
  }
}
