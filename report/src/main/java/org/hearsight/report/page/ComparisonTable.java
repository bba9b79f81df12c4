package org.hearsight.report.page;

import java.util.List;
import java.util.Locale;
import org.hearsight.core.metrics.Comparison;
import org.hearsight.core.metrics.Measure;
import org.hearsight.report.chart.ConfusionChart;
import org.hearsight.report.chart.Figures;
import org.hearsight.report.chart.Markup;

/** A {@link Comparison}: systems against measures, and the scenes they see most differently. */
final class ComparisonTable {
  private static final String CAPTION =
      "%s first; below each figure the difference to it with its 95 %% paired bootstrap interval"
          + " and the p-value after Holm's correction for all %d tests of the table (classes and"
          + " right answers: McNemar's exact test). ▲ better, ▼ worse, unmarked: not known to"
          + " differ at 0.05.";

  private ComparisonTable() {}

  static void draw(Comparison comparison, Markup out) {
    List<Measure> measures =
        List.of(Measure.values()).stream()
            .filter(m -> comparison.pairs().stream().anyMatch(p -> p.test(m) != null))
            .toList();
    int tests = comparison.pairs().stream().mapToInt(p -> p.tests().size()).sum();
    Page.scrolling(
        out,
        "Differences to " + comparison.first(),
        box -> {
          box.open("table", "class", "scores plain compared");
          box.open("caption").leaf("span", CAPTION.formatted(comparison.first(), tests)).close();
          box.open("thead").open("tr").leaf("td", "");
          measures.forEach(m -> box.leaf("th", m.label(), "scope", "col"));
          box.close().close().open("tbody");
          first(comparison, measures, box);
          comparison.pairs().forEach(pair -> row(pair, measures, box));
          box.close().close();
        });
  }

  private static void first(Comparison comparison, List<Measure> measures, Markup out) {
    out.open("tr").leaf("th", comparison.first(), "scope", "row");
    for (Measure m : measures) {
      Comparison.Test any =
          comparison.pairs().stream()
              .map(p -> p.test(m))
              .filter(t -> t != null)
              .findFirst()
              .orElseThrow();
      out.open("td").text(figure(m, any.first())).leaf("small", "of " + any.count()).close();
    }
    out.close();
  }

  private static void row(Comparison.Pair pair, List<Measure> measures, Markup out) {
    out.open("tr").leaf("th", pair.second(), "scope", "row");
    for (Measure m : measures) {
      Comparison.Test t = pair.test(m);
      if (t == null) {
        out.leaf("td", Figures.NOTHING);
      } else {
        cell(m, t, out);
      }
    }
    out.close();
  }

  private static void cell(Measure m, Comparison.Test t, Markup out) {
    String css = t.verdict() > 0 ? "yes" : t.verdict() < 0 ? "no" : null;
    out.open("td").text(figure(m, t.second()));
    String mark = t.verdict() > 0 ? "▲ " : t.verdict() < 0 ? "▼ " : "";
    out.leaf("small", mark + difference(m, t.difference()), "class", css);
    out.leaf("small", difference(m, t.low()) + " to " + difference(m, t.high()));
    out.leaf("small", "p " + p(t.holm())).close();
  }

  private static String figure(Measure m, double value) {
    return switch (m.unit()) {
      case DEGREES -> Figures.degrees(value);
      case SHARE -> Figures.percent(value);
      case NUMBER -> Figures.fixed(value, 3);
    };
  }

  private static String difference(Measure m, double value) {
    String sign = value > 0 ? "+" : "";
    return sign
        + switch (m.unit()) {
          case DEGREES -> Figures.degrees(value);
          case SHARE -> Figures.fixed(100 * value, 1) + " %";
          case NUMBER -> Figures.fixed(value, 3);
        };
  }

  private static String p(double p) {
    return p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
  }

  /** The scenes whose directions differ most, as a table. */
  static void apart(String first, Comparison.Pair pair, Markup out) {
    Page.scrolling(
        out,
        "Scenes apart",
        box -> {
          box.open("table", "class", "scores plain");
          box.open("thead").open("tr").leaf("td", "");
          for (String name : List.of("true class", "visibility", first, pair.second())) {
            box.leaf("th", name, "scope", "col");
          }
          box.close().close().open("tbody");
          for (Comparison.Apart a : pair.apart()) {
            box.open("tr").open("th", "scope", "row").leaf("span", a.id(), "class", "id").close();
            box.leaf("td", ConfusionChart.readable(a.className())).leaf("td", a.visibility());
            box.leaf("td", said(a.firstClass(), a.firstAngle()));
            box.leaf("td", said(a.secondClass(), a.secondAngle())).close();
          }
          box.close().close();
        });
  }

  private static String said(String className, double angle) {
    return ConfusionChart.readable(className) + ", " + Figures.degrees(angle) + " off";
  }
}
