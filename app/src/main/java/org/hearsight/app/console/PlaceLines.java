package org.hearsight.app.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlaceHill;
import org.hearsight.core.place.PlacePosterior;

/**
 * A map of places in words, as in {@code 62 %: 35°–55° left, 6–11 m}: each of its hills with its
 * probability, and where four fifths of that lie.
 */
public final class PlaceLines {
  private static final double SHOWN = 0.8;
  private static final double LEAST_MASS = 0.05;
  private static final int MOST = 3;

  private PlaceLines() {}

  /** A line a hill, the most probable first, three at most. */
  public static List<String> of(PlacePosterior places) {
    return places.hills().stream()
        .filter(hill -> hill.mass() >= LEAST_MASS)
        .limit(MOST)
        .map(hill -> line(hill, places))
        .toList();
  }

  private static String line(PlaceHill hill, PlacePosterior places) {
    List<Integer> cells = new ArrayList<>();
    double held = 0;
    for (int cell : hill.cells()) {
      if (held < SHOWN * hill.mass()) {
        cells.add(cell);
        held += places.probability(cell);
      }
    }
    double middle = hill.place().azimuth();
    double right = 0;
    double left = 0;
    double nearest = Double.POSITIVE_INFINITY;
    double farthest = 0;
    for (int cell : cells) {
      double off = Direction.wrap(PlaceGrid.azimuth(PlaceGrid.azimuthOf(cell)) - middle);
      right = Math.min(right, off - PlaceGrid.DEGREES / 2);
      left = Math.max(left, off + PlaceGrid.DEGREES / 2);
      double metres = PlaceGrid.distance(PlaceGrid.distanceOf(cell));
      nearest = Math.min(nearest, metres * Math.exp(-PlaceGrid.LOG_STEP / 2));
      farthest = Math.max(farthest, metres * Math.exp(PlaceGrid.LOG_STEP / 2));
    }
    return String.format(
        Locale.ROOT,
        "%.0f %%: %s, %s–%s m",
        100 * hill.mass(),
        left - right >= 360 ? "all around" : azimuths(middle + right, middle + left),
        metres(nearest),
        metres(farthest));
  }

  /** From the right end to the left one, degrees. */
  private static String azimuths(double from, double to) {
    long a = Math.round(Direction.wrap(from));
    long b = Math.round(Direction.wrap(to));
    if (a >= 0 && b >= a) {
      return a + "°–" + b + "° left";
    }
    if (b <= 0 && a <= b) {
      return -b + "°–" + -a + "° right";
    }
    return side(a) + " to " + side(b);
  }

  private static String side(long azimuth) {
    return Math.abs(azimuth) + "° " + (azimuth < 0 ? "right" : "left");
  }

  private static String metres(double distance) {
    return String.format(Locale.ROOT, distance < 10 ? "%.1f" : "%.0f", distance);
  }
}
