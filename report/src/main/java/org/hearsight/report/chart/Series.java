package org.hearsight.report.chart;

/**
 * Values of one kind in a {@link Chart}.
 *
 * @param name in the legend; null for none
 * @param colour 1 to 5, of the style sheet
 * @param dots draw a dot at each value
 * @param y NaN breaks the line
 * @param width of bars, from each x to the right; 0 where values are not bars
 */
public record Series(
    String name, int colour, Stroke stroke, boolean dots, double[] x, double[] y, double width) {

  /** How a line is drawn: colours never carry the meaning alone. */
  public enum Stroke {
    SOLID(""),
    DASHED("dashed"),
    DOTTED("dotted"),
    LONG("long"),
    /** No line: dots or bars alone. */
    NONE("");

    private final String css;

    Stroke(String css) {
      this.css = css;
    }

    /** A stroke of its own for each of a few series. */
    public static Stroke of(int index) {
      Stroke[] lines = {SOLID, DASHED, DOTTED, LONG};
      return lines[index % lines.length];
    }
  }

  /** A line. */
  public Series(String name, int colour, Stroke stroke, boolean dots, double[] x, double[] y) {
    this(name, colour, stroke, dots, x, y, 0);
  }

  /** A line without dots. */
  public static Series line(String name, int colour, double[] x, double[] y) {
    return new Series(name, colour, Stroke.SOLID, false, x, y);
  }

  /** Rings, as for theory beside a measured line. */
  public static Series rings(String name, int colour, double[] x, double[] y) {
    return new Series(name, colour, Stroke.NONE, true, x, y);
  }

  /** Bars that stand on the axis, each from x to x + width. */
  public static Series bars(String name, int colour, double[] x, double width, double[] y) {
    return new Series(name, colour, Stroke.NONE, false, x, y, width);
  }

  String lineCss() {
    return ("line c" + colour + " " + stroke.css).strip();
  }

  String dotCss() {
    return (stroke == Stroke.NONE ? "open c" : "dot c") + colour;
  }
}
