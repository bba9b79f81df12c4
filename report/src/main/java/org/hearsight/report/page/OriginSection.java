package org.hearsight.report.page;

import org.hearsight.core.metrics.Criterion;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.metrics.PartTable;
import org.hearsight.report.chart.Markup;

/** What recorded sounds change, as {@link PartTable} has it. */
final class OriginSection {
  private static final String CAPTION =
      "A scenario counts by its first sound: the hazard, else the harmless sound, else ambience."
          + " Direction error is the median, with its 95 % bootstrap interval; distance error is"
          + " relative, median. A share of a class stands beside the number of scenarios it is of.";

  private OriginSection() {}

  /** Adds the section, where there is something to say. */
  static void add(Page page, ImaginationScores scores) {
    PartTable table = PartTable.of(scores, Criterion.ORIGIN);
    if (!table.rows().isEmpty()) {
      String title =
          table.parts().size() > 1
              ? "Generated and recorded sounds"
              : "Harmless and unknown sounds";
      page.section(
          "origin",
          title,
          out -> Page.scrolling(out, "Scores by the origin of the sounds", b -> table(table, b)));
    }
  }

  private static void table(PartTable table, Markup out) {
    out.open("table", "class", "scores parts plain");
    out.open("caption").leaf("span", CAPTION).close();
    out.open("thead").open("tr").leaf("td", "");
    table.parts().forEach(part -> out.leaf("th", part, "scope", "col"));
    out.close().close();
    out.open("tbody");
    for (PartTable.Row row : table.rows()) {
      out.open("tr").leaf("th", row.label(), "scope", "row");
      row.figures().forEach(f -> out.leaf("td", f));
      out.close();
    }
    out.close().close();
  }
}
