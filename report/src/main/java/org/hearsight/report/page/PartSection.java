package org.hearsight.report.page;

import org.hearsight.core.metrics.Criterion;
import org.hearsight.core.metrics.PartTable;
import org.hearsight.report.chart.Markup;

/** One system's scores by parts of the scenarios, as {@link PartTable} has them. */
final class PartSection {
  private PartSection() {}

  static String title(Criterion criterion) {
    return switch (criterion) {
      case HIDDEN -> "Hidden: behind something, or outside the view";
      case SIGNAL_TO_NOISE -> "Loud and drowned hazards";
      case MOTION -> "Hazards that stand and move";
      case ORIGIN -> "Generated and recorded sounds";
    };
  }

  private static String caption(Criterion criterion) {
    String all =
        "Direction error is the median, with its 95 % bootstrap interval; distance error is"
            + " relative, median. A share of a class stands beside the number of scenarios it is"
            + " of.";
    return switch (criterion) {
      case HIDDEN -> all;
      case SIGNAL_TO_NOISE ->
          "The hazard against all else that is heard, over the whole clip. " + all;
      case MOTION ->
          "As the microphone sees it: most of the way leads nearer, past or away. " + all;
      case ORIGIN ->
          "A scenario counts by its first sound: the hazard, else the harmless sound, else"
              + " ambience. "
              + all;
    };
  }

  static void draw(PartTable table, Markup out) {
    out.open("div", "class", "scroll").open("table", "class", "scores parts");
    out.open("caption");
    out.leaf("span", caption(table.criterion()));
    out.close();
    out.open("thead").open("tr").leaf("td", "");
    table.parts().forEach(part -> out.leaf("th", part, "scope", "col"));
    out.close().close();
    out.open("tbody");
    for (PartTable.Row row : table.rows()) {
      out.open("tr").leaf("th", row.label(), "scope", "row");
      row.figures().forEach(f -> out.leaf("td", f));
      out.close();
    }
    out.close().close().close();
  }
}
