package org.hearsight.report.plan;

import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.Locale;
import org.hearsight.report.chart.Figures;
import org.hearsight.report.chart.Markup;

/** Draws an SVG document that stands alone. */
final class SvgCanvas implements Canvas {
  private final Markup out = new Markup();

  SvgCanvas(int width, int height, String title) {
    out.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + width + " " + height,
        "width",
        "" + width,
        "height",
        "" + height,
        "role",
        "img",
        "aria-labelledby",
        "title",
        "font-family",
        "Helvetica, Arial, sans-serif",
        "stroke-linejoin",
        "round");
    out.leaf("title", title, "id", "title");
  }

  /** The document; nothing can be drawn afterwards. */
  String document() {
    return out.close() + "\n";
  }

  @Override
  public void fill(Path2D area, int rgb, double opacity, boolean smooth) {
    out.empty(
        "path",
        "d",
        commands(area),
        "fill",
        colour(rgb),
        "fill-opacity",
        opacity == 1 ? null : number(opacity),
        "shape-rendering",
        smooth ? null : "crispEdges");
  }

  @Override
  public void line(Path2D path, int rgb, double width, float... dashes) {
    StringBuilder pattern = new StringBuilder();
    for (float dash : dashes) {
      pattern.append(pattern.length() == 0 ? "" : " ").append(Figures.px(dash));
    }
    out.empty(
        "path",
        "d",
        commands(path),
        "fill",
        "none",
        "stroke",
        colour(rgb),
        "stroke-width",
        Figures.px(width),
        "stroke-dasharray",
        pattern.length() == 0 ? null : pattern.toString());
  }

  @Override
  public void text(String text, double x, double y, double size, Anchor anchor, int rgb) {
    out.leaf(
        "text",
        text.toLowerCase(Locale.ROOT),
        "x",
        Figures.px(x),
        "y",
        Figures.px(y),
        "font-size",
        Figures.px(size),
        "text-anchor",
        anchor.name().toLowerCase(Locale.ROOT),
        "fill",
        colour(rgb),
        "stroke",
        "#ffffff",
        "stroke-width",
        "3",
        "paint-order",
        "stroke");
  }

  private static String colour(int rgb) {
    return String.format(Locale.ROOT, "#%06x", rgb);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String commands(Path2D path) {
    StringBuilder d = new StringBuilder();
    double[] at = new double[6];
    for (PathIterator i = path.getPathIterator(null); !i.isDone(); i.next()) {
      int kind = i.currentSegment(at);
      switch (kind) {
        case PathIterator.SEG_MOVETO -> d.append('M').append(points(at, 1));
        case PathIterator.SEG_LINETO -> d.append('L').append(points(at, 1));
        case PathIterator.SEG_QUADTO -> d.append('Q').append(points(at, 2));
        case PathIterator.SEG_CUBICTO -> d.append('C').append(points(at, 3));
        default -> d.append('Z');
      }
    }
    return d.toString();
  }

  private static String points(double[] at, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2 * count; i++) {
      text.append(i == 0 ? "" : " ").append(Figures.px(at[i]));
    }
    return text.toString();
  }
}
