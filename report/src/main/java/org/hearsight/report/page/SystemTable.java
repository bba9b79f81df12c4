package org.hearsight.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.hearsight.core.dataset.VisibilityBin;
import org.hearsight.core.metrics.Criterion;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.metrics.Localization;
import org.hearsight.report.chart.Figures;
import org.hearsight.report.chart.Markup;

/** Systems against groups of hazards, the best of each column marked. */
final class SystemTable {
  private static final String MEANING =
      "≤ 20° is the share of directions that near; distance error is relative, median. ★ marks the"
          + " best of a column.";

  private final List<ReportData.SystemResult> systems;
  private final List<Group> groups;
  private final boolean classes;
  private final Markup out;

  /**
   * Hazards that are shown in three columns.
   *
   * @param interval beside the median?
   */
  private record Group(
      String label, Function<ImaginationScores, Localization> of, boolean interval) {}

  private SystemTable(
      List<ReportData.SystemResult> systems, List<Group> groups, boolean classes, Markup out) {
    this.systems = systems;
    this.groups = groups;
    this.classes = classes;
    this.out = out;
  }

  /** Hidden, partly and fully visible hazards, and the classes of all scenarios. */
  static void draw(List<ReportData.SystemResult> systems, Markup out) {
    List<Group> groups = new ArrayList<>();
    for (VisibilityBin bin : VisibilityBin.values()) {
      groups.add(
          new Group(bin.label(), s -> s.slice(bin).localization(), bin == VisibilityBin.HIDDEN));
    }
    new SystemTable(systems, groups, true, out)
        .draw(
            "Direction error is the median over hazards, with its 95 % bootstrap interval where"
                + " hidden; "
                + MEANING);
  }

  /** Hidden hazards by what hides them. */
  static void drawHidden(List<ReportData.SystemResult> systems, Markup out) {
    List<Group> groups = new ArrayList<>();
    for (String part : systems.get(0).scores().parts(Criterion.HIDDEN).keySet()) {
      groups.add(
          new Group(part, s -> s.parts(Criterion.HIDDEN).get(part).overall().localization(), true));
    }
    new SystemTable(systems, groups, false, out)
        .draw(
            "Direction error is the median over hidden hazards, with its 95 % bootstrap interval; "
                + MEANING);
  }

  private void draw(String caption) {
    out.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Systems");
    out.open("table", "class", classes ? "scores" : "scores parts");
    out.open("caption").leaf("span", caption).close();
    head();
    out.open("tbody");
    for (ReportData.SystemResult s : systems) {
      out.open("tr").open("th", "scope", "row");
      out.text(s.name()).leaf("small", s.description()).close();
      groups.forEach(group -> cells(group, s.scores()));
      if (classes) {
        double accuracy = s.scores().classification().accuracy();
        double f1 = s.scores().classification().macroF1();
        cell(
            accuracy,
            Figures.percent(accuracy),
            null,
            "first",
            most(r -> r.classification().accuracy()));
        cell(f1, Figures.fixed(f1, 2), null, null, most(r -> r.classification().macroF1()));
      }
      out.close();
    }
    out.close().close().close();
  }

  private void cells(Group group, ImaginationScores scores) {
    Localization l = group.of().apply(scores);
    String interval =
        group.interval() && l.count() > 0
            ? Figures.fixed(l.medianAngleLow(), 1) + "–" + Figures.fixed(l.medianAngleHigh(), 1)
            : null;
    cell(
        l.medianAngle(),
        Figures.degrees(l.medianAngle()),
        interval,
        "first",
        least(r -> group.of().apply(r).medianAngle()));
    cell(
        l.within20(),
        Figures.percent(l.within20()),
        null,
        null,
        most(r -> group.of().apply(r).within20()));
    cell(
        l.medianRelativeDistance(),
        Figures.percent(l.medianRelativeDistance()),
        null,
        null,
        least(r -> group.of().apply(r).medianRelativeDistance()));
  }

  private void head() {
    out.open("thead").open("tr").leaf("td", "");
    ImaginationScores scores = systems.get(0).scores();
    for (Group group : groups) {
      String label = group.label() + " (" + group.of().apply(scores).count() + ")";
      out.leaf("th", label, "colspan", "3", "scope", "colgroup", "class", "first");
    }
    if (classes) {
      String all = "all classes (" + scores.scenarios() + ")";
      out.leaf("th", all, "colspan", "2", "scope", "colgroup", "class", "first");
    }
    out.close().open("tr").leaf("th", "system", "scope", "col");
    for (int i = 0; i < groups.size(); i++) {
      out.leaf("th", "direction", "scope", "col", "class", "first");
      out.leaf("th", "≤ 20°", "scope", "col").leaf("th", "distance", "scope", "col");
    }
    if (classes) {
      out.leaf("th", "accuracy", "scope", "col", "class", "first");
      out.leaf("th", "macro F1", "scope", "col");
    }
    out.close().close();
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
