package org.hearsight.report.plan;

import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lower-case letters and figures as strokes, the same on every machine. Corners of round strokes
 * are cut as in Chaikin, <i>An algorithm for high-speed curve generation</i> (1974).
 */
final class StrokeFont {
  /**
   * A line a letter: the letter, its width, and its strokes, by bars. Points are x and y from the
   * left end of the ground line up, a small letter being four units high; "~" begins a round
   * stroke, "@" a round and closed one.
   */
  private static final String LETTERS =
      """
      a 4 @0,0 4,0 4,4 0,4|4,4 4,0
      b 4 @0,0 4,0 4,4 0,4|0,6 0,0
      c 4 ~4,3.2 3.4,4 0,4 0,0 3.4,0 4,.8
      d 4 @0,0 4,0 4,4 0,4|4,6 4,0
      e 4 0,2.1 4,2.1|~4,2.1 4,4 0,4 0,0 3.4,0 4,.7
      f 2.8 ~3,6 1.2,6 1.2,4 1.2,0|0,4 2.8,4
      g 4 @0,0 4,0 4,4 0,4|~4,4 4,0 4,-2 .4,-2 .3,-1.4
      h 4 0,6 0,0|~0,2.5 .4,4 4,4 4,2 4,0
      i 1 .5,4 .5,0|.5,5.6 .5,5.8
      j 1.4 ~1,4 1,-.5 1,-2 -.2,-2|1,5.6 1,5.8
      k 3.7 0,6 0,0|3.5,4 0,1.6|1.3,2.5 3.7,0
      l 1 .5,6 .5,0
      m 6 0,4 0,0|~0,2.6 .3,4 3,4 3,2.5 3,0|~3,2.6 3.3,4 6,4 6,2.5 6,0
      n 4 0,4 0,0|~0,2.5 .4,4 4,4 4,2 4,0
      o 4 @0,0 4,0 4,4 0,4
      p 4 @0,0 4,0 4,4 0,4|0,4 0,-2
      q 4 @0,0 4,0 4,4 0,4|4,4 4,-2
      r 2.6 0,4 0,0|~0,2.3 .4,4 2.7,4
      s 3.8 ~3.6,3.4 3.3,4 .2,4 .2,2.1 3.8,1.9 3.8,0 .5,0 0,.7
      t 2.8 ~1.2,5.4 1.2,2 1.2,0 2.8,0|0,4 2.7,4
      u 4 ~0,4 0,2 0,0 3.6,0 4,1.5|4,4 4,0
      v 4 0,4 2,0 4,4
      w 6 0,4 1.5,0 3,4 4.5,0 6,4
      x 4 0,4 4,0|0,0 4,4
      y 4 0,4 2,0|4,4 1.2,-2
      z 4 0,4 4,4 0,0 4,0
      0 4 @0,0 4,0 4,6 0,6
      1 2.4 .2,4.8 1.6,6 1.6,0
      2 4 ~.2,4.6 .4,6 3.9,6 3.9,3.7 1.2,1.2 0,0|0,0 4,0
      3 4 ~.2,5.2 .6,6 3.8,6 3.8,3.2 1.4,3.2|~1.4,3.2 4,3.2 4,0 .4,0 0,1
      4 4 3,0 3,6 0,1.7 4,1.7
      5 4 3.6,6 .6,6 .3,3.2|~.3,3.2 .9,3.9 4,3.9 4,0 .5,0 0,.8
      6 4 @0,0 4,0 4,3.7 0,3.7|~3.6,5.6 3,6 0,6 0,3.6 0,1.8
      7 4 0,6 4,6 1.4,0
      8 4 @.3,3.1 3.7,3.1 3.7,6 .3,6|@0,0 4,0 4,3.1 0,3.1
      9 4 @0,2.3 4,2.3 4,6 0,6|~.4,.4 1,0 4,0 4,2.4 4,4.2
      % 5 @0,4 1.8,4 1.8,6 0,6|@3.2,0 5,0 5,2 3.2,2|4.4,6 .6,0
      ° 1.8 @0,4.2 1.8,4.2 1.8,6 0,6
      . .6 .3,0 .3,.2
      , .8 .5,.2 .1,-1
      : .6 .3,.3 .3,.5|.3,3.3 .3,3.5
      ; .8 .5,.2 .1,-1|.5,3.3 .5,3.5
      - 2.2 0,2 2.2,2
      – 3 0,2 3,2
      _ 3 0,-.6 3,-.6
      + 3 0,2 3,2|1.5,.5 1.5,3.5
      / 2.6 0,-1 2.6,6
      ( 1.4 ~1.4,6.4 0,5 0,0 1.4,-1.4
      ) 1.4 ~0,6.4 1.4,5 1.4,0 0,-1.4
      """;

