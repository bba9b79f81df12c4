package org.hearsight.report.page;

import java.util.List;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.vision.Camera;
import org.hearsight.report.chart.Figures;
import org.hearsight.report.chart.Markup;

/**
 * A scene from above: the camera looks up the page, left is left. Footprints, the field of view,
 * the hazard's path and true place, the apparent direction, and the answer with its region.
 */
public final class TopDownMap {
  private static final int WIDTH = 360;
  private static final int HEIGHT = 330;
  private static final double MARGIN = 3;

  private final ReportData.Scene scene;
  private final double reach;
  private final double scale;
  private final double centreX;
  private final double centreY;

  private TopDownMap(ReportData.Scene scene) {
    this.scene = scene;
    Location truth = scene.truth().location();
    double needed = truth == null ? 12 : truth.distance() * 1.5;
    // A wild answer must not shrink the scene to a dot: it is drawn at the edge of this reach.
    this.reach = Math.max(14, Math.min(60, needed));
    double[] bounds = {-4, -6, 10, 6};
    include(bounds, truth == null ? Vec3.ZERO : clipped(truth));
    include(bounds, scene.answer() == null ? Vec3.ZERO : clipped(scene.answer()));
    for (double[] p : path()) {
      include(bounds, new Vec3(p[0], p[1], 0));
    }
    double spanX = bounds[2] - bounds[0] + 2 * MARGIN;
    double spanY = bounds[3] - bounds[1] + 2 * MARGIN;
    this.scale = Math.min(HEIGHT / spanX, WIDTH / spanY);
    // Room to spare goes ahead of the camera, not behind it.
    this.centreX = bounds[0] - MARGIN + HEIGHT / 2.0 / scale;
    this.centreY = (bounds[1] + bounds[3]) / 2;
  }

  /** Draws a scene's map. */
  public static void draw(ReportData.Scene scene, Markup out) {
    new TopDownMap(scene).draw(out);
  }

  private void draw(Markup out) {
    String box = "0 0 " + WIDTH + " " + HEIGHT;
    out.open("svg", "class", "map", "viewBox", box, "role", "img", "aria-label", description());
    fieldOfView(out);
    rings(out);
    obstacles(out);
    if (scene.places() != null) {
      new PosteriorLayer(scale, right(Vec3.ZERO), down(Vec3.ZERO)).draw(scene.places(), out);
    }
    if (scene.answer() != null && scene.region() != null) {
      region(out, scene.answer(), scene.region());
    }
    distances(out);
    if (scene.apparent() != null) {
      ray(out, scene.apparent());
    }
    path(out);
    ego(out);
    if (scene.answer() != null) {
      answer(out, scene.answer());
    }
    if (scene.truth().location() != null) {
      Vec3 p = clipped(scene.truth().location());
      out.empty("circle", "class", "truth", "cx", left(p), "cy", top(p), "r", "6");
    }
    out.close();
  }

  /**
   * The symbols, explained once for all maps.
   *
   * @param scenes that are shown; some may say how probable each place is
   */
  public static void legend(Markup out, List<ReportData.Scene> scenes) {
    boolean mapped = scenes.stream().anyMatch(s -> s.places() != null);
    out.open("ul", "class", "legend maps");
    entry(out, "true place", "circle", "class", "truth", "cx", "13", "cy", "7", "r", "5");
    entry(out, "its path", "path", "class", "path", "d", "M2 11C8 3 16 3 24 6");
    entry(out, "answer", "path", "class", "answer", "d", "M13 1L19 7L13 13L7 7Z");
    entry(
        out,
        mapped ? "how probable, and the region of 90 %" : "region of the answer",
        "rect",
        "class",
        "region",
        "x",
        "2",
        "y",
        "2",
        "width",
        "22",
        "height",
        "10");
    entry(out, "apparent direction", "path", "class", "apparent", "d", "M2 7H24");
    entry(out, "camera", "path", "class", "ego", "d", "M13 1L19 13L13 10L7 13Z");
    entry(out, "field of view, 90°", "path", "class", "fov", "d", "M13 13L3 1H23Z");
    entry(
        out,
        "building, vehicle, wall",
        "rect",
        "class",
        "obstacle",
        "x",
        "4",
        "y",
        "2",
        "width",
        "18",
        "height",
        "10");
    out.close();
  }

  private static void entry(Markup out, String name, String tag, String... attributes) {
    out.open("li").open("svg", "viewBox", "0 0 26 14", "aria-hidden", "true");
    out.empty(tag, attributes).close().text(name).close();
  }

  private void fieldOfView(Markup out) {
    Vec3 l = new Vec3(150, 150 * Camera.EDGE, 0);
    Vec3 r = new Vec3(l.x(), -l.y(), 0);
    out.empty("path", "class", "fov", "d", "M" + at(Vec3.ZERO) + "L" + at(l) + "L" + at(r) + "Z");
  }

  private double ringStep() {
    return reach > 40 ? 20 : reach > 18 ? 10 : 5;
  }

  private void rings(Markup out) {
    double step = ringStep();
    for (double radius = step; radius <= 3 * step; radius += step) {
      String r = Figures.px(radius * scale);
      out.empty("circle", "class", "ring", "cx", left(Vec3.ZERO), "cy", top(Vec3.ZERO), "r", r);
    }
  }

