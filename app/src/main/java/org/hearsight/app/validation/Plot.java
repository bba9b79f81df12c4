package org.hearsight.app.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines and dots over two axes as one SVG document that stands alone.
 *
 * <p>Legible without colour: models are lines, theory is dots, and every series is named.
 */
final class Plot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 420;
  private static final int LEFT = 70;
  private static final int RIGHT = 190;
  private static final int TOP = 48;
  private static final int BOTTOM = 58;
  private static final String[] COLOURS = {
    "#0b6e99", "#c8501e", "#3c7a3c", "#7a4b9a", "#8a6d00", "#555555"
  };

  /** How values lie along an axis. */
  enum Scale {
    LINEAR,
    LOG
  }

  /**
   * An axis.
   *
   * @param ticks where it is labelled
   */
  record Axis(String label, double min, double max, Scale scale, double... ticks) {
    Axis {
      if (!(max > min) || (scale == Scale.LOG && !(min > 0))) {
        throw new IllegalArgumentException("axis " + label + ": " + min + " to " + max);
      }
    }

    double at(double value) {
      return scale == Scale.LINEAR
          ? (value - min) / (max - min)
          : Math.log(value / min) / Math.log(max / min);
    }
  }

  private final String title;
  private final Axis x;
  private final Axis y;
  private final StringBuilder marks = new StringBuilder();
  private final List<String> legend = new ArrayList<>();

  Plot(String title, Axis x, Axis y) {
    this.title = title;
    this.x = x;
    this.y = y;
  }

  /** A line through the points. */
  Plot line(String name, int colour, double[] xs, double[] ys) {
    StringBuilder d = new StringBuilder();
    for (int i = 0; i < xs.length; i++) {
      d.append(i == 0 ? 'M' : 'L').append(px(xs[i])).append(' ').append(py(ys[i]));
    }
    String style = "fill=\"none\" stroke=\"" + COLOURS[colour] + "\" stroke-width=\"2\"";
    marks.append("<path d=\"").append(d).append("\" ").append(style).append("/>\n");
    if (name != null) {
      legend.add("<path d=\"M0 -4H22\" " + style + "/>" + words(name));
    }
    return this;
  }

  /** A ring at every point. */
  Plot dots(String name, int colour, double[] xs, double[] ys) {
    String style =
        "r=\"4\" fill=\"#ffffff\" stroke=\"" + COLOURS[colour] + "\" stroke-width=\"1.6\"";
    for (int i = 0; i < xs.length; i++) {
      marks.append("<circle cx=\"").append(px(xs[i])).append("\" cy=\"").append(py(ys[i]));
      marks.append("\" ").append(style).append("/>\n");
    }
    if (name != null) {
      legend.add("<circle cx=\"11\" cy=\"-4\" " + style + "/>" + words(name));
    }
    return this;
  }

  /** Bars side by side: one of {@code of} at each x, from {@code x} to {@code x + width}. */
  Plot bars(String name, int colour, double[] xs, double width, int index, int of, double[] ys) {
    String style = "fill=\"" + COLOURS[colour] + "\"";
    double part = width * 0.86 / of;
    for (int i = 0; i < xs.length; i++) {
      double from = xs[i] + width * 0.07 + index * part;
      double left = LEFT + x.at(from) * plotWidth();
      double right = LEFT + x.at(from + part * 0.92) * plotWidth();
      double top = TOP + (1 - clip(y.at(ys[i]))) * plotHeight();
      marks.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" %s/>%n",
              left,
              top,
              right - left,
              TOP + plotHeight() - top,
              style));
    }
    legend.add("<rect x=\"4\" y=\"-10\" width=\"14\" height=\"11\" " + style + "/>" + words(name));
    return this;
  }

  /** A word in the legend without a mark. */
  Plot note(String words) {
    legend.add("<text>" + words + "</text>");
    return this;
  }

  /** The document. */
  String svg() {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" role=\"img\" aria-label=\"%s\" font-family=\"Helvetica, Arial,"
                + " sans-serif\" font-size=\"13\" fill=\"#222222\">%n",
            WIDTH,
            HEIGHT,
            WIDTH,
            HEIGHT,
            title));
    out.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    out.append("<text x=\"").append(LEFT).append("\" y=\"26\" font-size=\"16\"");
    out.append(" font-weight=\"bold\">").append(title).append("</text>\n");
    grid(out);
    out.append(
        String.format(
            Locale.ROOT,
            "<clipPath id=\"inside\"><rect x=\"%d\" y=\"%d\" width=\"%d\""
                + " height=\"%d\"/></clipPath>%n",
            LEFT - 5,
            TOP - 5,
            plotWidth() + 10,
            plotHeight() + 10));
    out.append("<g clip-path=\"url(#inside)\">\n").append(marks).append("</g>\n");
    for (int i = 0; i < legend.size(); i++) {
      out.append("<g transform=\"translate(").append(WIDTH - RIGHT + 16).append(' ');
      out.append(TOP + 12 + i * 21).append(")\">").append(legend.get(i)).append("</g>\n");
    }
    return out.append("</svg>\n").toString();
  }

  private void grid(StringBuilder out) {
    int bottom = HEIGHT - BOTTOM;
    int right = WIDTH - RIGHT;
    for (double t : y.ticks()) {
      String at = py(t);
      out.append("<path stroke=\"#dddddd\" d=\"M").append(LEFT).append(' ').append(at);
      out.append('H').append(right).append("\"/><text text-anchor=\"end\" x=\"");
      out.append(LEFT - 8).append("\" y=\"").append(at).append("\" dy=\"4\">");
      out.append(number(t)).append("</text>\n");
    }
    for (double t : x.ticks()) {
      String at = px(t);
      out.append("<path stroke=\"#dddddd\" d=\"M").append(at).append(' ').append(TOP);
      out.append('V').append(bottom).append("\"/><text text-anchor=\"middle\" x=\"").append(at);
      out.append("\" y=\"").append(bottom + 19).append("\">");
      out.append(number(t)).append("</text>\n");
    }
    out.append("<path stroke=\"#222222\" fill=\"none\" d=\"M").append(LEFT).append(' ').append(TOP);
    out.append('V').append(bottom).append('H').append(right).append("\"/>\n");
    out.append("<text text-anchor=\"middle\" x=\"").append((LEFT + right) / 2);
    out.append("\" y=\"").append(HEIGHT - 14).append("\">").append(x.label()).append("</text>\n");
    out.append("<text text-anchor=\"middle\" transform=\"translate(18 ");
    out.append((TOP + bottom) / 2).append(") rotate(-90)\">").append(y.label());
    out.append("</text>\n");
  }

  private static String words(String name) {
    return "<text x=\"30\">" + name + "</text>";
  }

  private static String number(double v) {
    String text = v == Math.rint(v) ? String.valueOf((long) v) : String.valueOf(v);
    return text.replace('-', '−');
  }

  private String px(double value) {
    return String.format(Locale.ROOT, "%.1f", LEFT + x.at(value) * plotWidth());
  }

  private String py(double value) {
    return String.format(Locale.ROOT, "%.1f", TOP + (1 - y.at(value)) * plotHeight());
  }

  private static double clip(double share) {
    return Math.max(0, Math.min(1, share));
  }

  private static int plotWidth() {
    return WIDTH - LEFT - RIGHT;
  }

  private static int plotHeight() {
    return HEIGHT - TOP - BOTTOM;
  }
}
