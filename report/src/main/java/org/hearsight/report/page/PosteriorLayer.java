package org.hearsight.report.page;

import java.util.HashSet;
import java.util.Set;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.report.chart.Figures;
import org.hearsight.report.chart.Markup;

/**
 * How probable each place is, on a plan in metres: cells of the {@link PlaceGrid}, the darker the
 * more probable by the square root, and the edge of a region.
 */
final class PosteriorLayer {
  /** Cells below this share of the most probable one are left out. */
  private static final double LEAST = 0.01;

  private static final double DARKEST = 0.8;
  private static final double HALF_STEP = Math.exp(PlaceGrid.LOG_STEP / 2);

  private final double scale;
  private final double x;
  private final double y;

  /**
   * @param scale pixels a metre
   * @param x of the microphone, pixels
   * @param y the same
   */
  PosteriorLayer(double scale, double x, double y) {
    this.scale = scale;
    this.x = x;
    this.y = y;
  }

  void draw(ReportData.Places places, Markup out) {
    PlacePosterior map = places.map();
    double most = 0;
    for (int cell = 0; cell < PlaceGrid.CELLS; cell++) {
      most = Math.max(most, map.probability(cell));
    }
    out.open("g", "class", "mass");
    for (int cell = 0; cell < PlaceGrid.CELLS; cell++) {
      double share = map.probability(cell) / most;
      if (share >= LEAST) {
        String opacity = Figures.fixed(DARKEST * Math.sqrt(share), 2);
        out.empty("path", "d", cell(cell), "fill-opacity", opacity);
      }
    }
    out.close();
    String edge = edge(places.region());
    if (!edge.isEmpty()) {
      out.open("path", "class", "edge", "d", edge);
      out.leaf("title", Figures.percent(places.probability()) + " region").close();
    }
  }

  private String cell(int cell) {
    int a = PlaceGrid.azimuthOf(cell);
    int d = PlaceGrid.distanceOf(cell);
    return "M"
        + at(right(a), outer(d))
        + arc(outer(d), false, left(a))
        + "L"
        + at(left(a), inner(d))
        + arc(inner(d), true, right(a))
        + "Z";
  }

  /** Where a cell of the region borders on one that is not of it. */
  private String edge(int[] region) {
    Set<Integer> inside = new HashSet<>();
    for (int cell : region) {
      inside.add(cell);
    }
    StringBuilder d = new StringBuilder();
    for (int cell : region) {
      int a = PlaceGrid.azimuthOf(cell);
      int at = PlaceGrid.distanceOf(cell);
      side(d, inside, at, PlaceGrid.turned(a, 1), left(a));
      side(d, inside, at, PlaceGrid.turned(a, -1), right(a));
      if (at + 1 == PlaceGrid.DISTANCES || !inside.contains(PlaceGrid.cell(a, at + 1))) {
        d.append('M').append(at(right(a), outer(at))).append(arc(outer(at), false, left(a)));
      }
      if (at == 0 || !inside.contains(PlaceGrid.cell(a, at - 1))) {
        d.append('M').append(at(right(a), inner(at))).append(arc(inner(at), false, left(a)));
      }
    }
    return d.toString();
  }

  private void side(
      StringBuilder d, Set<Integer> inside, int distance, int beside, double azimuth) {
    if (!inside.contains(PlaceGrid.cell(beside, distance))) {
      d.append('M').append(at(azimuth, inner(distance)));
      d.append('L').append(at(azimuth, outer(distance)));
    }
  }

  private static double left(int azimuth) {
    return PlaceGrid.azimuth(azimuth) + PlaceGrid.DEGREES / 2;
  }

  private static double right(int azimuth) {
    return PlaceGrid.azimuth(azimuth) - PlaceGrid.DEGREES / 2;
  }

  private static double inner(int distance) {
    return PlaceGrid.distance(distance) / HALF_STEP;
  }

  private static double outer(int distance) {
    return PlaceGrid.distance(distance) * HALF_STEP;
  }

  /** An arc around the microphone to an azimuth; clockwise is to the right. */
  private String arc(double metres, boolean clockwise, double azimuth) {
    String r = Figures.px(metres * scale);
    return "A" + r + " " + r + " 0 0 " + (clockwise ? 1 : 0) + " " + at(azimuth, metres);
  }

  private String at(double azimuth, double metres) {
    Vec3 p = new Direction(azimuth, 0).at(metres);
    return Figures.px(x - p.y() * scale) + " " + Figures.px(y - p.x() * scale);
  }
}
