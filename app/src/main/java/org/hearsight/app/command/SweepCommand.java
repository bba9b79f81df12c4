package org.hearsight.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.ModelOption;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.Threads;
import org.hearsight.app.console.Writes;
import org.hearsight.app.evidence.Origins;
import org.hearsight.app.evidence.SweepPage;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.FolderLock;
import org.hearsight.core.file.Json;
import org.hearsight.core.provenance.Provenance;
import org.hearsight.datasets.audio.Mp3;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.sweep.Damage;
import org.hearsight.inference.sweep.Sweep;
import org.hearsight.inference.sweep.SweepResult;
import org.hearsight.report.page.SweepReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hearsight sweep}. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description = {
      "Damages sounds and views of a data set step by step and scores the model's answers:",
      "what breaks it, and does it notice? Finished steps are kept; the same command goes on."
    })
public final class SweepCommand implements Callable<Integer> {
  private static final Sweep.Codec CODEC =
      (channel, bitRate) -> Mp3.through(channel, Foa.SAMPLE_RATE, bitRate);

  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;
  @Mixin private Threads threads;
  @Mixin private ModelOption model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder that simulate wrote.")
  @Reads
  private Path data;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder for sweep.json, sweep.html and the finished steps.")
  @Writes(Writes.Kind.FOLDER)
  private Path to;

  @Option(
      names = "--split",
      defaultValue = "test",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Split split;

  @Option(
      names = "--scenes",
      defaultValue = "200",
      paramLabel = "N",
      description = "At most so many, the split's first ones (default: ${DEFAULT-VALUE}).")
  private int scenes;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Of the noise that is added (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--damage",
      paramLabel = "NAME",
      arity = "1..*",
      description = "Only these (default: all). An unknown name lists what there is.")
  private List<String> names = List.of();

  @Option(
      names = "--beside",
      paramLabel = "NAME=DIR",
      arity = "1..*",
      description = "Other data sets, answered as they are: unseen rooms, unseen recordings.")
  @Reads
  private Map<String, Path> beside = Map.of();

  @Override
  public Integer call() {
    if (scenes < 1) {
      throw new ParameterException(spec.commandLine(), "--scenes: give 1 or more");
    }
    List<Damage> damages = damages();
    ScenarioStore store = ScenarioStore.open(data);
    Map<String, ScenarioStore> others = new LinkedHashMap<>();
    beside.forEach((name, folder) -> others.put(name, ScenarioStore.open(folder)));
    SweepResult result = FolderLock.holding(to, "sweep", () -> run(damages, store, others));
    if (json.wanted()) {
      JsonOutput.print(spec.commandLine().getOut(), result);
    } else {
      print(result);
    }
    return 0;
  }

  private SweepResult run(
      List<Damage> damages, ScenarioStore store, Map<String, ScenarioStore> others) {
    SweepResult result;
    try (Hearsight hearsight = model.load(threads.count())) {
      Provenance provenance =
          Origins.of(
              spec, List.of(new Provenance.Model(model.name(), hearsight.sha256())), store, split);
      result =
          new Sweep(to.resolve("steps"), scenes, seed, CODEC)
              .run(
                  hearsight, store, split, damages, others, provenance, ConsoleProgress.standard());
    }
    AtomicFile.writeText(to.resolve("sweep.json"), Json.rows(result));
    SweepReport.write(to.resolve("sweep.html"), SweepPage.of(result));
    return result;
  }

  private void print(SweepResult result) {
    spec.commandLine().getOut().println(result.table());
    List<String> unnoticed = result.unnoticed();
    spec.commandLine()
        .getOut()
        .println(
            unnoticed.isEmpty() ? "The model notices every damage that harms it." : "Not noticed:");
    unnoticed.forEach(line -> spec.commandLine().getOut().println("  " + line));
    spec.commandLine().getOut().flush();
  }

  private List<Damage> damages() {
    Map<String, Damage> all = Sweep.damages(CODEC);
    List<Damage> chosen = new ArrayList<>();
    for (String name : names) {
      if (!all.containsKey(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "--damage: '" + name + "' is none of " + String.join(", ", all.keySet()));
      }
      chosen.add(all.get(name));
    }
    return names.isEmpty() ? List.copyOf(all.values()) : chosen;
  }
}
