package org.hearsight.report.page;

import org.hearsight.core.metrics.OriginTable;
import org.hearsight.report.chart.Markup;

/** Generated and recorded sounds apart, as {@link OriginTable} has them. */
final class OriginSection {
  private OriginSection() {}

  static void draw(OriginTable table, Markup out) {
    out.open("div", "class", "scroll").open("table", "class", "scores origins");
    out.open("caption");
    out.leaf(
        "span",
        "A scenario counts by its first sound: the hazard, else the harmless sound, else ambience."
            + " A share stands beside the number of scenarios it is of.");
    out.close();
    out.open("thead").open("tr").leaf("td", "");
    table.origins().forEach(o -> out.leaf("th", o.label(), "scope", "col"));
    out.close().close();
    out.open("tbody");
    for (OriginTable.Row row : table.rows()) {
      out.open("tr").leaf("th", row.label(), "scope", "row");
      row.figures().forEach(f -> out.leaf("td", f));
      out.close();
    }
    out.close().close().close();
  }
}
