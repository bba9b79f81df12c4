package org.hearsight.benchmarks.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The outcomes as a table, for a terminal or in Markdown. */
public final class ResultTable {
  private static final List<String> HEADER =
      List.of("work", "peer", "Hearsight", "ratio", "of rounds", "asked", "");
  private static final double LONG_MILLIS = 10_000;

  private ResultTable() {}

  /** Columns under one another. */
  public static String text(List<Outcome> outcomes) {
    List<List<String>> rows = rows(outcomes);
    int[] widths = new int[HEADER.size()];
    for (List<String> row : rows) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        String space = " ".repeat(widths[c] - row.get(c).length());
        boolean left = c == 0 || c == widths.length - 1;
        line.append(c == 0 ? "" : "  ").append(left ? row.get(c) + space : space + row.get(c));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** A Markdown table. */
  public static String markdown(List<Outcome> outcomes) {
    List<List<String>> rows = rows(outcomes);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
      if (i == 0) {
        text.append("|---|---:|---:|---:|---:|---:|---|\n");
      }
    }
    return text.toString();
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

  private static List<List<String>> rows(List<Outcome> outcomes) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    for (Outcome o : outcomes) {
      Rounds r = o.rounds();
      rows.add(
          List.of(
              o.row().what(),
              time(r.peerMedian()),
              time(r.ourMedian()),
              r.ratio().isPresent() ? ratio(r.ratio().getAsDouble()) : "–",
              range(r.ratios()),
              o.row().goal().text(),
              o.met().map(met -> met ? "met" : "missed").orElse("")));
    }
    return rows;
  }

  private static String time(OptionalDouble millis) {
    return millis.isPresent() ? time(millis.getAsDouble()) : "–";
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
      return "–";
    }
    return String.format(
        Locale.ROOT,
        "%.2f–%.2f",
        Arrays.stream(ratios).min().orElseThrow(),
        Arrays.stream(ratios).max().orElseThrow());
  }
}
