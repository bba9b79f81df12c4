package org.hearsight.report.chart;

import java.util.List;
import org.hearsight.core.metrics.Classification;

/** A confusion matrix as a table: rows are the truth, shades are shares of the row. */
public final class ConfusionChart {
  private ConfusionChart() {}

  public static void draw(Classification scores, Markup out) {
    List<String> names = scores.classes();
    out.open(
        "div",
        "class",
        "scroll",
        "tabindex",
        "0",
        "role",
        "region",
        "aria-label",
        "Confusion matrix");
    out.open("table", "class", "confusion");
    out.open("caption");
    out.leaf("span", "How often each true class (row) was answered as which class (column)")
        .close();
    out.open("thead").open("tr");
    out.leaf("th", "true class", "scope", "col");
    for (String name : names) {
      out.open("th", "scope", "col").leaf("span", readable(name)).close();
    }
    out.close().close().open("tbody");
    for (int t = 0; t < names.size(); t++) {
      int total = 0;
      for (int n : scores.confusion()[t]) {
        total += n;
      }
      out.open("tr").leaf("th", readable(names.get(t)), "scope", "row");
      for (int a = 0; a < names.size(); a++) {
        int n = scores.confusion()[t][a];
        double share = total == 0 ? 0 : (double) n / total;
        String css = (n == 0 ? "zero" : share > 0.7 ? "full" : "part") + (a == t ? " hit" : "");
        String shade = n == 0 ? null : "--v:" + Figures.px(8 + 92 * share) + "%";
        out.leaf("td", n == 0 ? "·" : Integer.toString(n), "class", css, "style", shade);
      }
      out.close();
    }
    out.close().close().close();
  }

  /** {@code power_tool} as {@code power tool}. */
  public static String readable(String className) {
    return className.replace('_', ' ');
  }
}
