package org.hearsight.core.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.hearsight.core.text.TextTable;

/** Scores of several systems as an aligned table for a terminal. */
public final class ScoreTable {
  static final String NOTHING = "–";

  private ScoreTable() {}

  /** A system's name and scores. */
  public record Named(String name, ImaginationScores scores) {}

  /**
   * Classes over all scenarios, then places by visibility, where {@code median°} has the
   * bootstrap's 95 % interval beside it and {@code distance} is the median relative error; then how
   * well maps foresaw them, {@link PlaceScores}, where a system has one; how far it trusts what it
   * hears, by occlusion; then the first system by every {@link Criterion} that parts the scenarios,
   * and all of it by the origin of the sounds. Ends with a line break.
   *
   * @param systems what is measured first, then what it is compared with
   */
  public static String text(List<Named> systems) {
    StringBuilder out = new StringBuilder();
    out.append(classes(systems)).append('\n');
    out.append(places(systems));
    if (systems.stream().anyMatch(s -> s.scores().overall().places() != null)) {
      out.append('\n').append(maps(systems));
    }
    List<Named> weighing =
        systems.stream().filter(s -> !s.scores().reliability().isEmpty()).toList();
    if (!weighing.isEmpty()) {
      out.append('\n').append(weights(weighing));
    }
    Named first = systems.get(0);
    String parts = parts(first);
    if (!parts.isEmpty()) {
      out.append('\n').append(parts);
    }
    PartTable origin = PartTable.of(first.scores(), Criterion.ORIGIN);
    if (!origin.rows().isEmpty()) {
      out.append('\n').append(parts(first.name(), origin));
    }
    return out.toString();
  }

  private static String classes(List<Named> systems) {
    TextTable table =
        TextTable.ofNumbers(
            List.of(
                "system", "accuracy", "macro F1", "false alarms", "missed", "Brier", "calibration"),
            0);
    for (Named s : systems) {
      Classification c = s.scores().classification();
      Reliability k = s.scores().overall().calibration();
      table.row(
          s.name(),
          percent(c.accuracy()),
          number(c.macroF1(), 3),
          percent(c.falseAlarmRate()),
          percent(c.missRate()),
          number(k.brier(), 3),
          number(k.ece(), 3));
    }
    return table.aligned();
  }

  private static String places(List<Named> systems) {
    TextTable table =
        TextTable.ofNumbers(
            List.of(
                "system", "hazards", "n", "class", "median°", "95 %", "mean°", "≤ 20°", "distance"),
            0,
            1);
    return byVisibility(
        table,
        systems,
        slice -> {
          Localization l = slice.localization();
          return List.of(
              Integer.toString(slice.count()),
              percent(slice.accuracy()),
              number(l.medianAngle(), 1),
              interval(l),
              number(l.meanAngle(), 1),
              percent(l.within20()),
              percent(l.medianRelativeDistance()));
        });
  }

  private static String maps(List<Named> systems) {
    TextTable table =
        TextTable.ofNumbers(
            List.of("map", "hazards", "n", "neg. log-likelihood", "in 50 %", "in 80 %", "in 90 %"),
            0,
            1);
    return byVisibility(
        table,
        systems,
        slice -> {
          PlaceScores p = slice.places();
          return p == null
              ? List.of()
              : List.of(
                  Integer.toString(p.count()),
                  number(p.negativeLogLikelihood(), 3),
                  percent(p.coverage50()),
                  percent(p.coverage80()),
                  percent(p.coverage90()));
        });
  }

  /**
   * A row for each system and each group of its hazards.
   *
   * @param figures of a group; none where it has no row
   */
  private static String byVisibility(
      TextTable table,
      List<Named> systems,
      Function<ImaginationScores.Slice, List<String>> figures) {
    for (Named s : systems) {
      s.scores()
          .byVisibility()
          .forEach(
              (hazards, slice) -> {
                List<String> row = figures.apply(slice);
                if (!row.isEmpty()) {
                  List<String> cells = new ArrayList<>(List.of(s.name(), hazards));
                  cells.addAll(row);
                  table.row(cells);
                }
              });
    }
    return table.aligned();
  }

  /** Mean weights of what is heard, by fifths of the occlusion scale. */
  private static String weights(List<Named> systems) {
    TextTable table =
        TextTable.ofNumbers(List.of("weight of what is heard", "occlusion", "n", "mean"), 0, 1);
    for (Named s : systems) {
      for (ReliabilityBin bin : ReliabilityBin.fifths(s.scores().reliability())) {
        table.row(
            s.name(),
            String.format(Locale.ROOT, "%.0f–%.0f %%", 100 * bin.from(), 100 * bin.to()),
            Integer.toString(bin.count()),
            number(bin.audio(), 3));
      }
    }
    return table.aligned();
  }

  /** A row for each part; hidden ones stand among the places, and origins have their own table. */
  private static String parts(Named system) {
    TextTable table =
        TextTable.ofNumbers(
            List.of(
                system.name() + " by",
                "n",
                "class",
                "median°",
                "95 %",
                "≤ 20°",
                "distance",
                "calibration",
                "in 90 %"),
            0);
    boolean any = false;
    for (Criterion c : Criterion.values()) {
      Map<String, PartScores> parts = system.scores().parts(c);
      if (c != Criterion.HIDDEN && c != Criterion.ORIGIN && parts.size() > 1) {
        parts.forEach((name, s) -> table.row(part(c.label() + ": " + name, s.overall())));
        any = true;
      }
    }
    return any ? table.aligned() : "";
  }

  private static List<String> part(String name, ImaginationScores.Slice slice) {
    Localization l = slice.localization();
    return List.of(
        name,
        Integer.toString(slice.count()),
        percent(slice.accuracy()),
        number(l.medianAngle(), 1),
        interval(l),
        percent(l.within20()),
        percent(l.medianRelativeDistance()),
        number(slice.calibration().ece(), 3),
        slice.places() == null ? NOTHING : percent(slice.places().coverage90()));
  }

  private static String parts(String system, PartTable parts) {
    List<String> header = new ArrayList<>(List.of(system + ": " + parts.criterion().label()));
    header.addAll(parts.parts());
    TextTable table = TextTable.ofNumbers(header, 0);
    for (PartTable.Row row : parts.rows()) {
      List<String> cells = new ArrayList<>(List.of(row.label()));
      cells.addAll(row.figures());
      table.row(cells);
    }
    return table.aligned();
  }

  /** The 95 % interval of a median angle. */
  static String interval(Localization l) {
    return l.count() == 0
        ? NOTHING
        : number(l.medianAngleLow(), 1) + "–" + number(l.medianAngleHigh(), 1);
  }

  static String percent(double share) {
    return Double.isNaN(share) ? NOTHING : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  static String number(double value, int digits) {
    return Double.isNaN(value) ? NOTHING : String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
