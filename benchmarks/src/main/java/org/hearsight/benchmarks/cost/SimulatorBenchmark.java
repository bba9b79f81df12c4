package org.hearsight.benchmarks.cost;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearsight.benchmarks.measure.Machine;
import org.hearsight.core.file.ScratchFolder;
import org.hearsight.core.progress.Progress;
import org.hearsight.datasets.scenario.Simulator;
import org.hearsight.datasets.scenario.SimulatorConfig;
import org.hearsight.simulator.acoustics.PathFinder;
import org.hearsight.simulator.render.Renderer;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Setting;

/**
 * Says where the simulator's time goes, and how it grows with reflections and occluders, as
 * Markdown; {@code benchmarks/simulator.sh} runs it.
 *
 * <p>Arguments: rounds, and scenarios a round. All numbers are medians of the rounds, after a round
 * that warms up.
 */
public final class SimulatorBenchmark {
  private static final int[] ORDERS = {0, 1, 2, 3};
  private static final int[] OCCLUDERS = {1, 2, 4, 8, 16, 32};
  private static final int OCCLUDERS_OF_ORDERS = 8;
  private static final List<Setting> SETTINGS = List.of(Setting.OUTDOOR, Setting.INDOOR);

  /** Drawings of each scene; a number is their mean. */
  private static final int DRAWINGS = 2;

  private static final int PICTURES = 4;
  private static final Pattern STAGE = Pattern.compile("(\\w+) ([0-9.]+) ms");

  /** What was measured, by what it is: one value a round. */
  private final Map<String, List<Double>> values = new LinkedHashMap<>();

  private final AcousticsCost acoustics =
      new AcousticsCost(CostScenes.way().seconds(), new SplittableRandom(1));
  private final int scenarios;

  private SimulatorBenchmark(int scenarios) {
    this.scenarios = scenarios;
  }

  public static void main(String[] args) throws IOException {
    int rounds = Integer.parseInt(args[0]);
    SimulatorBenchmark benchmark = new SimulatorBenchmark(Integer.parseInt(args[1]));
    int[] workers = {1, Runtime.getRuntime().availableProcessors()};
    for (int round = 0; round <= rounds; round++) {
      System.err.println(round == 0 ? "warming up" : "round " + round + " of " + rounds);
      if (round == 1) {
        benchmark.values.clear();
      }
      for (int w : workers) {
        benchmark.simulate(w);
      }
      for (Setting setting : SETTINGS) {
        for (int order : ORDERS) {
          benchmark.sound("order " + order, setting, OCCLUDERS_OF_ORDERS, order);
        }
        for (int n : OCCLUDERS) {
          benchmark.sound("boxes " + n, setting, n, PathFinder.ORDER);
          benchmark.picture("boxes " + n, setting, n);
        }
      }
    }
    benchmark.print(rounds, workers);
  }

  /** Makes a data set and throws it away. */
  private void simulate(int workers) throws IOException {
    String name = "workers " + workers + " ";
    Progress stages =
        new Progress() {
          @Override
          public Task begin(String task, long total) {
            return amount -> {};
          }

          @Override
          public void note(String line) {
            Matcher stage = STAGE.matcher(line);
            while (stage.find()) {
              add(name + stage.group(1), Double.parseDouble(stage.group(2)));
            }
          }
        };
    try (ScratchFolder folder = ScratchFolder.create()) {
      long cpu = processorTime();
      long start = System.nanoTime();
      SimulatorConfig config = SimulatorConfig.of(scenarios, 0, 0, 1).withWorkers(workers);
      Simulator.generate(config, folder.path(), stages);
      add(name + "clock", (System.nanoTime() - start) / 1e6 / scenarios);
      add(name + "processor", (processorTime() - cpu) / 1e6 / scenarios);
    }
  }

