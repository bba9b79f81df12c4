package org.hearsight.benchmarks.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.hearsight.core.text.TextTable;

/** The outcomes as a table, and remarks beside it. */
public final class ResultTable {
  private static final List<String> HEADER =
      List.of("work", "peer", "Hearsight", "ratio", "of rounds", "asked", "");
  private static final String NOTHING = "–";
  private static final double LONG_MILLIS = 10_000;

  private ResultTable() {}

  /** A row an outcome. */
  public static TextTable of(List<Outcome> outcomes) {
    TextTable table = TextTable.ofNumbers(HEADER, 0, HEADER.size() - 1);
    for (Outcome o : outcomes) {
      Rounds r = o.rounds();
      table.row(
          o.row().what(),
          time(r.peerMedian()),
          time(r.ourMedian()),
          r.ratio().isPresent() ? ratio(r.ratio().getAsDouble()) : NOTHING,
          range(r.ratios()),
          o.row().goal().text(),
          o.met().map(met -> met ? "met" : "missed").orElse(""));
    }
    return table;
  }

  /** Lines about single rows, each with the name of its row. */
  public static List<String> remarks(List<Outcome> outcomes) {
    List<String> lines = new ArrayList<>();
    for (Outcome o : outcomes) {
      double ours = o.rounds().ourMedian();
      o.besides()
          .forEach(
              (what, millis) ->
                  lines.add(
                      "%s: %s takes %s, ratio %s"
                          .formatted(o.row().name(), what, time(millis), ratio(millis / ours))));
      o.remarks().forEach(r -> lines.add(o.row().name() + ": " + r));
    }
    return lines;
  }

  private static String time(OptionalDouble millis) {
    return millis.isPresent() ? time(millis.getAsDouble()) : NOTHING;
  }

  /** Milliseconds, or seconds where those would be many. */
  static String time(double millis) {
    return millis < LONG_MILLIS
        ? String.format(Locale.ROOT, millis < 100 ? "%.1f ms" : "%.0f ms", millis)
        : String.format(Locale.ROOT, "%.0f s", millis / 1000);
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, ratio < 10 ? "%.2f×" : "%.1f×", ratio);
  }

  private static String range(double[] ratios) {
    if (ratios.length < 2) {
      return NOTHING;
    }
    return String.format(
        Locale.ROOT,
        "%.2f–%.2f",
        Arrays.stream(ratios).min().orElseThrow(),
        Arrays.stream(ratios).max().orElseThrow());
  }
}
