package org.hearsight.app.validation;

import java.util.Locale;

/** A table of what was claimed and what was measured, in Markdown. */
final class Numbers {
  private final StringBuilder rows = new StringBuilder();
  private boolean good = true;

  /** A claim that holds if {@code worst} is not above {@code tolerance}. */
  void check(String claim, double worst, double tolerance, String unit) {
    boolean holds = worst <= tolerance;
    good &= holds;
    rows.append(
        String.format(
            Locale.ROOT,
            "| %s | %s %s | %s %s | %s |%n",
            claim,
            brief(tolerance),
            unit,
            brief(worst),
            unit,
            holds ? "yes" : "**no**"));
  }

  /** Did all claims hold? */
  boolean good() {
    return good;
  }

  String markdown() {
    return "| claim | tolerance | worst found | holds |\n|---|---|---|---|\n" + rows;
  }

  private static String brief(double v) {
    return v == 0 ? "0" : v < 1e-3 ? String.format(Locale.ROOT, "%.0e", v) : fixed(v);
  }

  private static String fixed(double v) {
    return String.format(Locale.ROOT, "%.3g", v)
        .replaceAll("(\\.\\d*?)0+$", "$1")
        .replaceAll("\\.$", "");
  }
}