  private void sound(String row, Setting setting, int boxes, int order) {
    double[] sum = new double[4];
    for (int i = 0; i < DRAWINGS; i++) {
      Scene scene = CostScenes.of(setting, boxes, i);
      AcousticsCost.Cost cost = acoustics.of(scene, CostScenes.way(), order);
      sum[0] += cost.ways();
      sum[1] += cost.prepare();
      sum[2] += cost.find();
      sum[3] += cost.mix();
    }
    String name = setting.label() + " " + row + " ";
    add(name + "ways", sum[0] / DRAWINGS);
    add(name + "prepare", sum[1] / DRAWINGS);
    add(name + "find", sum[2] / DRAWINGS);
    add(name + "mix", sum[3] / DRAWINGS);
  }

  private void picture(String row, Setting setting, int boxes) {
    long nanos = 0;
    for (int i = 0; i < DRAWINGS * PICTURES; i++) {
      Scene scene = CostScenes.of(setting, boxes, i % DRAWINGS);
      long start = AcousticsCost.threadTime();
      Renderer.render(scene);
      nanos += AcousticsCost.threadTime() - start;
    }
    add(setting.label() + " " + row + " picture", nanos / 1e6 / (DRAWINGS * PICTURES));
  }

  private void print(int rounds, int[] workers) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%s, %d processors; %s %s; %s %s. Medians of %d rounds, milliseconds unless said"
            + " otherwise.%n",
        Machine.here().processor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.name"),
        Runtime.version(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        rounds);
    System.out.printf(
        Locale.ROOT,
        "%n## A scenario%n%n%d scenarios of 5 s as in `standard`, half of them indoors, procedural"
            + " sounds. The stages are by the clock, summed over the workers; processor time (user"
            + " and system) holds the JVM's own work, too.%n%n",
        scenarios);
    System.out.println(
        "| workers | scene | sound | picture | write | processor time | by the clock | a second |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (int w : workers) {
      String name = "workers " + w + " ";
      System.out.printf(
          Locale.ROOT,
          "| %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f |%n",
          w,
          median(name + "scene"),
          median(name + "sound"),
          median(name + "picture"),
          median(name + "write"),
          median(name + "processor"),
          median(name + "clock"),
          1000 / median(name + "clock"));
    }
    System.out.printf(
        Locale.ROOT,
        "%n## Sound over the order of reflections%n%nOne moving source, 5 s, 101 moments, behind %d"
            + " boxes of 2 × 2 × 2.4 m: in the open, and in a hall of 36 × 50 × 4 m. `prepare` is"
            + " what stands still (graph of edges, mirrors), `find` the ways at all moments, `mix`"
            + " the playing along them; processor time of the thread.%n%n",
        OCCLUDERS_OF_ORDERS);
    table("order", ORDERS, false);
    System.out.printf(
        Locale.ROOT,
        "%n## Sound and picture over the number of occluders%n%nThe same with other numbers of"
            + " boxes, %d reflections; `picture` is one rendering of 224 × 224.%n%n",
        PathFinder.ORDER);
    table("boxes", OCCLUDERS, true);
  }

  /** A row for each order or number of boxes, the columns once in the open and once in the hall. */
  private void table(String what, int[] rows, boolean pictures) {
    String columns = "ways | prepare | find | mix |" + (pictures ? " picture |" : "");
    System.out.println("| " + what + " | open: " + columns + " hall: " + columns);
    System.out.println("|---|" + "---|".repeat(pictures ? 10 : 8));
    for (int row : rows) {
      System.out.print("| " + row + " |");
      for (Setting setting : SETTINGS) {
        String name = setting.label() + " " + what + " " + row + " ";
        System.out.printf(
            Locale.ROOT,
            " %.1f | %.2f | %.1f | %.1f |",
            median(name + "ways"),
            median(name + "prepare"),
            median(name + "find"),
            median(name + "mix"));
        if (pictures) {
          System.out.printf(Locale.ROOT, " %.1f |", median(name + "picture"));
        }
      }
      System.out.println();
    }
  }

  private void add(String what, double value) {
    values.computeIfAbsent(what, k -> new ArrayList<>()).add(value);
  }

  private double median(String what) {
    double[] sorted = values.get(what).stream().mapToDouble(v -> v).sorted().toArray();
    return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
  }

  /** Nanoseconds this process has spent on processors. */
  private static long processorTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
