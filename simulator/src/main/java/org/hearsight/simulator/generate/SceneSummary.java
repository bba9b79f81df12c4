package org.hearsight.simulator.generate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.VisibilityBin;

/** What a data set is made of, as text: class by visibility and setting, and how sound misleads. */
public final class SceneSummary {
  /** From this error on the apparent direction counts as misleading, degrees. */
  private static final double MISLEADING = 15;

  private SceneSummary() {}

  /** A table with one line a class, then a few lines of distributions. */
  public static String of(ScenarioStore store) {
    List<Scenario> all = store.scenarios();
    StringBuilder text = new StringBuilder();
    line(text, "class", "hidden", "partly", "visible", "outdoor", "indoor", "all");
    for (String name : store.taxonomy().classes()) {
      row(text, name, all.stream().filter(s -> s.className().equals(name)).toList());
    }
    row(text, "all", all);
    List<Scenario> hazards = all.stream().filter(s -> !s.isBackground()).toList();
    if (hazards.isEmpty()) {
      return text.toString();
    }
    text.append('\n');
    for (VisibilityBin bin : VisibilityBin.values()) {
      apparent(text, bin, hazards.stream().filter(s -> s.visibilityBin() == bin).toList());
    }
    spread(
        text,
        "azimuth, degrees",
        hazards.stream().mapToDouble(s -> s.location().azimuth()).sorted().toArray());
    spread(
        text,
        "distance, metres",
        hazards.stream().mapToDouble(s -> s.location().distance()).sorted().toArray());
    spread(
        text,
        "occlusion level",
        all.stream().mapToDouble(Scenario::occlusionLevel).sorted().toArray());
    return text.toString();
  }

  private static void row(StringBuilder text, String name, List<Scenario> of) {
    line(
        text,
        name,
        count(of, s -> !s.isBackground() && s.visibilityBin() == VisibilityBin.HIDDEN),
        count(of, s -> !s.isBackground() && s.visibilityBin() == VisibilityBin.PARTLY),
        count(of, s -> !s.isBackground() && s.visibilityBin() == VisibilityBin.VISIBLE),
        count(of, s -> s.scene() != null && s.scene().kind().startsWith("street")),
        count(of, s -> s.scene() != null && s.scene().kind().startsWith("indoor")),
        String.valueOf(of.size()));
  }

  private static String count(List<Scenario> of, Predicate<Scenario> what) {
    return String.valueOf(of.stream().filter(what).count());
  }

  private static void line(StringBuilder text, String name, String... cells) {
    text.append(String.format(Locale.ROOT, "%-12s", name));
    for (String cell : cells) {
      text.append(String.format(Locale.ROOT, "%9s", cell));
    }
    text.append('\n');
  }

  private static void apparent(StringBuilder text, VisibilityBin bin, List<Scenario> of) {
    double[] errors =
        of.stream()
            .filter(s -> s.apparent() != null)
            .mapToDouble(s -> s.apparent().angleTo(s.location().direction()))
            .sorted()
            .toArray();
    if (errors.length == 0) {
      return;
    }
    long misled = Arrays.stream(errors).filter(e -> e > MISLEADING).count();
    text.append(
        String.format(
            Locale.ROOT,
            "apparent direction, %s: off by more than %.0f° in %.0f %%, median %.1f°, 90 %% below %.1f°\n",
            bin.label(),
            MISLEADING,
            100.0 * misled / errors.length,
            quantile(errors, 0.5),
            quantile(errors, 0.9)));
  }

  private static void spread(StringBuilder text, String what, double[] sorted) {
    text.append(
        String.format(
            Locale.ROOT,
            "%s: 5 %% %.2f, 25 %% %.2f, 50 %% %.2f, 75 %% %.2f, 95 %% %.2f\n",
            what,
            quantile(sorted, 0.05),
            quantile(sorted, 0.25),
            quantile(sorted, 0.5),
            quantile(sorted, 0.75),
            quantile(sorted, 0.95)));
  }

  private static double quantile(double[] sorted, double q) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
  }
}
