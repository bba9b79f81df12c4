package org.hearsight.datasets.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.VisibilityBin;
import org.hearsight.core.metrics.Statistics;
import org.hearsight.core.text.CrossTable;

/**
 * What a data set is made of, as text: class and layout by visibility, class by motion, how sound
 * misleads, and what loudness alone would tell.
 */
public final class SceneSummary {
  /** From this error on the apparent direction counts as misleading, degrees. */
  private static final double MISLEADING = 15;

  private SceneSummary() {}

  /** Tables, then a few lines of distributions. */
  public static String of(ScenarioStore store) {
    List<Scenario> all = store.scenarios();
    StringBuilder text = new StringBuilder();
    for (CrossTable table : SceneTables.of(all, store.taxonomy().classes())) {
      // Recordings have no layouts and no known ways.
      if (table.most() > 0) {
        text.append(table.text()).append('\n');
      }
    }
    List<Scenario> hazards = all.stream().filter(s -> !s.isBackground()).toList();
    if (hazards.isEmpty()) {
      return text.toString();
    }
    for (VisibilityBin bin : VisibilityBin.values()) {
      apparent(text, bin, hazards.stream().filter(s -> s.visibilityBin() == bin).toList());
    }
    spread(
        text,
        "azimuth, degrees",
        hazards.stream().mapToDouble(s -> s.location().azimuth()).toArray());
    spread(
        text,
        "distance, metres",
        hazards.stream().mapToDouble(s -> s.location().distance()).toArray());
    spread(text, "occlusion level", all.stream().mapToDouble(Scenario::occlusionLevel).toArray());
    LevelGuess guess = LevelGuess.of(store);
    if (guess != null) {
      text.append(guess.text());
    }
    return text.toString();
  }

  private static void apparent(StringBuilder text, VisibilityBin bin, List<Scenario> of) {
    double[] errors =
        of.stream()
            .filter(s -> s.apparent() != null)
            .mapToDouble(s -> s.apparent().angleTo(s.location().direction()))
            .toArray();
    if (errors.length == 0) {
      return;
    }
    long misled = Arrays.stream(errors).filter(e -> e > MISLEADING).count();
    text.append(
        String.format(
            Locale.ROOT,
            "apparent direction, %s: off by more than %.0f° in %.0f %%, median %.1f°, 90 %% below"
                + " %.1f°\n",
            bin.label(),
            MISLEADING,
            100.0 * misled / errors.length,
            Statistics.median(errors),
            Statistics.quantiles(errors, 0.9)[0]));
  }

  private static void spread(StringBuilder text, String what, double[] values) {
    double[] q = Statistics.quantiles(values, 0.05, 0.25, 0.5, 0.75, 0.95);
    text.append(
        String.format(
            Locale.ROOT,
            "%s: 5 %% %.2f, 25 %% %.2f, 50 %% %.2f, 75 %% %.2f, 95 %% %.2f\n",
            what,
            q[0],
            q[1],
            q[2],
            q[3],
            q[4]));
  }
}
