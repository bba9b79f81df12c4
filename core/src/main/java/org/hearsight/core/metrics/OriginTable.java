package org.hearsight.core.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
      for (String name : scores.classification().recall().keySet()) {
        row(rows, "recall: " + name, columns, c -> recall(c.classification(), name));
      }
    }
    return new OriginTable(origins, List.copyOf(rows));
  }

  private static void row(
      List<Row> rows,
      String label,
      List<OriginScores> columns,
      Function<OriginScores, String> figure) {
    rows.add(new Row(label, columns.stream().map(figure).toList()));
  }

  private static String alarms(OriginScores.Alarms a) {
    return of(a.falseAlarmRate(), a.count());
  }

  private static String recall(Classification c, String name) {
    return of(c.recall().getOrDefault(name, Double.NaN), c.count(name));
  }

  /** A share, and of how many: few are not worth much. */
  private static String of(double share, int count) {
    return count == 0 ? ScoreTable.NOTHING : ScoreTable.percent(share) + " of " + count;
  }
}
