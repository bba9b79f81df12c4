package org.hearsight.app.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.place.FreeSpace;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlaceHill;
import org.hearsight.core.place.PlacePosterior;

/**
 * A map of places in words, as in {@code 62 %: behind what stands 4 m away, 35°–55° left, 6–11 m}:
 * each of its hills with its probability, and where four fifths of that lie.
 */
public final class PlaceLines {
  private static final double SHOWN = 0.8;
  private static final double LEAST_MASS = 0.05;
  private static final int MOST = 3;

  /**
   * A place is behind a surface if it lies beyond it by more than a hazard is deep, whose own front
   * is a surface, too: metres, and at least a cell of the map.
   */
  private static final double DEPTH = 1.5;

  private PlaceLines() {}

  /**
   * A line a hill, the most probable first, three at most.
   *
   * @param space tells what hills lie behind; where nothing of it is known, that is not said
   */
  public static List<String> of(PlacePosterior places, FreeSpace space) {
    return places.hills().stream()
        .filter(hill -> hill.mass() >= LEAST_MASS)
        .limit(MOST)
        .map(hill -> line(hill, places, space))
        .toList();
  }

  private static String line(PlaceHill hill, PlacePosterior places, FreeSpace space) {
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
        "%.0f %%: %s%s, %s–%s m",
        100 * hill.mass(),
        space.isKnown() ? cover(cells, places, space) + ", " : "",
        left - right >= 360 ? "all around" : azimuths(middle + right, middle + left),
        metres(nearest),
        metres(farthest));
  }

  /**
   * What most of the probability of a hill's places is: hidden, in the open or outside the view. A
   * place between the nearest and the farthest surface of its direction is half hidden.
   */
  private static String cover(List<Integer> cells, PlacePosterior places, FreeSpace space) {
    double outside = 0;
    double open = 0;
    double behind = 0;
    double before = 0;
    for (int cell : cells) {
      double p = places.probability(cell);
      int azimuth = PlaceGrid.azimuthOf(cell);
      double metres = PlaceGrid.distance(PlaceGrid.distanceOf(cell));
      if (!space.isSeen(azimuth)) {
        outside += p;
        continue;
      }
      double hidden =
          (isBehind(metres, space.nearest(azimuth)) ? 0.5 : 0)
              + (isBehind(metres, space.farthest(azimuth)) ? 0.5 : 0);
      open += (1 - hidden) * p;
      behind += hidden * p;
      before += hidden * p * Math.log(space.nearest(azimuth));
    }
    if (outside > open + behind) {
      return "outside the view";
    }
    return behind > open
        ? String.format(
            Locale.ROOT, "behind what stands %s m away", metres(Math.exp(before / behind)))
        : "in the open";
  }

  private static boolean isBehind(double metres, double surface) {
    return metres > surface + DEPTH && metres > surface * Math.exp(PlaceGrid.LOG_STEP);
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
