package org.hearsight.core.seld;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** SELD scores as a table for a terminal: over all classes, then class by class. */
public final class SeldTable {
  private static final String NOTHING = "–";

  /** Shares are told in per cent, the rest as it is. */
  private static final List<String> SHARES = List.of("F20", "LR_CD");

  private SeldTable() {}

  /** Every score with its 95 % interval in brackets. Ends with a line break. */
  public static String text(SeldReport report) {
    StringBuilder out = new StringBuilder();
    out.append(
        "DCASE %d, %s, %d classes, %d clips; [95 %% jackknife interval over clips]%n%n"
            .formatted(
                report.metrics(), report.average(), report.classes().size(), report.clips()));
    int width = "class".length();
    for (SeldReport.OfClass c : report.classes()) {
      width = Math.max(width, c.name().length());
    }
    out.append(pad("class", width));
    report.scores().keySet().forEach(key -> out.append("  ").append(pad(heading(key), -22)));
    out.append(System.lineSeparator());
    row(out, "all", width, report.scores());
    for (SeldReport.OfClass c : report.classes()) {
      row(out, c.name(), width, c.scores());
    }
    return out.toString();
  }

  private static void row(
      StringBuilder out, String name, int width, Map<String, Jackknife> scores) {
    out.append(pad(name, width));
    scores.forEach((key, value) -> out.append("  ").append(pad(cell(key, value), -22)));
    out.append(System.lineSeparator());
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

  /** To a width in characters, aligned left; right if it is negative. */
  private static String pad(String text, int width) {
    String space = " ".repeat(Math.max(0, Math.abs(width) - text.length()));
    return width < 0 ? space + text : text + space;
  }
}