  /** What the rings measure, above all that is laid over them. */
  private void distances(Markup out) {
    double step = ringStep();
    for (double radius = step; radius <= 3 * step; radius += step) {
      Vec3 p = new Direction(0, 0).at(radius);
      double y = down(p);
      if (y > 12 && y < HEIGHT) {
        out.leaf(
            "text",
            Figures.fixed(radius, 0) + " m",
            "class",
            "note",
            "x",
            left(p),
            "y",
            Figures.px(y - 3),
            "text-anchor",
            "middle");
      }
    }
  }

  private void obstacles(Markup out) {
    if (scene.truth().scene() == null) {
      return;
    }
    for (Scenario.Footprint f : scene.truth().scene().obstacles()) {
      Vec3 corner = new Vec3(f.xMax(), f.yMax(), 0);
      out.open(
          "rect",
          "class",
          "obstacle",
          "x",
          left(corner),
          "y",
          top(corner),
          "width",
          Figures.px((f.yMax() - f.yMin()) * scale),
          "height",
          Figures.px((f.xMax() - f.xMin()) * scale));
      out.leaf("title", f.kind() + ", " + Figures.fixed(f.height(), 1) + " m high").close();
    }
  }

  private void region(Markup out, Location answer, ReportData.Region region) {
    double flat = Math.cos(Math.toRadians(answer.elevation()));
    double near = region.nearest() * flat;
    double far = Math.min(region.farthest() * flat, 3 * reach);
    double spread = Math.min(179.9, region.radius());
    StringBuilder d = new StringBuilder();
    int steps = Math.max(2, (int) Math.ceil(spread));
    for (int i = 0; i <= 2 * steps + 1; i++) {
      boolean outward = i <= steps;
      double share = outward ? (double) i / steps : (double) (2 * steps + 1 - i) / steps;
      double azimuth = answer.azimuth() + spread * (2 * share - 1);
      d.append(i == 0 ? 'M' : 'L').append(at(new Direction(azimuth, 0).at(outward ? far : near)));
    }
    out.open("path", "class", "region", "d", d.append('Z').toString());
    out.leaf("title", Figures.percent(region.probability()) + " region").close();
  }

  private void ray(Markup out, Direction apparent) {
    Vec3 end = new Direction(apparent.azimuth(), 0).at(3 * reach);
    out.empty("path", "class", "apparent", "d", "M" + at(Vec3.ZERO) + "L" + at(end));
  }

  private void path(Markup out) {
    StringBuilder d = new StringBuilder();
    for (double[] p : path()) {
      d.append(d.length() == 0 ? 'M' : 'L').append(at(new Vec3(p[0], p[1], 0)));
    }
    if (d.length() > 0) {
      out.empty("path", "class", "path", "d", d.toString());
    }
  }

  private void ego(Markup out) {
    String move = "translate(" + left(Vec3.ZERO) + " " + top(Vec3.ZERO) + ")";
    out.empty("path", "class", "ego", "transform", move, "d", "M0 -8L6.5 7L0 3.5L-6.5 7Z");
  }

  private void answer(Markup out, Location answer) {
    Vec3 p = clipped(answer);
    boolean beyond = answer.distance() > reach;
    String move = "translate(" + left(p) + " " + top(p) + ")";
    out.open(
        "path",
        "class",
        beyond ? "answer beyond" : "answer",
        "transform",
        move,
        "d",
        "M0 -8L8 0L0 8L-8 0Z");
    out.leaf("title", "answer: " + Figures.place(answer) + (beyond ? ", beyond the map" : ""));
    out.close();
  }

  private List<double[]> path() {
    return scene.truth().scene() == null ? List.of() : scene.truth().scene().path();
  }

  private Vec3 clipped(Location place) {
    Vec3 p = place.direction().at(Math.min(reach, place.distance()));
    return new Vec3(p.x(), p.y(), 0);
  }

  private void include(double[] bounds, Vec3 p) {
    bounds[0] = Math.min(bounds[0], Math.max(-reach, p.x()));
    bounds[1] = Math.min(bounds[1], Math.max(-reach, p.y()));
    bounds[2] = Math.max(bounds[2], Math.min(reach, p.x()));
    bounds[3] = Math.max(bounds[3], Math.min(reach, p.y()));
  }

  private String description() {
    String place =
        scene.truth().isBackground()
            ? "no hazard"
            : scene.truth().className() + " " + Figures.place(scene.truth().location());
    String said = scene.answer() == null ? "none" : Figures.place(scene.answer());
    return "Map from above: " + place + "; answer: " + said;
  }

  private String at(Vec3 p) {
    return left(p) + " " + top(p);
  }

  private String left(Vec3 p) {
    return Figures.px(right(p));
  }

  private double right(Vec3 p) {
    return WIDTH / 2.0 - (p.y() - centreY) * scale;
  }

  private String top(Vec3 p) {
    return Figures.px(down(p));
  }

  private double down(Vec3 p) {
    return HEIGHT / 2.0 - (p.x() - centreX) * scale;
  }
}
