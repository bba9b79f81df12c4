package org.hearsight.report.chart;

import java.util.List;

/**
 * Lines over two axes, with a legend, as one {@code figure}.
 *
 * @param title short, above the chart
 * @param description what a listener of a screen reader should know
 * @param marks vertical lines
 */
public record LineChart(
    String title, String description, Axis x, Axis y, List<Series> series, List<Mark> marks) {
  private static final int WIDTH = 340;
  private static final int HEIGHT = 250;
  private static final int LEFT = 60;
  private static final int RIGHT = 19;
  private static final int TOP = 22;
  private static final int BOTTOM = 44;

  /** How a series is drawn: colours never carry the meaning alone. */
  public enum Stroke {
    SOLID(""),
    DASHED("dashed"),
    DOTTED("dotted"),
    LONG("long");

    private final String css;

    Stroke(String css) {
      this.css = css;
    }

    String css() {
      return css;
    }

    /** A stroke of its own for each of a few series. */
    public static Stroke of(int index) {
      return values()[index % values().length];
    }
  }

  /**
   * One line.
   *
   * @param colour 1 to 5, of the style sheet
   * @param dots draw a dot at each value
   * @param y NaN breaks the line
   */
  public record Series(
      String name, int colour, Stroke stroke, boolean dots, double[] x, double[] y) {}

  /** A vertical line with a word beside it. */
  public record Mark(double x, String label) {}

  public void draw(Markup out) {
    out.open("figure", "class", "chart");
    out.leaf("figcaption", title);
    if (series.size() > 1) {
      legend(out);
    }
    String box = "0 0 " + WIDTH + " " + HEIGHT;
    out.open("svg", "viewBox", box, "role", "img", "aria-label", title + ". " + description);
    grid(out);
    for (Mark m : marks) {
      String at = Figures.px(px(m.x));
      String bottom = Figures.px(HEIGHT - BOTTOM);
      out.empty("line", "class", "mark", "x1", at, "x2", at, "y1", "" + TOP, "y2", bottom);
      String above = Figures.px(TOP - 6);
      out.leaf("text", m.label, "class", "note", "x", at, "y", above, "text-anchor", "middle");
    }
    for (Series s : series) {
      line(out, s);
    }
    out.close().close();
  }

  private void legend(Markup out) {
    out.open("ul", "class", "legend");
    for (Series s : series) {
      out.open("li");
      out.open("svg", "viewBox", "0 0 26 10", "aria-hidden", "true");
      out.empty("path", "class", css(s), "d", "M1 5H25");
      if (s.dots) {
        out.empty("circle", "class", "dot c" + s.colour, "cx", "13", "cy", "5", "r", "3");
      }
      out.close().text(s.name).close();
    }
    out.close();
  }

  private void grid(Markup out) {
    String right = Figures.px(WIDTH - RIGHT);
    String bottom = Figures.px(HEIGHT - BOTTOM);
    for (double t : y.ticks()) {
      String at = Figures.px(py(t));
      out.empty("line", "class", "grid", "x1", "" + LEFT, "x2", right, "y1", at, "y2", at);
      String below = Figures.px(py(t) + 4);
      out.leaf("text", y.tickLabel(t), "x", "" + (LEFT - 7), "y", below, "text-anchor", "end");
    }
    for (double t : x.ticks()) {
      String at = Figures.px(px(t));
      String tickEnd = Figures.px(HEIGHT - BOTTOM + 4.0);
      out.empty("line", "class", "axis", "x1", at, "x2", at, "y1", bottom, "y2", tickEnd);
      String line = Figures.px(HEIGHT - BOTTOM + 17);
      out.leaf("text", x.tickLabel(t), "x", at, "y", line, "text-anchor", "middle");
    }
    out.empty("line", "class", "axis", "x1", "" + LEFT, "x2", right, "y1", bottom, "y2", bottom);
    String middle = Figures.px((LEFT + WIDTH - RIGHT) / 2.0);
    out.leaf(
        "text",
        x.label(),
        "class",
        "label",
        "x",
        middle,
        "y",
        "" + (HEIGHT - 6),
        "text-anchor",
        "middle");
    String turned = "translate(12 " + Figures.px((TOP + HEIGHT - BOTTOM) / 2.0) + ") rotate(-90)";
    out.leaf("text", y.label(), "class", "label", "transform", turned, "text-anchor", "middle");
  }

  private void line(Markup out, Series s) {
    StringBuilder d = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < s.x.length; i++) {
      if (Double.isNaN(s.y[i])) {
        pen = false;
        continue;
      }
      d.append(pen ? 'L' : 'M').append(Figures.px(px(s.x[i]))).append(' ');
      d.append(Figures.px(py(s.y[i])));
      pen = true;
    }
    if (d.length() == 0) {
      return;
    }
    out.empty("path", "class", css(s), "d", d.toString());
    for (int i = 0; s.dots && i < s.x.length; i++) {
      if (!Double.isNaN(s.y[i])) {
        String cx = Figures.px(px(s.x[i]));
        out.empty(
            "circle",
            "class",
            "dot c" + s.colour,
            "cx",
            cx,
            "cy",
            Figures.px(py(s.y[i])),
            "r",
            "3.2");
      }
    }
  }

  private static String css(Series s) {
    return ("line c" + s.colour + " " + s.stroke.css()).strip();
  }

  private double px(double value) {
    return LEFT + x.at(value) * (WIDTH - LEFT - RIGHT);
  }

  private double py(double value) {
    double clipped = Math.max(0, Math.min(1, y.at(value)));
    return HEIGHT - BOTTOM - clipped * (HEIGHT - TOP - BOTTOM);
  }
}
