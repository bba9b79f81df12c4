package org.hearsight.report.page;

import java.util.List;
import java.util.Map;
import org.hearsight.core.metrics.Criterion;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.metrics.Localization;
import org.hearsight.core.metrics.PartScores;
import org.hearsight.report.chart.ConfusionChart;
import org.hearsight.report.chart.Figures;
import org.hearsight.report.chart.Markup;

/**
 * One system's scores by every {@link Criterion}: a row for each part, all in the same columns,
 * with the 95 % bootstrap intervals drawn beside the figures.
 */
final class PartsTable {
  private static final String CAPTION =
      "Points with their 95 %% bootstrap intervals: direction on a scale from 0° to %.0f°, shares"
          + " from 0 to 100 %%. A class counts as right whatever the place. Distance error is"
          + " relative, median. Calibration error is the gap between stated confidence and share"
          + " of right answers. In 90 %%: how many hazards lie in the region that should hold 90 %%"
          + " of them, and which share of the map that region takes, median.";

  /** The end of the scale of directions. */
  private static final double DEGREES = 45;

  private final Markup out;

  private PartsTable(Markup out) {
    this.out = out;
  }

  /** Is there a criterion by which scenarios differ? */
  static boolean hasParts(ImaginationScores scores) {
    for (Criterion c : Criterion.values()) {
      if (isShown(scores, c)) {
        return true;
      }
    }
    return false;
  }

  /** Origins have a table of their own; a single part would be the whole again. */
  private static boolean isShown(ImaginationScores scores, Criterion c) {
    return c != Criterion.ORIGIN && c != Criterion.HIDDEN && scores.parts(c).size() > 1;
  }

  static void draw(ImaginationScores scores, Markup out) {
    Page.scrolling(out, "Scores by parts of the scenarios", box -> new PartsTable(box).all(scores));
  }

  private void all(ImaginationScores scores) {
    boolean maps = scores.overall().places() != null;
    out.open("table", "class", "scores grouped plain");
    out.open("caption").leaf("span", CAPTION.formatted(DEGREES)).close();
    out.open("thead").open("tr").leaf("td", "");
    List<String> names =
        List.of("n", "class right", "direction error", "≤ 20°", "distance", "calibration");
    names.forEach(name -> out.leaf("th", name, "scope", "col"));
    if (maps) {
      out.leaf("th", "in 90 %", "scope", "col").leaf("th", "of the map", "scope", "col");
    }
    out.close().close();
    group("all scenarios", Map.of("all", scores.overall()), maps);
    group("hazards by visibility", scores.byVisibility(), maps);
    for (Criterion c : Criterion.values()) {
      if (isShown(scores, c)) {
        out.open("tbody");
        heading(c.label(), maps);
        for (Map.Entry<String, PartScores> part : scores.parts(c).entrySet()) {
          row(part.getKey(), part.getValue().overall(), maps);
        }
        out.close();
      }
    }
    out.close();
  }

  private void group(String label, Map<String, ImaginationScores.Slice> rows, boolean maps) {
    out.open("tbody");
    heading(label, maps);
    rows.forEach((name, slice) -> row(name, slice, maps));
    out.close();
  }

  private void heading(String label, boolean maps) {
    out.open("tr", "class", "group");
    out.leaf("th", label, "scope", "rowgroup", "colspan", maps ? "9" : "7").close();
  }

  private void row(String name, ImaginationScores.Slice s, boolean maps) {
    if (s.count() == 0) {
      return;
    }
    Localization l = s.localization();
    out.open("tr").leaf("th", ConfusionChart.readable(name), "scope", "row");
    out.leaf("td", Integer.toString(s.count()));
    figure(Figures.percent(s.accuracy()), s.accuracy(), s.accuracyLow(), s.accuracyHigh(), 1);
    figure(
        Figures.degrees(l.medianAngle()),
        l.medianAngle(),
        l.medianAngleLow(),
        l.medianAngleHigh(),
        DEGREES);
    figure(Figures.percent(l.within20()), l.within20(), l.within20Low(), l.within20High(), 1);
    out.leaf("td", Figures.percent(l.medianRelativeDistance()));
    out.leaf("td", Figures.fixed(s.calibration().ece(), 2));
    if (maps) {
      boolean mapped = s.places() != null;
      out.leaf("td", mapped ? Figures.percent(s.places().coverage90()) : Figures.NOTHING);
      out.leaf("td", mapped ? Figures.percent(s.places().size90()) : Figures.NOTHING);
    }
    out.close();
  }

  private void figure(String text, double value, double low, double high, double end) {
    out.open("td", "class", "ranged").leaf("span", text);
    if (!Double.isNaN(value)) {
      String said = "95 % interval " + said(low, end) + " to " + said(high, end);
      out.open("svg", "viewBox", "0 0 74 12", "role", "img", "aria-label", said);
      out.empty("path", "class", "rail", "d", "M4 6H70");
      String from = Figures.px(at(low, end));
      out.empty("path", "class", "whisker", "d", "M" + from + " 6H" + Figures.px(at(high, end)));
      out.empty("circle", "class", "point", "cx", Figures.px(at(value, end)), "cy", "6", "r", "3");
      out.leaf("title", said).close();
    }
    out.close();
  }

  private static double at(double value, double end) {
    return 4 + 66 * Math.min(1, value / end);
  }

  private static String said(double value, double end) {
    return end == 1 ? Figures.percent(value) : Figures.degrees(value);
  }
}
