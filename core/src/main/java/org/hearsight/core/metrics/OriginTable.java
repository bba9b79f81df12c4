package org.hearsight.core.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.hearsight.core.dataset.SoundOrigin;

/**
 * One system's scores, procedural and recorded sounds side by side: what a terminal and a page
 * show.
 *
 * @param origins those that scenarios have
 * @param rows label and a figure for each origin
 */
public record OriginTable(List<SoundOrigin> origins, List<Row> rows) {
  /** What is measured, and the figure for each origin. */
  public record Row(String label, List<String> figures) {}

  /** The table; empty if no scenario says where its sound comes from. */
  public static OriginTable of(ImaginationScores scores) {
    List<SoundOrigin> origins =
        Stream.of(SoundOrigin.values()).filter(o -> scores.of(o).overall().count() > 0).toList();
    List<Row> rows = new ArrayList<>();
    if (!origins.isEmpty()) {
      List<OriginScores> columns = origins.stream().map(scores::of).toList();
      row(rows, "scenarios", columns, c -> Integer.toString(c.overall().count()));
      row(rows, "accuracy", columns, c -> ScoreTable.percent(c.overall().accuracy()));
      row(rows, "macro F1", columns, c -> ScoreTable.number(c.overall().macroF1(), 3));
      row(rows, "hazards missed", columns, c -> ScoreTable.percent(c.classification().missRate()));
      row(rows, "false alarms, ambience alone", columns, c -> alarms(c.ambienceAlone()));
      row(rows, "false alarms, harmless sound", columns, c -> alarms(c.harmlessSound()));
      row(
          rows,
          "calibration error",
          columns,
          c -> ScoreTable.number(c.overall().calibration().ece(), 3));
      row(
          rows,
          "direction, median°",
          columns,
          c -> ScoreTable.number(c.overall().localization().medianAngle(), 1));
      if (columns.stream().anyMatch(c -> c.unknown() != null)) {
        unknown(rows, columns);
      }
      for (String name : scores.classification().recall().keySet()) {
        row(rows, "recall: " + name, columns, c -> recall(c.classification(), name));
      }
    }
    return new OriginTable(origins, List.copyOf(rows));
  }

  private static void unknown(List<Row> rows, List<OriginScores> columns) {
    row(
        rows,
        "unknown against hazards, area",
        columns,
        unknown(u -> area(u.auc()), UnknownScores::unknown));
    row(
        rows,
        "… kinds not trained on",
        columns,
        unknown(u -> area(u.heldOutAuc()), UnknownScores::heldOut));
    row(
        rows,
        "unknown against ambience, area",
        columns,
        unknown(u -> area(u.ambienceAuc()), UnknownScores::ambience));
    row(
        rows,
        "said to be unknown: unknown sounds",
        columns,
        unknown(u -> ScoreTable.percent(u.unknownSaid()), UnknownScores::unknown));
    row(
        rows,
        "… hazards",
        columns,
        unknown(u -> ScoreTable.percent(u.knownSaid()), UnknownScores::known));
    row(
        rows,
        "… ambience alone",
        columns,
        unknown(u -> ScoreTable.percent(u.ambienceSaid()), UnknownScores::ambience));
  }

  private static Function<OriginScores, String> unknown(
      Function<UnknownScores, String> figure, ToIntFunction<UnknownScores> count) {
    return c ->
        c.unknown() == null
            ? ScoreTable.NOTHING
            : of(figure.apply(c.unknown()), count.applyAsInt(c.unknown()));
  }

  private static String area(double auc) {
    return ScoreTable.number(auc, 3);
  }

  private static void row(
      List<Row> rows,
      String label,
      List<OriginScores> columns,
      Function<OriginScores, String> figure) {
    rows.add(new Row(label, columns.stream().map(figure).toList()));
  }

  private static String alarms(OriginScores.Alarms a) {
    return of(ScoreTable.percent(a.falseAlarmRate()), a.count());
  }

  private static String recall(Classification c, String name) {
    double recall = c.recall().getOrDefault(name, Double.NaN);
    return of(ScoreTable.percent(recall), c.count(name));
  }

  /** A figure, and of how many: few are not worth much. */
  private static String of(String figure, int count) {
    boolean nothing = count == 0 || figure.equals(ScoreTable.NOTHING);
    return nothing ? ScoreTable.NOTHING : figure + " of " + count;
  }
}
