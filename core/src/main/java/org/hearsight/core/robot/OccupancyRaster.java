package org.hearsight.core.robot;

import java.util.List;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;

/**
 * Maps of places on a square raster around the microphone, as occupancy grids have them.
 *
 * <p>The probability of one square depends on its size and is nearly always below 1 %, which a grid
 * of whole percents cannot hold. So a square says which region it belongs to: {@code 100 − p} where
 * the smallest region that reaches it holds {@code p} % (highest-density regions). Squares of 50
 * and more are the region of 50 %, those of 10 and more that of 90 %, whatever the resolution; a
 * costmap may cut where it likes. Of several hazards the larger value counts. Beyond the places
 * that are looked for, squares are unknown.
 *
 * <p>Row by row from the right to the left (y), each from behind to ahead (x). Immutable.
 */
public final class OccupancyRaster {
  /** What a square is of which nothing is known. */
  public static final byte UNKNOWN = -1;

  private static final int CERTAIN = 100;
  private static final int MOST_SIDE = 1000;

  /** Where the cells of the last distance end, metres. */
  private static final double REACH = PlaceGrid.FARTHEST * Math.exp(PlaceGrid.LOG_STEP / 2);

  private final double resolution;
  private final int side;
  private final int[] cells; // of the grid of places; −1 beyond it

  /**
   * @param resolution of a square's side, metres
   * @param range from the microphone to the raster's edge, metres
   * @throws IllegalArgumentException if one is not positive, or the raster is larger than 1000 ×
   *     1000
   */
  public OccupancyRaster(double resolution, double range) {
    FieldValues.positive("resolution", resolution);
    FieldValues.positive("range", range);
    FieldValues.within("squares of a side", Math.ceil(2 * range / resolution), 2, MOST_SIDE);
    this.resolution = resolution;
    side = (int) Math.ceil(2 * range / resolution);
    cells = new int[side * side];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        cells[row * side + column] = cell(centre(column), centre(row));
      }
    }
  }

  private double centre(int index) {
    return origin() + (index + 0.5) * resolution;
  }

  private static int cell(double x, double y) {
    double distance = Math.hypot(x, y);
    if (distance > REACH) {
      return -1;
    }
    double azimuth = Direction.of(new Vec3(x, y, 0)).azimuth();
    return PlaceGrid.cell(PlaceGrid.azimuthCell(azimuth), PlaceGrid.distanceCell(distance));
  }

  /** Length of a square's side, metres. */
  public double resolution() {
    return resolution;
  }

  /** Squares of a side. */
  public int side() {
    return side;
  }

  /** Where the raster begins on either axis, metres. */
  public double origin() {
    return -side * resolution / 2;
  }

  /**
   * Draws maps.
   *
   * @param maps one a hazard; none leaves every square that is known at 0
   * @return [side × side], 0 to 100, or {@link #UNKNOWN}
   */
  public byte[] draw(List<PlacePosterior> maps) {
    byte[] values = new byte[PlaceGrid.CELLS];
    for (PlacePosterior map : maps) {
      double held = 0;
      for (int cell : map.region(1)) {
        byte value = (byte) Math.round(CERTAIN * (1 - Math.min(1, held)));
        values[cell] = (byte) Math.max(values[cell], value);
        held += map.probability(cell);
      }
    }
    byte[] squares = new byte[cells.length];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = cells[i] < 0 ? UNKNOWN : values[cells[i]];
    }
    return squares;
  }
}
