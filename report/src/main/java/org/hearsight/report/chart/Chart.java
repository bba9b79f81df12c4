package org.hearsight.report.chart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lines, dots and bars over two axes, with a legend: a {@code figure} of a page, or an SVG document
 * that stands alone.
 *
 * @param title short, above the chart
 * @param description what a listener of a screen reader should know
 * @param marks vertical lines
 */
public record Chart(
    String title, String description, Axis x, Axis y, List<Series> series, List<Mark> marks) {
  private static final Layout FIGURE = new Layout(340, 250, 60, 19, 22, 44);
  private static final Layout DOCUMENT = new Layout(720, 420, 70, 190, 48, 58);

  /** A vertical line with a word beside it. */
  public record Mark(double x, String label) {}

  /**
   * Where the plotted area lies in the drawing, pixels.
   *
   * @param left of it; the others likewise
   */
  private record Layout(int width, int height, int left, int right, int top, int bottom) {}

  /** A chart that is still empty. */
  public Chart(String title, String description, Axis x, Axis y) {
    this(title, description, x, y, List.of(), List.of());
  }

  /** The same with more series. */
  public Chart with(Series... more) {
    List<Series> all = Stream.concat(series.stream(), Stream.of(more)).toList();
    return new Chart(title, description, x, y, all, marks);
  }

  /** The style sheet of all drawings. */
  public static String css() {
    try (InputStream in = Chart.class.getResourceAsStream("chart.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the jar lacks chart.css", e);
    }
  }

  /** Draws it as a part of a page that has the style sheet. */
  public void draw(Markup out) {
    out.open("figure", "class", "chart");
    out.leaf("figcaption", title);
    if (series.size() > 1) {
      out.open("ul", "class", "legend");
      for (Series s : series) {
        if (s.name() != null) {
          out.open("li").open("svg", "viewBox", "0 0 26 10", "aria-hidden", "true");
          key(out, s);
          out.close().text(s.name()).close();
        }
      }
      out.close();
    }
    String box = "0 0 " + FIGURE.width + " " + FIGURE.height;
    out.open("svg", "viewBox", box, "role", "img", "aria-label", title + ". " + description);
    new Drawing(out, FIGURE).all();
    out.close().close();
  }

  /** The whole as an SVG document. */
  public String document() {
    Markup out = new Markup();
    String box = "0 0 " + DOCUMENT.width + " " + DOCUMENT.height;
    out.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        box,
        "width",
        "" + DOCUMENT.width,
        "height",
        "" + DOCUMENT.height,
        "role",
        "img",
        "aria-labelledby",
        "title desc",
        "font-family",
        "Helvetica, Arial, sans-serif");
    out.leaf("title", title, "id", "title").leaf("desc", description, "id", "desc").style(css());
    out.empty("rect", "class", "card", "width", "100%", "height", "100%");
    out.leaf("text", title, "class", "title", "x", "" + DOCUMENT.left, "y", "26");
    new Drawing(out, DOCUMENT).all();
    int line = 0;
    for (Series s : series) {
      if (s.name() != null) {
        int top = DOCUMENT.top + 21 * line++;
        int left = DOCUMENT.width - DOCUMENT.right + 16;
        out.open("g", "transform", "translate(" + left + " " + top + ")");
        key(out, s);
        out.leaf("text", s.name(), "x", "32", "y", "9").close();
      }
    }
    return out.close() + "\n";
  }

  /** What a series looks like, in a box of 26 x 10. */
  private static void key(Markup out, Series s) {
    if (s.width() > 0) {
      out.empty("rect", "class", "bar c" + s.colour(), "x", "6", "width", "14", "height", "10");
    }
    if (s.stroke() != Series.Stroke.NONE) {
      out.empty("path", "class", s.lineCss(), "d", "M1 5H25");
    }
    if (s.dots()) {
      out.empty("circle", "class", s.dotCss(), "cx", "13", "cy", "5", "r", "3");
    }
  }

  /** Axes and series in one layout. */
  private final class Drawing {
    private final Markup out;
    private final Layout at;

    Drawing(Markup out, Layout at) {
      this.out = out;
      this.at = at;
    }

    void all() {
      grid();
      for (Mark m : marks) {
        String across = Figures.px(px(m.x));
        String bottom = Figures.px(at.height - at.bottom);
        out.empty(
            "line", "class", "mark", "x1", across, "x2", across, "y1", "" + at.top, "y2", bottom);
        String above = Figures.px(at.top - 6);
        out.leaf(
            "text", m.label, "class", "note", "x", across, "y", above, "text-anchor", "middle");
      }
      series.stream().filter(s -> s.width() > 0).forEach(this::bars);
      series.stream().filter(s -> s.stroke() != Series.Stroke.NONE).forEach(this::line);
      series.stream().filter(Series::dots).forEach(this::dots);
    }

    private void grid() {
      String left = "" + at.left;
      String right = Figures.px(at.width - at.right);
      String bottom = Figures.px(at.height - at.bottom);
      for (double t : y.ticks()) {
        String down = Figures.px(py(t));
        out.empty("line", "class", "grid", "x1", left, "x2", right, "y1", down, "y2", down);
        String below = Figures.px(py(t) + 4);
        String before = "" + (at.left - 7);
        out.leaf("text", y.tickLabel(t), "x", before, "y", below, "text-anchor", "end");
      }
      for (double t : x.ticks()) {
        String across = Figures.px(px(t));
        String tickEnd = Figures.px(at.height - at.bottom + 4.0);
        out.empty("line", "class", "axis", "x1", across, "x2", across, "y1", bottom, "y2", tickEnd);
        String line = Figures.px(at.height - at.bottom + 17);
        out.leaf("text", x.tickLabel(t), "x", across, "y", line, "text-anchor", "middle");
      }
      out.empty("line", "class", "axis", "x1", left, "x2", right, "y1", bottom, "y2", bottom);
      String middle = Figures.px((at.left + at.width - at.right) / 2.0);
      out.leaf(
          "text",
          x.label(),
          "class",
          "label",
          "x",
          middle,
          "y",
          "" + (at.height - 6),
          "text-anchor",
          "middle");
      String turned =
          "translate(12 " + Figures.px((at.top + at.height - at.bottom) / 2.0) + ") rotate(-90)";
      out.leaf("text", y.label(), "class", "label", "transform", turned, "text-anchor", "middle");
    }

    /** Where a value lies beyond an axis, the line ends. */
    private void line(Series s) {
      StringBuilder d = new StringBuilder();
      boolean pen = false;
      for (int i = 0; i < s.x().length; i++) {
        if (isInside(s, i)) {
          d.append(pen ? 'L' : 'M').append(Figures.px(px(s.x()[i]))).append(' ');
          d.append(Figures.px(py(s.y()[i])));
        }
        pen = isInside(s, i);
      }
      if (d.length() > 0) {
        out.empty("path", "class", s.lineCss(), "d", d.toString());
      }
    }

    private void dots(Series s) {
      for (int i = 0; i < s.x().length; i++) {
        if (isInside(s, i)) {
          String cx = Figures.px(px(s.x()[i]));
          String cy = Figures.px(py(s.y()[i]));
          out.empty("circle", "class", s.dotCss(), "cx", cx, "cy", cy, "r", "3.2");
        }
      }
    }

    private void bars(Series s) {
      double ground = at.height - at.bottom;
      for (int i = 0; i < s.x().length; i++) {
        double left = px(s.x()[i]);
        double top = Math.max(at.top, Math.min(ground, py(s.y()[i])));
        out.empty(
            "rect",
            "class",
            "bar c" + s.colour(),
            "x",
            Figures.px(left),
            "y",
            Figures.px(top),
            "width",
            Figures.px(px(s.x()[i] + s.width()) - left),
            "height",
            Figures.px(ground - top));
      }
    }

    private boolean isInside(Series s, int i) {
      return x.holds(s.x()[i]) && y.holds(s.y()[i]);
    }

    private double px(double value) {
      return at.left + x.at(value) * (at.width - at.left - at.right);
    }

    private double py(double value) {
      return at.height - at.bottom - y.at(value) * (at.height - at.top - at.bottom);
    }
  }
}
