package org.hearsight.report.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.metrics.Criterion;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.metrics.PlaceScores;
import org.hearsight.report.chart.Figures;
import org.hearsight.report.chart.Markup;

/** How many hazards lie in their regions, and how large those are, by visibility and occlusion. */
final class RegionTable {
  private static final String CAPTION =
      "How many hazards lie in the region that should hold 50, 80 and 90 % of them, and the median"
          + " share of the map that it takes. Negative log-likelihood in nats; a map that knows"
          + " nothing has 7.05.";

  private RegionTable() {}

  static void draw(ImaginationScores scores, Markup out) {
    Map<String, ImaginationScores.Slice> rows = new LinkedHashMap<>();
    rows.put("all hazards", scores.overall());
    rows.putAll(scores.byVisibility());
    scores
        .parts(Criterion.OCCLUSION)
        .forEach((name, part) -> rows.put("occluded " + name, part.overall()));
    Page.scrolling(out, "Regions", box -> table(rows, box));
  }

  private static void table(Map<String, ImaginationScores.Slice> rows, Markup out) {
    out.open("table", "class", "scores parts plain");
    out.open("caption").leaf("span", CAPTION).close();
    out.open("thead").open("tr").leaf("td", "");
    for (String name :
        List.of(
            "n", "in 50 %", "in 80 %", "in 90 %", "size 50 %", "size 80 %", "size 90 %", "NLL")) {
      out.leaf("th", name, "scope", "col");
    }
    out.close().close().open("tbody");
    rows.forEach(
        (name, slice) -> {
          if (slice.places() != null) {
            row(name, slice.places(), out);
          }
        });
    out.close().close();
  }

  private static void row(String name, PlaceScores p, Markup out) {
    out.open("tr").leaf("th", name, "scope", "row").leaf("td", Integer.toString(p.count()));
    for (double share : new double[] {p.coverage50(), p.coverage80(), p.coverage90()}) {
      out.leaf("td", Figures.percent(share));
    }
    for (double share : new double[] {p.size50(), p.size80(), p.size90()}) {
      out.leaf("td", Figures.fixed(100 * share, 1) + " %");
    }
    out.leaf("td", Figures.fixed(p.negativeLogLikelihood(), 2)).close();
  }
}
