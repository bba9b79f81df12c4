package org.hearsight.core.seld;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hearsight.core.text.TextTable;

/** SELD scores as a table for a terminal: over all classes, then class by class. */
public final class SeldTable {
  private static final String NOTHING = "–";

  /** Shares are shown in per cent, the rest as it is. */
  private static final List<String> SHARES = List.of("F20", "LR_CD");

  private SeldTable() {}

  /** Every score with its 95 % interval in brackets. Ends with a line break. */
  public static String text(SeldReport report) {
    StringBuilder out = new StringBuilder();
    out.append(
        "DCASE %d, %s, %d classes, %d clips; [95 %% jackknife interval over clips]%n%n"
            .formatted(
                report.metrics(), report.average(), report.classes().size(), report.clips()));
    List<String> header = new ArrayList<>(List.of("class"));
    report.scores().keySet().forEach(key -> header.add(heading(key)));
    TextTable table = TextTable.ofNumbers(header, 0).row(cells("all", report.scores()));
    for (SeldReport.OfClass c : report.classes()) {
      table.row(cells(c.name(), c.scores()));
    }
    return out.append(table.aligned()).toString();
  }

  private static List<String> cells(String name, Map<String, Jackknife> scores) {
    List<String> cells = new ArrayList<>(List.of(name));
    scores.forEach((key, value) -> cells.add(cell(key, value)));
    return cells;
  }

  private static String heading(String key) {
    if (SHARES.contains(key)) {
      return key + " %";
    }
    return switch (key) {
      case "DOAE_CD", "LE_CD" -> key + " °";
      case "DE_CD" -> key + " m";
      default -> key;
    };
  }

  private static String cell(String key, Jackknife score) {
    if (Double.isNaN(score.value())) {
      return NOTHING;
    }
    double scale = SHARES.contains(key) ? 100 : 1;
    int digits = SHARES.contains(key) || key.equals("DOAE_CD") || key.equals("LE_CD") ? 1 : 3;
    String value = number(scale * score.value(), digits);
    return Double.isNaN(score.low())
        ? value
        : value
            + " ["
            + number(scale * score.low(), digits)
            + ", "
            + number(scale * score.high(), digits)
            + "]";
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
