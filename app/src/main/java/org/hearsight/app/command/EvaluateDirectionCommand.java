package org.hearsight.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.Detectors;
import org.hearsight.app.console.FoaFormatOption;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.Swaps;
import org.hearsight.app.console.Threads;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.ClassNames;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.inference.seld.DirectionEvaluation;
import org.hearsight.inference.seld.SeldDetector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight evaluate direction}. */
@Command(
    name = "direction",
    mixinStandardHelpOptions = true,
    description =
        "Compares SELD networks with the classical intensity vector on clips with one standing"
            + " source.")
public final class EvaluateDirectionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;
  @Mixin private Threads threads;
  @Mixin private Swaps swaps;
  @Mixin private FoaFormatOption foaFormat;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder that simulate-measured or simulate-seld wrote, or STARSS23.")
  @Reads
  private Path data;

  @Option(
      names = "--seld",
      required = true,
      paramLabel = "NAME=DIR",
      description = "A network to judge and its folder, from pretrain or import seld; repeatable.")
  @Reads
  private Map<String, Path> networks = new LinkedHashMap<>();

  @Option(
      names = "--split",
      defaultValue = "test",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Split split;

  @Option(
      names = "--class-map",
      paramLabel = "FILE",
      description =
          "JSON object from the networks' class names to the data set's, for those that the data"
              + " set does not have; what has no name there is left out (default: STARSS23's to"
              + " those of simulated clips).")
  @Reads
  private Path map;

  @Override
  public Integer call() {
    Progress progress = ConsoleProgress.standard();
    SeldDataset dataset = SeldDataset.open(data, foaFormat.format());
    List<SeldDataset.Recording> recordings = dataset.required(split);
    Map<String, String> names =
        map == null ? ClassNames.starss23() : ClassNames.read(map, dataset.classes());
    List<DirectionEvaluation.Candidate> candidates = new ArrayList<>();
    try {
      networks.forEach(
          (name, folder) -> {
            SeldDetector detector =
                Detectors.open(folder, recordings, swaps.list(), threads.count(), progress);
            candidates.add(
                new DirectionEvaluation.Candidate(
                    name,
                    detector,
                    ClassNames.of(detector.card().classes(), dataset.classes(), names)));
          });
      if (map != null) {
        ClassNames.requireUsed(
            map,
            names,
            candidates.stream().flatMap(c -> c.detector().card().classes().stream()).toList());
      }
      DirectionEvaluation result = DirectionEvaluation.run(dataset, split, candidates, progress);
      if (json.wanted()) {
        JsonOutput.print(spec.commandLine().getOut(), result);
      } else {
        spec.commandLine().getOut().print(result.table());
        spec.commandLine().getOut().flush();
      }
    } finally {
      candidates.forEach(c -> c.detector().close());
    }
    return 0;
  }
}
