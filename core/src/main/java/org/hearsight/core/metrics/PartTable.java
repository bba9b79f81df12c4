package org.hearsight.core.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * One system's scores by a {@link Criterion}, the parts side by side with all that is known of
 * them: for the one question that asks for so much, how recorded sounds differ from generated ones.
 *
 * @param criterion what scenarios are parted by
 * @param parts names of those that scenarios belong to
 * @param rows label and a figure for each part
 */
public record PartTable(Criterion criterion, List<String> parts, List<Row> rows) {
  /** What is measured, and the figure for each part. */
  public record Row(String label, List<String> figures) {}

  public PartTable {
    parts = List.copyOf(parts);
    rows = List.copyOf(rows);
  }

  /**
   * A table; empty if no scenario belongs to a part. Of a single part, which is the whole, only
   * what is not said of the whole.
   */
  public static PartTable of(ImaginationScores scores, Criterion criterion) {
    Map<String, PartScores> parts = scores.parts(criterion);
    List<PartScores> columns = List.copyOf(parts.values());
    List<Row> rows = new ArrayList<>();
    boolean compares = columns.size() > 1;
    if (compares) {
      row(rows, "scenarios", columns, c -> Integer.toString(c.overall().count()));
      classes(rows, columns);
    }
    alarms(rows, columns);
    if (compares) {
      places(rows, columns);
    }
    if (columns.stream().anyMatch(c -> c.unknown() != null)) {
      unknown(rows, columns);
    }
    if (compares) {
      recalls(rows, columns, scores.classification().recall().keySet());
    }
    return new PartTable(criterion, List.copyOf(parts.keySet()), rows);
  }

  private static void classes(List<Row> rows, List<PartScores> columns) {
    row(rows, "accuracy", columns, c -> ScoreTable.percent(c.overall().accuracy()));
    row(rows, "macro F1", columns, c -> ScoreTable.number(c.overall().macroF1(), 3));
    row(rows, "hazards missed", columns, c -> ScoreTable.percent(c.classification().missRate()));
    row(
        rows,
        "calibration error",
        columns,
        c -> ScoreTable.number(c.overall().calibration().ece(), 3));
  }

  private static void recalls(List<Row> rows, List<PartScores> columns, Set<String> names) {
    for (String name : names) {
      if (columns.stream().anyMatch(c -> c.classification().recall().containsKey(name))) {
        row(rows, "recall: " + name, columns, c -> recall(c.classification(), name));
      }
    }
  }

  private static void alarms(List<Row> rows, List<PartScores> columns) {
    if (columns.stream().anyMatch(c -> c.ambienceAlone().count() + c.harmlessSound().count() > 0)) {
      row(rows, "false alarms, ambience alone", columns, c -> alarms(c.ambienceAlone()));
      row(rows, "false alarms, harmless sound", columns, c -> alarms(c.harmlessSound()));
    }
  }

  private static void places(List<Row> rows, List<PartScores> columns) {
    place(rows, "direction, median°", columns, l -> ScoreTable.number(l.medianAngle(), 1));
    place(rows, "… its 95 % interval", columns, ScoreTable::interval);
    place(rows, "… ≤ 20°", columns, l -> ScoreTable.percent(l.within20()));
    place(
        rows,
        "distance, median error",
        columns,
        l -> ScoreTable.percent(l.medianRelativeDistance()));
    if (columns.stream().anyMatch(c -> c.overall().places() != null)) {
      map(rows, "map, neg. log-likelihood", columns, PlaceScores::negativeLogLikelihood, false);
      map(rows, "… in 50 %", columns, PlaceScores::coverage50, true);
      map(rows, "… in 80 %", columns, PlaceScores::coverage80, true);
      map(rows, "… in 90 %", columns, PlaceScores::coverage90, true);
    }
  }

  private static void place(
      List<Row> rows,
      String label,
      List<PartScores> columns,
      Function<Localization, String> figure) {
    row(rows, label, columns, c -> figure.apply(c.overall().localization()));
  }

  private static void map(
      List<Row> rows,
      String label,
      List<PartScores> columns,
      ToDoubleFunction<PlaceScores> score,
      boolean share) {
    row(
        rows,
        label,
        columns,
        c -> {
          PlaceScores p = c.overall().places();
          double value = p == null ? Double.NaN : score.applyAsDouble(p);
          return share ? ScoreTable.percent(value) : ScoreTable.number(value, 3);
        });
  }

  private static void unknown(List<Row> rows, List<PartScores> columns) {
    row(
        rows,
        "unknown against hazards, area",
        columns,
        unknown(u -> area(u.auc()), UnknownScores::unknown));
    row(
        rows,
        "… kinds the training split lacks",
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

  private static Function<PartScores, String> unknown(
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
      List<Row> rows, String label, List<PartScores> columns, Function<PartScores, String> figure) {
    rows.add(new Row(label, columns.stream().map(figure).toList()));
  }

  private static String alarms(PartScores.Alarms a) {
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
