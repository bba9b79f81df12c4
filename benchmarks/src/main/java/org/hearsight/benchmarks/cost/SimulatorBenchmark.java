package org.hearsight.benchmarks.cost;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.hearsight.core.file.ScratchFolder;
import org.hearsight.core.metrics.Statistics;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.progress.Stop;
import org.hearsight.core.provenance.Machine;
import org.hearsight.core.text.TextTable;
import org.hearsight.datasets.scenario.Simulator;
import org.hearsight.datasets.scenario.SimulatorConfig;
import org.hearsight.simulator.acoustics.PathFinder;
import org.hearsight.simulator.render.Renderer;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Setting;

/**
 * Says where the simulator's time goes, and how it grows with reflections and occluders. All
 * numbers are medians of the rounds, after a round that warms up.
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

  /**
   * Measures.
   *
   * @param rounds that count, at least 1
   * @param scenarios made in each
   * @return Markdown
   */
  public static String markdown(int rounds, int scenarios, Progress progress) {
    SimulatorBenchmark benchmark = new SimulatorBenchmark(scenarios);
    int[] workers =
        IntStream.of(1, Runtime.getRuntime().availableProcessors()).distinct().toArray();
    for (int round = 0; round <= rounds; round++) {
      progress.note(round == 0 ? "warming up" : "round " + round + " of " + rounds);
      if (round == 1) {
        benchmark.values.clear();
      }
      for (int w : workers) {
        benchmark.simulate(w);
      }
      for (Setting setting : SETTINGS) {
        for (int order : ORDERS) {
          Stop.check();
          benchmark.sound("order " + order, setting, OCCLUDERS_OF_ORDERS, order);
        }
        for (int n : OCCLUDERS) {
          Stop.check();
          benchmark.sound("boxes " + n, setting, n, PathFinder.ORDER);
          benchmark.picture("boxes " + n, setting, n);
        }
      }
    }
    return benchmark.page(rounds, workers);
  }

  /** Makes a data set and throws it away. */
  private void simulate(int workers) {
    String name = "workers " + workers + " ";
    Progress stages =
        Progress.notes(
            line -> {
              Matcher stage = STAGE.matcher(line);
              while (stage.find()) {
                add(name + stage.group(1), Double.parseDouble(stage.group(2)));
              }
            });
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

  private String page(int rounds, int[] workers) {
    StringBuilder page = new StringBuilder(Machine.here().text());
    page.append(". Medians of ").append(rounds);
    page.append(" rounds, milliseconds unless said otherwise.\n\n## A scenario\n\n");
    page.append(scenarios).append(" scenarios of 5 s as in `standard`, half of them indoors,");
    page.append(" procedural sounds. The stages are by the clock, summed over the workers;");
    page.append(" processor time (user and system) holds the JVM's own work, too.\n\n");
    page.append(scenario(workers).markdown());
    page.append("\n## Sound over the order of reflections\n\nOne moving source, 5 s, 101 moments,");
    page.append(" behind ").append(OCCLUDERS_OF_ORDERS);
    page.append(" boxes of 2 × 2 × 2.4 m: in the open, and in a hall of 36 × 50 × 4 m. `prepare`");
    page.append(" is what stands still (graph of edges, mirrors), `find` the ways at all moments,");
    page.append(" `mix` the playing along them; processor time of the thread.\n\n");
    page.append(growth("order", ORDERS, false).markdown());
    page.append(
        "\n## Sound and picture over the number of occluders\n\nThe same with other numbers");
    page.append(" of boxes, ").append(PathFinder.ORDER);
    page.append(" reflections; `picture` is one rendering of 224 × 224.\n\n");
    page.append(growth("boxes", OCCLUDERS, true).markdown());
    return page.toString();
  }

  private TextTable scenario(int[] workers) {
    List<String> stages = List.of("scene", "sound", "picture", "write");
    List<String> header = new ArrayList<>(List.of("workers"));
    header.addAll(stages);
    header.addAll(List.of("processor time", "by the clock", "a second"));
    TextTable table = TextTable.ofWords(header);
    for (int w : workers) {
      String name = "workers " + w + " ";
      List<String> cells = new ArrayList<>(List.of(Integer.toString(w)));
      stages.forEach(stage -> cells.add(median(name + stage, 1)));
      cells.add(median(name + "processor", 1));
      cells.add(median(name + "clock", 1));
      cells.add(fixed(1000 / median(name + "clock"), 1));
      table.row(cells);
    }
    return table;
  }

  /** A row for each order or number of boxes, the columns once in the open and once in the hall. */
  private TextTable growth(String what, int[] rows, boolean pictures) {
    List<String> columns = new ArrayList<>(List.of("ways", "prepare", "find", "mix"));
    if (pictures) {
      columns.add("picture");
    }
    List<String> header = new ArrayList<>(List.of(what));
    for (String where : List.of("open: ", "hall: ")) {
      header.add(where + columns.get(0));
      header.addAll(columns.subList(1, columns.size()));
    }
    TextTable table = TextTable.ofWords(header);
    for (int row : rows) {
      List<String> cells = new ArrayList<>(List.of(Integer.toString(row)));
      for (Setting setting : SETTINGS) {
        String name = setting.label() + " " + what + " " + row + " ";
        columns.forEach(c -> cells.add(median(name + c, c.equals("prepare") ? 2 : 1)));
      }
      table.row(cells);
    }
    return table;
  }

  private void add(String what, double value) {
    values.computeIfAbsent(what, k -> new ArrayList<>()).add(value);
  }

  private String median(String what, int digits) {
    return fixed(median(what), digits);
  }

  private double median(String what) {
    return Statistics.median(values.get(what).stream().mapToDouble(v -> v).toArray());
  }

  private static String fixed(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** Nanoseconds this process has spent on processors. */
  private static long processorTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
