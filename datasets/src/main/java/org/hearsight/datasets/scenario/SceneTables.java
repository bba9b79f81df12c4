package org.hearsight.datasets.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.hearsight.core.dataset.Motion;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.VisibilityBin;
import org.hearsight.core.text.CrossTable;
import org.hearsight.simulator.scene.Layout;
import org.hearsight.simulator.scene.Setting;

/** The tables a data set is described by: class and layout by visibility, class by motion. */
public final class SceneTables {
  private SceneTables() {}

  /** Counts scenarios by two properties; those for which either is not listed are left out. */
  private static CrossTable of(
      String title,
      List<Scenario> scenarios,
      List<String> rows,
      Function<Scenario, String> row,
      List<String> columns,
      Function<Scenario, String> column) {
    int[][] counts = new int[rows.size()][columns.size()];
    for (Scenario s : scenarios) {
      int r = rows.indexOf(row.apply(s));
      int c = columns.indexOf(column.apply(s));
      if (r >= 0 && c >= 0) {
        counts[r][c]++;
      }
    }
    return new CrossTable(title, rows, columns, counts);
  }

  /** All three, in this order. */
  public static List<CrossTable> of(List<Scenario> scenarios, List<String> classes) {
    List<String> bins = Arrays.stream(VisibilityBin.values()).map(VisibilityBin::label).toList();
    List<String> covers = new ArrayList<>(bins);
    covers.add("none");
    List<String> layouts = Layout.in(Setting.BOTH).stream().map(Layout::kind).toList();
    List<String> motions = Arrays.stream(Motion.values()).map(Motion::label).toList();
    return List.of(
        of("class", scenarios, classes, Scenario::className, covers, SceneTables::cover),
        of("layout", scenarios, layouts, SceneTables::layout, covers, SceneTables::cover),
        of("class", scenarios, classes, Scenario::className, motions, SceneTables::motion));
  }

  private static String cover(Scenario s) {
    return s.isBackground() ? "none" : s.visibilityBin().label();
  }

  private static String layout(Scenario s) {
    return s.scene() == null ? "" : s.scene().kind();
  }

  /** Empty for background and for recordings, whose way is not known. */
  private static String motion(Scenario s) {
    return s.motion() == null ? "" : s.motion().label();
  }
}
