package org.hearsight.app.console;

import java.nio.file.Path;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.datasets.scenario.SceneTables;
import org.hearsight.report.preview.ContactSheet;
import org.hearsight.report.preview.DistributionChart;
import org.hearsight.simulator.scene.Layout;

/** Pictures of a data set for people, beside it. */
public final class Previews {
  private static final double ROOM = 16;
  private static final double STREET = 32;

  private Previews() {}

  /** Writes {@code preview.png} of so many scenarios; nothing where none are asked for. */
  public static void scenarios(ScenarioStore store, int count, Path folder) {
    if (count > 0) {
      ContactSheet.write(
          store,
          ContactSheet.choose(store, count),
          s -> isIndoors(s) ? ROOM : STREET,
          folder.resolve("preview.png"));
    }
  }

  /** Writes {@code distribution.png}. */
  public static void distribution(ScenarioStore store, Path folder) {
    DistributionChart.write(
        store,
        SceneTables.of(store.scenarios(), store.taxonomy().classes()),
        folder.resolve("distribution.png"));
  }

  private static boolean isIndoors(Scenario s) {
    Layout layout = s.scene() == null ? null : Layout.of(s.scene().kind());
    return layout != null && layout.setting().indoors();
  }
}
