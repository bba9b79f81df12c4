package org.hearsight.report.page;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.report.chart.Axis;
import org.hearsight.report.chart.Chart;
import org.hearsight.report.chart.Markup;
import org.hearsight.report.chart.Series;
import org.hearsight.report.chart.Series.Stroke;

/**
 * What damaged scenes do to a model, as one self-contained HTML page: a curve each of right
 * answers, stated confidence and coverage against the size of the damage.
 */
public final class SweepReport {
  private SweepReport() {}

  /**
   * All the page shows.
   *
   * @param unnoticed damages whose harm the confidence does not show, a sentence each
   * @param curves one for each damage
   * @param facts what must be the same for this to come out again
   */
  public record Data(
      String title,
      String summary,
      List<String> unnoticed,
      List<Curve> curves,
      List<ReportData.Fact> facts) {
    public Data {
      unnoticed = List.copyOf(unnoticed);
      curves = List.copyOf(curves);
      facts = List.copyOf(facts);
    }
  }

  /**
   * The steps of a damage, the first one without it.
   *
   * @param label what is damaged
   * @param size what the steps measure
   * @param steps their labels
   * @param right share of right answers at each
   * @param confidence mean of what was said
   * @param coverage share of hazards within their 90 % region; NaN without a map
   * @param angle median direction error of hidden hazards, degrees
   * @param unnoticed whether the confidence does not show the harm
   */
  public record Curve(
      String label,
      String size,
      List<String> steps,
      double[] right,
      double[] confidence,
      double[] coverage,
      double[] angle,
      boolean[] unnoticed) {}

  /** Writes the page in one step. */
  public static void write(Path file, Data data) {
    AtomicFile.writeText(file, html(data));
  }

  /** The page's text. */
  public static String html(Data data) {
    Page page = new Page(data.title(), data.summary());
    page.section("unnoticed", "What the model does not notice", out -> unnoticed(data, out));
    page.section("curves", "Right answers, confidence and coverage", out -> curves(data, out));
    page.section("directions", "Directions of hidden hazards", out -> directions(data, out));
    page.section("run", "Where this comes from", out -> Page.facts(out, data.facts()));
    return page.html();
  }

  private static void unnoticed(Data data, Markup out) {
    if (data.unnoticed().isEmpty()) {
      out.leaf("p", "None: wherever the score fell, the confidence fell by half as much or more.");
      return;
    }
    out.leaf(
        "p",
        "The score falls by at least 5 % of the scenes, more than chance explains, and the stated"
            + " confidence by less than half of that. The first such step of each damage:");
    out.open("ul", "class", "notes");
    data.unnoticed().forEach(n -> out.leaf("li", n));
    out.close();
  }

  private static void curves(Data data, Markup out) {
    out.open("div", "class", "charts");
    for (Curve c : data.curves()) {
      double[] at = places(c);
      List<Series> series = new ArrayList<>();
      series.add(new Series("right", 1, Stroke.SOLID, true, at, percent(c.right())));
      series.add(
          new Series("stated confidence", 2, Stroke.DASHED, true, at, percent(c.confidence())));
      if (Arrays.stream(c.coverage()).anyMatch(v -> !Double.isNaN(v))) {
        series.add(
            new Series("in the 90 % region", 3, Stroke.DOTTED, true, at, percent(c.coverage())));
      }
      new Chart(
              title(c),
              said(c),
              Axis.named(c.size(), c.steps()),
              new Axis("share", 0, 100, 25, " %"),
              series,
              marks(c))
          .draw(out);
    }
    out.close();
  }

  private static void directions(Data data, Markup out) {
    out.open("div", "class", "charts");
    for (Curve c : data.curves()) {
      new Chart(
              title(c),
              "Median direction error of hidden hazards.",
              Axis.named(c.size(), c.steps()),
              new Axis("median direction error", 0, 180, 45, "°"),
              List.of(new Series("hidden", 1, Stroke.SOLID, true, places(c), c.angle())),
              List.of())
          .draw(out);
    }
    out.close();
  }

  private static String title(Curve c) {
    return c.label().substring(0, 1).toUpperCase(Locale.ROOT) + c.label().substring(1);
  }

  private static String said(Curve c) {
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < c.steps().size(); i++) {
      said.append(
          "%s: %.0f %% right, %.0f %% said. "
              .formatted(c.steps().get(i), 100 * c.right()[i], 100 * c.confidence()[i]));
    }
    return said.toString();
  }

  private static List<Chart.Mark> marks(Curve c) {
    for (int i = 0; i < c.unnoticed().length; i++) {
      if (c.unnoticed()[i]) {
        return List.of(new Chart.Mark(i, "not noticed"));
      }
    }
    return List.of();
  }

  private static double[] places(Curve c) {
    double[] at = new double[c.steps().size()];
    for (int i = 0; i < at.length; i++) {
      at[i] = i;
    }
    return at;
  }

  private static double[] percent(double[] shares) {
    return Arrays.stream(shares).map(s -> 100 * s).toArray();
  }
}
