package org.hearsight.app.validation;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.VisibilityBin;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.progress.Progress;
import org.hearsight.datasets.scenario.Simulator;
import org.hearsight.datasets.scenario.SimulatorConfig;
import org.hearsight.report.chart.Axis;
import org.hearsight.report.chart.Chart;
import org.hearsight.report.chart.Series;
import org.hearsight.simulator.acoustics.PathFinder;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Layout;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Setting;

/** What a small data set shows, and what finding paths costs. */
final class ScenarioChecks {
  private static final int SCENARIOS = 200;
  private static final double MISLEADING = 15;
  private static final int PLACES = 60;

  private ScenarioChecks() {}

  /**
   * How far the apparent direction lies from the true one, by visibility.
   *
   * @param split takes the time each stage of a scenario takes, one line
   */
  static Chart apparent(Path folder, Progress progress, Numbers numbers, StringBuilder split) {
    Progress noted =
        new Progress() {
          @Override
          public Task begin(String name, long total) {
            return progress.begin(name, total);
          }

          @Override
          public void note(String line) {
            split.append(line).append('\n');
          }
        };
    long before = processorTime();
    ScenarioStore store =
        Simulator.generate(SimulatorConfig.of(SCENARIOS, 0, 0, 11).withWorkers(1), folder, noted);
    double milliseconds = (processorTime() - before) / 1e6 / SCENARIOS;
    split.append(
        String.format(
            Locale.ROOT,
            "%nProcessor time, all in, the JVM's own included: %.0f ms a scenario, so %.0f a second"
                + " on two free cores.%n",
            milliseconds,
            2000 / milliseconds));
    Axis x =
        new Axis("apparent against true direction, degrees (last: 90 and more)", 0, 105, 15, "");
    Axis y = new Axis("share of scenarios, %", 0, 100, 20, "");
    Chart plot =
        new Chart(
            "Where the strongest sound comes from, by visibility",
            "Share of scenarios by the angle between apparent and true direction.",
            x,
            y);
    double[] from = {0, 15, 30, 45, 60, 75, 90};
    int colour = 1;
    for (VisibilityBin bin : VisibilityBin.values()) {
      List<Double> errors = new ArrayList<>();
      for (Scenario s : store.scenarios()) {
        if (s.apparent() != null && s.visibilityBin() == bin) {
          errors.add(s.apparent().angleTo(s.location().direction()));
        }
      }
      double[] shares = new double[from.length];
      for (double e : errors) {
        shares[(int) Math.min(from.length - 1, e / 15)] += 100.0 / errors.size();
      }
      plot =
          plot.with(
              Series.bars(
                  bin.label(),
                  colour,
                  shifted(from, (colour - 1) * 15.0 / VisibilityBin.values().length),
                  15 * 0.8 / VisibilityBin.values().length,
                  shares));
      colour++;
      if (bin == VisibilityBin.HIDDEN) {
        double misled = 100.0 * errors.stream().filter(e -> e > MISLEADING).count() / errors.size();
        numbers.check("hidden hazards heard within 15° of where they are", 100 - misled, 50, "%");
      }
    }
    return plot;
  }

  private static double[] shifted(double[] values, double by) {
    return Arrays.stream(values).map(v -> v + by).toArray();
  }

  /** Milliseconds per source position over the order of reflections. */
  static Chart order() {
    double[] orders = {1, 2, 3};
    Chart plot =
        new Chart(
            "Cost of finding paths over reflection order",
            "Milliseconds grow with the order of reflections.",
            new Axis("reflections on a way at most", 0.8, 3.2, 1, ""),
            Axis.logarithmic("ms per source position", 0.001, 10, 0.001, 0.01, 0.1, 1, 10));
    int colour = 1;
    for (Setting setting : new Setting[] {Setting.OUTDOOR, Setting.INDOOR}) {
      double[] cost = new double[orders.length];
      for (int i = 0; i < orders.length; i++) {
        SplittableRandom random = new SplittableRandom(3);
        List<Scene> scenes = new ArrayList<>();
        for (int k = 0; k < 8; k++) {
          List<Layout> layouts = Layout.in(setting);
          scenes.add(layouts.get(k % layouts.size()).draw(new Draw(random), false));
        }
        cost(scenes, (int) orders[i]); // warms up
        cost[i] = cost(scenes, (int) orders[i]);
      }
      plot =
          plot.with(Series.line(setting.label(), colour, orders, cost))
              .with(Series.rings(null, colour, orders, cost));
      colour++;
    }
    return plot;
  }

  /** Milliseconds per source position over the number of boxes. */
  static Chart occluders() {
    double[] counts = {5, 10, 20, 40, 80};
    double[] cost = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      List<Scene> scenes = new ArrayList<>();
      SplittableRandom random = new SplittableRandom(5);
      for (int k = 0; k < 8; k++) {
        List<Box> boxes = new ArrayList<>();
        while (boxes.size() < counts[i]) {
          double x = random.nextDouble(-40, 40);
          double y = random.nextDouble(-40, 40);
          Box box = Box.of(x, x + 4, y, y + 3, -1000, 8);
          boolean free = !box.widened(1).contains(Vec3.ZERO);
          if (free && boxes.stream().noneMatch(b -> b.overlaps(box))) {
            boxes.add(box);
          }
        }
        scenes.add(PathChecks.with(boxes));
      }
      cost(scenes, PathFinder.ORDER); // warms up
      cost[i] = cost(scenes, PathFinder.ORDER);
    }
    return new Chart(
            "Cost of finding paths over the number of occluders",
            "Milliseconds grow with the number of boxes.",
            Axis.logarithmic("occluders", 4, 100, counts),
            Axis.logarithmic("ms per source position", 0.001, 10, 0.001, 0.01, 0.1, 1, 10))
        .with(Series.line("order 2", 1, counts, cost))
        .with(Series.rings(null, 1, counts, cost));
  }

  /** Nanoseconds this process has spent on processors. */
  private static long processorTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static double cost(List<Scene> scenes, int order) {
    SplittableRandom random = new SplittableRandom(7);
    long nanos = 0;
    for (Scene scene : scenes) {
      PathFinder finder = new PathFinder(scene, Vec3.ZERO, 0, order);
      for (int i = 0; i < PLACES; i++) {
        Vec3 place = new Vec3(random.nextDouble(-25, 25), random.nextDouble(-25, 25), 0);
        if (scene.solids().stream().anyMatch(s -> s.box().contains(place))) {
          continue;
        }
        long start = System.nanoTime();
        finder.find(place);
        nanos += System.nanoTime() - start;
      }
    }
    return nanos / 1e6 / (scenes.size() * PLACES);
  }

  /** The stage times as a Markdown sentence. */
  static String split(StringBuilder notes) {
    return String.format(
        Locale.ROOT, "One worker, %d scenarios of 5 s, by the clock: %s", SCENARIOS, notes);
  }
}