  /** Units of the letters in a size of one. */
  private static final double UNIT = 0.125;

  private static final double GAP = 1.5;
  private static final double SPACE = 2.6;
  private static final double WEIGHT = 0.085;
  private static final int CUTS = 3;

  private static final Map<Integer, Letter> KNOWN = read();

  private StrokeFont() {}

  private record Letter(double width, List<List<double[]>> strokes) {}

  /** Thickness of the strokes. */
  static double weight(double size) {
    return WEIGHT * size;
  }

  /** Width of a line. */
  static double width(String text, double size) {
    double units = 0;
    for (int c : letters(text)) {
      units += advance(c);
    }
    return Math.max(0, units - GAP) * UNIT * size;
  }

  /** The strokes of a line; letters that are not known leave a gap. */
  static Path2D outline(String text, double x, double y, double size) {
    Path2D path = new Path2D.Double();
    double scale = UNIT * size;
    double left = x;
    for (int c : letters(text)) {
      if (KNOWN.containsKey(c)) {
        for (List<double[]> stroke : KNOWN.get(c).strokes()) {
          for (int i = 0; i < stroke.size(); i++) {
            double px = left + stroke.get(i)[0] * scale;
            double py = y - stroke.get(i)[1] * scale;
            if (i == 0) {
              path.moveTo(px, py);
            } else {
              path.lineTo(px, py);
            }
          }
        }
      }
      left += advance(c) * scale;
    }
    return path;
  }

  private static int[] letters(String text) {
    return text.toLowerCase(Locale.ROOT).codePoints().toArray();
  }

  private static double advance(int c) {
    return (KNOWN.containsKey(c) ? KNOWN.get(c).width() : SPACE - GAP) + GAP;
  }

  private static Map<Integer, Letter> read() {
    Map<Integer, Letter> letters = new HashMap<>();
    for (String line : LETTERS.lines().toList()) {
      String[] parts = line.split(" ", 3);
      List<List<double[]>> strokes = new ArrayList<>();
      for (String stroke : parts[2].split("\\|", -1)) {
        strokes.add(stroke(stroke));
      }
      letters.put(parts[0].codePointAt(0), new Letter(Double.parseDouble(parts[1]), strokes));
    }
    return letters;
  }

  private static List<double[]> stroke(String text) {
    boolean closed = text.startsWith("@");
    boolean round = closed || text.startsWith("~");
    List<double[]> points = new ArrayList<>();
    for (String point : (round ? text.substring(1) : text).split(" ", -1)) {
      String[] xy = point.split(",", -1);
      points.add(new double[] {Double.parseDouble(xy[0]), Double.parseDouble(xy[1])});
    }
    for (int cut = 0; round && cut < CUTS; cut++) {
      points = cut(points, closed);
    }
    if (closed) {
      points.add(points.get(0));
    }
    return points;
  }

  /** Each corner becomes two; open strokes keep their ends. */
  private static List<double[]> cut(List<double[]> points, boolean closed) {
    List<double[]> cut = new ArrayList<>();
    int last = points.size() - 1;
    if (!closed) {
      cut.add(points.get(0));
    }
    for (int i = 0; i < (closed ? points.size() : last); i++) {
      double[] a = points.get(i);
      double[] b = points.get((i + 1) % points.size());
      cut.add(between(a, b, 0.25));
      cut.add(between(a, b, 0.75));
    }
    if (!closed) {
      cut.add(points.get(last));
    }
    return cut;
  }

  private static double[] between(double[] a, double[] b, double share) {
    return new double[] {a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])};
  }
}
