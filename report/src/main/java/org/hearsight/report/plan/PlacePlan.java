package org.hearsight.report.plan;

import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.place.FreeSpace;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.vision.View;

/**
 * A map of places seen from above: the microphone in the middle looks up the page, left is left,
 * and rings are distances on a logarithmic scale, as the {@link PlaceGrid} has them.
 *
 * @param title one line, as in {@code siren, 38° left, 7.4 m}
 * @param places what is shown, by cells: the darker, the more probable, by the square root
 * @param regions outlined; from the smallest to the largest
 * @param space how far one sees
 * @param best the place that is answered
 * @param apparent where the sound seems to come from; null where nothing is heard
 */
public record PlacePlan(
    String title,
    PlacePosterior places,
    List<Region> regions,
    FreeSpace space,
    Location best,
    Direction apparent) {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 850;
  private static final int SCALE = 2;
  private static final double MIDDLE_X = WIDTH / 2.0;
  private static final double MIDDLE_Y = 412;
  private static final double INNER = 34;
  private static final double OUTER = 318;

  private static final double FIRST = PlaceGrid.logDistance(0) - PlaceGrid.LOG_STEP / 2;
  private static final double LAST =
      PlaceGrid.logDistance(PlaceGrid.DISTANCES - 1) + PlaceGrid.LOG_STEP / 2;
  private static final int[] RINGS = {2, 5, 10, 20, 50};
  private static final double HALF_VIEW = View.HFOV_DEGREES / 2;

  private static final int PAPER = 0xFFFFFF;
  private static final int INK = 0x1D2126;
  private static final int SOFT = 0x5B6470;
  private static final int HAIR = 0xDDDAD2;
  private static final int SEEN = 0xFAF0D2;
  private static final int SURFACE = 0x8B7B4E;
  private static final int MASS = 0x0F5A96;
  private static final int OUTLINE = 0x0A2F52;
  private static final int ANSWER = 0xC04F00;

  /** What is less probable than this share of the most probable cell is left white. */
  private static final double LEAST = 0.004;

  private static final double DARKEST = 0.85;

  /** Line widths of regions, from the smallest region to the largest. */
  private static final double[] WIDTHS = {2.6, 1.7, 1};

  /**
   * An outlined set of cells.
   *
   * @param label as in {@code 80 %}
   */
  public record Region(String label, int[] cells) {}

  public PlacePlan {
    regions = List.copyOf(regions);
    if (regions.size() > WIDTHS.length) {
      throw new IllegalArgumentException("plan: more than " + WIDTHS.length + " regions");
    }
  }

  /** Can a file of this name hold a plan? */
  public static boolean canWrite(Path file) {
    return isSvg(file) || ending(file, ".png");
  }

  /** Writes it as SVG or, by the file's name, as PNG, in one step. */
  public void write(Path file) {
    if (isSvg(file)) {
      AtomicFile.writeText(file, svg());
    } else {
      byte[] png = png();
      AtomicFile.write(file, out -> out.write(png));
    }
  }

  private static boolean isSvg(Path file) {
    return ending(file, ".svg");
  }

  private static boolean ending(Path file, String ending) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  String svg() {
    SvgCanvas canvas = new SvgCanvas(WIDTH, HEIGHT, title);
    draw(canvas);
    return canvas.document();
  }

  byte[] png() {
    RasterCanvas canvas = new RasterCanvas(WIDTH, HEIGHT, SCALE);
    draw(canvas);
    return canvas.png();
  }

  private void draw(Canvas on) {
    on.fill(box(0, 0, WIDTH, HEIGHT), PAPER, 1, false);
    on.text(title, MIDDLE_X, 36, 19, Canvas.Anchor.MIDDLE, INK);
    seen(on);
    rings(on);
    density(on);
    surfaces(on);
    for (int i = regions.size() - 1; i >= 0; i--) {
      on.line(outline(regions.get(i).cells()), OUTLINE, WIDTHS[i]);
    }
    distances(on);
    if (apparent != null) {
      on.line(ray(apparent.azimuth(), INNER, OUTER), ANSWER, 1.5, 7, 5);
    }
    robot(on, MIDDLE_X, MIDDLE_Y);
    answer(on, x(best), y(best));
    legend(on);
  }

  /** What is looked over, up to the first surface. */
  private void seen(Canvas on) {
    for (int a = 0; a < PlaceGrid.AZIMUTHS; a++) {
      if (space.isSeen(a)) {
        on.fill(sector(a, INNER, reach(space.nearest(a))), SEEN, 1, false);
      }
    }
  }

  /** Surfaces of neighbouring cells at like distances are one line. */
  private void surfaces(Canvas on) {
    Path2D path = new Path2D.Double();
    double before = Double.NaN;
    for (int a = 0; a < PlaceGrid.AZIMUTHS; a++) {
      double metres = space.isSeen(a) ? space.nearest(a) : Double.NaN;
      if (metres < PlaceGrid.FARTHEST) {
        arc(path, a, reach(metres), false, FreeSpace.isOneSurface(metres, before));
      }
      before = metres < PlaceGrid.FARTHEST ? metres : Double.NaN;
    }
    on.line(path, SURFACE, 3);
  }

  private void rings(Canvas on) {
    for (int metres : RINGS) {
      on.line(circle(MIDDLE_X, MIDDLE_Y, reach(metres)), HAIR, 1);
    }
    on.line(circle(MIDDLE_X, MIDDLE_Y, OUTER), HAIR, 1);
    for (int azimuth = -180; azimuth < 180; azimuth += 45) {
      boolean edge = Math.abs(azimuth) == HALF_VIEW;
      on.line(ray(azimuth, INNER, OUTER), edge ? SOFT : HAIR, 1);
      double sine = Math.sin(Math.toRadians(azimuth));
      Canvas.Anchor anchor =
          Math.abs(sine) < 0.1
              ? Canvas.Anchor.MIDDLE
              : sine > 0 ? Canvas.Anchor.END : Canvas.Anchor.START;
      double r = OUTER + 10;
      double down = 4.5 - 7 * Math.cos(Math.toRadians(azimuth));
      on.text(name(azimuth), x(azimuth, r), y(azimuth, r) + down, 12.5, anchor, SOFT);
    }
  }

  private static String name(int azimuth) {
    return switch (azimuth) {
      case 0 -> "ahead";
      case -180 -> "behind";
      case 90 -> "left";
      case -90 -> "right";
      default -> Math.abs(azimuth) + "°";
    };
  }

  /** The rings' labels, above all else, on the way that is least often of interest. */
  private static void distances(Canvas on) {
    for (int metres : RINGS) {
      double r = reach(metres);
      on.text(metres + " m", MIDDLE_X, MIDDLE_Y + r + 4, 11.5, Canvas.Anchor.MIDDLE, SOFT);
    }
  }

  private void density(Canvas on) {
    double most = 0;
    for (double p : places.probabilities()) {
      most = Math.max(most, p);
    }
    for (int cell = 0; cell < PlaceGrid.CELLS; cell++) {
      double share = places.probability(cell) / most;
      if (share >= LEAST) {
        int d = PlaceGrid.distanceOf(cell);
        on.fill(
            sector(PlaceGrid.azimuthOf(cell), edge(d), edge(d + 1)),
            MASS,
            DARKEST * Math.sqrt(share),
            false);
      }
    }
  }

  /** All sides of cells in the set that touch none of the set. */
  private static Path2D outline(int[] cells) {
    boolean[] in = new boolean[PlaceGrid.CELLS];
    for (int cell : cells) {
      in[cell] = true;
    }
    Path2D path = new Path2D.Double();
    for (int cell : cells) {
      int a = PlaceGrid.azimuthOf(cell);
      int d = PlaceGrid.distanceOf(cell);
      if (!in[PlaceGrid.cell(PlaceGrid.turned(a, 1), d)]) {
        radius(path, PlaceGrid.azimuth(a) + PlaceGrid.DEGREES / 2, d);
      }
      if (!in[PlaceGrid.cell(PlaceGrid.turned(a, -1), d)]) {
        radius(path, PlaceGrid.azimuth(a) - PlaceGrid.DEGREES / 2, d);
      }
      if (d == 0 || !in[cell - 1]) {
        arc(path, a, edge(d), false, false);
      }
      if (d == PlaceGrid.DISTANCES - 1 || !in[cell + 1]) {
        arc(path, a, edge(d + 1), false, false);
      }
    }
    return path;
  }

  private static void radius(Path2D path, double azimuth, int d) {
    path.append(ray(azimuth, edge(d), edge(d + 1)), false);
  }

  private static Path2D ray(double azimuth, double from, double to) {
    return straight(x(azimuth, from), y(azimuth, from), x(azimuth, to), y(azimuth, to));
  }

  /** An azimuth cell between two radii. */
  private static Path2D sector(int azimuth, double from, double to) {
    Path2D path = new Path2D.Double();
    arc(path, azimuth, from, false, false);
    arc(path, azimuth, to, true, true);
    path.closePath();
    return path;
  }

  /** The arc of an azimuth cell, from its right side to its left one unless it is turned back. */
  private static void arc(Path2D path, int azimuth, double r, boolean back, boolean joined) {
    // Java's angles begin at the right and run counter-clockwise, as seen from above.
    double right = 90 + PlaceGrid.azimuth(azimuth) - PlaceGrid.DEGREES / 2;
    double start = back ? right + PlaceGrid.DEGREES : right;
    double extent = back ? -PlaceGrid.DEGREES : PlaceGrid.DEGREES;
    path.append(
        new Arc2D.Double(MIDDLE_X - r, MIDDLE_Y - r, 2 * r, 2 * r, start, extent, Arc2D.OPEN),
        joined);
  }

  private static Path2D circle(double x, double y, double r) {
    return new Path2D.Double(new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r));
  }

  private static void robot(Canvas on, double x, double y) {
    Path2D shape = polygon(x, y - 12, x + 9, y + 10, x, y + 5, x - 9, y + 10);
    on.fill(shape, INK, 1, true);
  }

  private static void answer(Canvas on, double x, double y) {
    Path2D shape = polygon(x, y - 9, x + 9, y, x, y + 9, x - 9, y);
    on.line(shape, PAPER, 5);
    on.fill(shape, ANSWER, 1, true);
  }

  /** Two lines below the map. */
  private void legend(Canvas on) {
    double y = HEIGHT - 54;
    double x = 70;
    answer(on, x + 12, y - 4);
    x = entry(on, "answer", x + 32, y);
    if (apparent != null) {
      on.line(straight(x, y - 4, x + 30, y - 4), ANSWER, 1.5, 7, 5);
      x = entry(on, "the sound seems to come from here", x + 38, y);
    }
    if (space.isKnown()) {
      Path2D box = box(x, y - 12, 26, 15);
      on.fill(box, SEEN, 1, false);
      on.line(straight(x, y - 12, x + 26, y - 12), SURFACE, 3);
      entry(on, "seen, up to what stands there", x + 34, y);
    }
    y += 30;
    x = 70;
    for (int i = 0; i < 6; i++) {
      double share = (i + 1) / 6.0;
      on.fill(box(x + 13 * i, y - 12, 13, 15), MASS, DARKEST * Math.sqrt(share), false);
    }
    x = entry(on, "less to more probable", x + 86, y);
    for (int i = 0; i < regions.size(); i++) {
      on.line(box(x, y - 12, 22, 15), OUTLINE, WIDTHS[i]);
      x = entry(on, regions.get(i).label(), x + 30, y);
    }
  }

  private static Path2D box(double x, double y, double width, double height) {
    return polygon(x, y, x + width, y, x + width, y + height, x, y + height);
  }

  /** A closed line by the x and y of its corners. */
  private static Path2D polygon(double... corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }

  private static Path2D straight(double x1, double y1, double x2, double y2) {
    Path2D path = new Path2D.Double();
    path.moveTo(x1, y1);
    path.lineTo(x2, y2);
    return path;
  }

  /** Writes a legend's words; returns where the next entry begins. */
  private static double entry(Canvas on, String words, double x, double y) {
    on.text(words, x, y, 12.5, Canvas.Anchor.START, SOFT);
    return x + StrokeFont.width(words, 12.5) + 24;
  }

  /** Inner edge of a distance cell, in the drawing. */
  private static double edge(int distance) {
    return reach(Math.exp(PlaceGrid.logDistance(distance) - PlaceGrid.LOG_STEP / 2));
  }

  /** How far from the middle a distance along the ground is drawn. */
  private static double reach(double metres) {
    double share = (Math.log(metres) - FIRST) / (LAST - FIRST);
    return INNER + Math.max(0, Math.min(1, share)) * (OUTER - INNER);
  }

  private static double x(double azimuth, double r) {
    return MIDDLE_X - r * Math.sin(Math.toRadians(azimuth));
  }

  private static double y(double azimuth, double r) {
    return MIDDLE_Y - r * Math.cos(Math.toRadians(azimuth));
  }

  private static double x(Location place) {
    return x(place.azimuth(), reach(PlaceGrid.horizontal(place)));
  }

  private static double y(Location place) {
    return y(place.azimuth(), reach(PlaceGrid.horizontal(place)));
  }
}
