package org.hearsight.core.place;

import org.hearsight.core.dataset.Location;
import org.hearsight.core.geometry.Direction;

/**
 * The places a hazard is looked for in: {@value #AZIMUTHS} azimuths all around × {@value
 * #DISTANCES} horizontal distances.
 *
 * <p>Azimuth cells are {@value #DEGREES}° wide; cell 0 is centred on −177.5°, the last on 177.5°,
 * and they run counter-clockwise, so that positive azimuths are to the left as everywhere.
 * Distances are measured along the ground from the microphone, in metres, at equal steps of their
 * logarithm from {@value #NEAREST} to {@value #FARTHEST}. A map over the grid is a flat array
 * [{@value #AZIMUTHS}, {@value #DISTANCES}], azimuth by azimuth.
 *
 * <p>Labels are soft, as direction grids are trained with Gaussian ones (SRP-PHAT-NET, arXiv
 * 2510.22682): a hazard between two cells counts in both, and a near miss costs less than a far
 * one.
 */
public final class PlaceGrid {
  public static final int AZIMUTHS = 72;
  public static final int DISTANCES = 16;
  public static final int CELLS = AZIMUTHS * DISTANCES;

  /** Width of an azimuth cell. */
  public static final double DEGREES = 360.0 / AZIMUTHS;

  /** Centre of the nearest distance cell, metres. */
  public static final double NEAREST = 1.2;

  /** Centre of the farthest distance cell, metres. */
  public static final double FARTHEST = 60;

  /** From a distance cell's centre to the next one's, in natural logarithms of metres. */
  public static final double LOG_STEP = Math.log(FARTHEST / NEAREST) / (DISTANCES - 1);

  /** Standard deviation of a soft label in azimuth, degrees. */
  public static final double LABEL_DEGREES = 4;

  /** Standard deviation of a soft label in the logarithm of the distance, in cells. */
  public static final double LABEL_CELLS = 0.7;

  private PlaceGrid() {}

  /** Centre of an azimuth cell, degrees. */
  public static double azimuth(int azimuth) {
    return (azimuth + 0.5) * DEGREES - 180;
  }

  /** Natural logarithm of the centre of a distance cell, metres. */
  public static double logDistance(int distance) {
    return Math.log(NEAREST) + distance * LOG_STEP;
  }

  /** Centre of a distance cell, metres. */
  public static double distance(int distance) {
    return Math.exp(logDistance(distance));
  }

  /** Place of a cell in a map. */
  public static int cell(int azimuth, int distance) {
    return azimuth * DISTANCES + distance;
  }

  /** The azimuth cell of a cell. */
  public static int azimuthOf(int cell) {
    return cell / DISTANCES;
  }

  /** The distance cell of a cell. */
  public static int distanceOf(int cell) {
    return cell % DISTANCES;
  }

  /** The azimuth cell that holds a direction. */
  public static int azimuthCell(double degrees) {
    return Math.floorMod((int) Math.floor((degrees + 180) / DEGREES), AZIMUTHS);
  }

  /** The distance cell whose centre is nearest; places off the grid belong to its rim. */
  public static int distanceCell(double metres) {
    long nearest = Math.round(Math.log(metres / NEAREST) / LOG_STEP);
    return (int) Math.max(0, Math.min(DISTANCES - 1, nearest));
  }

  /** The cell that holds a place. */
  public static int cell(Location place) {
    return cell(azimuthCell(place.azimuth()), distanceCell(horizontal(place)));
  }

  /** Distance of a place along the ground, metres. */
  public static double horizontal(Location place) {
    return place.distance() * Math.cos(Math.toRadians(place.elevation()));
  }

  /** How far a place is above the microphone, metres. */
  public static double rise(Location place) {
    return place.distance() * Math.sin(Math.toRadians(place.elevation()));
  }

  /**
   * The place at a distance along the ground.
   *
   * @param horizontal metres along the ground, above zero
   * @param rise metres above the microphone
   */
  public static Location place(double azimuth, double horizontal, double rise) {
    double elevation = Math.toDegrees(Math.atan2(rise, horizontal));
    return new Location(Direction.wrap(azimuth), elevation, Math.hypot(horizontal, rise));
  }

  /** The azimuth cell where this one is seen in a mirror that swaps left and right. */
  public static int mirror(int azimuth) {
    return AZIMUTHS - 1 - azimuth;
  }

  /** The azimuth cell that lies so many cells to the left of this one. */
  public static int turned(int azimuth, int cells) {
    return Math.floorMod(azimuth + cells, AZIMUTHS);
  }

  /**
   * A map in a mirror: left and right change places.
   *
   * @param map [{@value #AZIMUTHS}, {@value #DISTANCES}]
   */
  public static float[] mirrored(float[] map) {
    require(map);
    float[] out = new float[CELLS];
    for (int a = 0; a < AZIMUTHS; a++) {
      System.arraycopy(map, cell(a, 0), out, cell(mirror(a), 0), DISTANCES);
    }
    return out;
  }

  /**
   * A map after everything in it has moved to the left.
   *
   * @param map [{@value #AZIMUTHS}, {@value #DISTANCES}]
   * @param cells of azimuth; negative to the right
   */
  public static float[] turned(float[] map, int cells) {
    require(map);
    float[] out = new float[CELLS];
    for (int a = 0; a < AZIMUTHS; a++) {
      System.arraycopy(map, cell(a, 0), out, cell(turned(a, cells), 0), DISTANCES);
    }
    return out;
  }

  /**
   * The soft label of a place: Gaussian in azimuth and in the logarithm of the horizontal distance;
   * sums to one. A place off the grid is taken to its rim, and one cell beyond at most.
   *
   * @return [{@value #AZIMUTHS}, {@value #DISTANCES}]
   */
  public static float[] label(Location place) {
    double[] byAzimuth = new double[AZIMUTHS];
    double azimuths = 0;
    for (int a = 0; a < AZIMUTHS; a++) {
      double off = Direction.wrap(azimuth(a) - place.azimuth()) / LABEL_DEGREES;
      byAzimuth[a] = Math.exp(-off * off / 2);
      azimuths += byAzimuth[a];
    }
    double at = Math.log(horizontal(place) / NEAREST) / LOG_STEP;
    at = Math.max(-1, Math.min(DISTANCES, at));
    double[] byDistance = new double[DISTANCES];
    double distances = 0;
    for (int d = 0; d < DISTANCES; d++) {
      double off = (d - at) / LABEL_CELLS;
      byDistance[d] = Math.exp(-off * off / 2);
      distances += byDistance[d];
    }
    float[] label = new float[CELLS];
    for (int a = 0; a < AZIMUTHS; a++) {
      for (int d = 0; d < DISTANCES; d++) {
        label[cell(a, d)] = (float) (byAzimuth[a] / azimuths * (byDistance[d] / distances));
      }
    }
    return label;
  }

  private static void require(float[] map) {
    if (map.length != CELLS) {
      throw new IllegalArgumentException("map: " + map.length + " numbers, not " + CELLS);
    }
  }
}
