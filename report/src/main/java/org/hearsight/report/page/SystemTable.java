package org.hearsight.report.page;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hearsight.core.dataset.VisibilityBin;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.metrics.Localization;
import org.hearsight.report.chart.Figures;
import org.hearsight.report.chart.Markup;

/** Systems against hidden, partly and fully visible hazards, the best of each column marked. */
final class SystemTable {
  private final List<ReportData.SystemResult> systems;
  private final Markup out;

  private SystemTable(List<ReportData.SystemResult> systems, Markup out) {
    this.systems = systems;
    this.out = out;
  }

  static void draw(List<ReportData.SystemResult> systems, Markup out) {
    new SystemTable(systems, out).draw();
  }

  private void draw() {
    out.open("div", "class", "scroll").open("table", "class", "scores");
    out.open("caption");
    out.leaf(
        "span",
        "Direction error is the median over hazards, with its 95 % bootstrap interval where hidden;"
            + " ≤ 20° is the share of directions that near; distance error is relative, median."
            + " ★ marks the best of a column.");
    out.close();
    head();
    out.open("tbody");
    for (ReportData.SystemResult s : systems) {
      out.open("tr").open("th", "scope", "row");
      out.text(s.name()).leaf("small", s.description()).close();
      for (VisibilityBin bin : VisibilityBin.values()) {
        Localization l = s.scores().slice(bin).localization();
        String interval =
            bin == VisibilityBin.HIDDEN && l.count() > 0
                ? Figures.fixed(l.medianAngleLow(), 1) + "–" + Figures.fixed(l.medianAngleHigh(), 1)
                : null;
        cell(
            l.medianAngle(),
            Figures.degrees(l.medianAngle()),
            interval,
            "first",
            least(r -> angle(r, bin)));
        cell(
            l.within20(),
            Figures.percent(l.within20()),
            null,
            null,
            most(r -> r.slice(bin).localization().within20()));
        cell(
            l.medianRelativeDistance(),
            Figures.percent(l.medianRelativeDistance()),
            null,
            null,
            least(r -> r.slice(bin).localization().medianRelativeDistance()));
      }
      double accuracy = s.scores().classification().accuracy();
      double f1 = s.scores().classification().macroF1();
      cell(
          accuracy,
          Figures.percent(accuracy),
          null,
          "first",
          most(r -> r.classification().accuracy()));
      cell(f1, Figures.fixed(f1, 2), null, null, most(r -> r.classification().macroF1()));
      out.close();
    }
    out.close().close().close();
  }

  private void head() {
    out.open("thead").open("tr").leaf("td", "");
    ImaginationScores scores = systems.get(0).scores();
    for (VisibilityBin bin : VisibilityBin.values()) {
      String label = bin.label() + " (" + scores.slice(bin).count() + ")";
      out.leaf("th", label, "colspan", "3", "scope", "colgroup", "class", "first");
    }
    String all = "all classes (" + scores.scenarios() + ")";
    out.leaf("th", all, "colspan", "2", "scope", "colgroup", "class", "first");
    out.close().open("tr").leaf("th", "system", "scope", "col");
    for (int i = 0; i < VisibilityBin.values().length; i++) {
      out.leaf("th", "direction", "scope", "col", "class", "first");
      out.leaf("th", "≤ 20°", "scope", "col").leaf("th", "distance", "scope", "col");
    }
    out.leaf("th", "accuracy", "scope", "col", "class", "first");
    out.leaf("th", "macro F1", "scope", "col").close().close();
  }

  private void cell(double value, String text, String below, String css, double best) {
    boolean wins = systems.size() > 1 && value == best;
    String all = ((css == null ? "" : css) + (wins ? " best" : "")).strip();
    out.open("td", "class", all.isEmpty() ? null : all).text(text);
    if (wins) {
      out.leaf("span", "★", "role", "img", "aria-label", "best");
    }
    if (below != null) {
      out.leaf("small", below);
    }
    out.close();
  }

  private static double angle(ImaginationScores scores, VisibilityBin bin) {
    return scores.slice(bin).localization().medianAngle();
  }

  private double least(ToDoubleFunction<ImaginationScores> metric) {
    return systems.stream()
        .mapToDouble(s -> metric.applyAsDouble(s.scores()))
        .filter(v -> !Double.isNaN(v))
        .min()
        .orElse(Double.NaN);
  }

  private double most(ToDoubleFunction<ImaginationScores> metric) {
    return -least(s -> -metric.applyAsDouble(s));
  }
}
