package org.hearsight.app.command;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.Detectors;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.ModelOption;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.Threads;
import org.hearsight.app.console.Writes;
import org.hearsight.app.evidence.ComparedModels;
import org.hearsight.app.evidence.EvidencePage;
import org.hearsight.app.evidence.Origins;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.Json;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.metrics.Comparison;
import org.hearsight.core.provenance.Provenance;
import org.hearsight.inference.evaluate.Evaluation;
import org.hearsight.inference.evaluate.Foreign;
import org.hearsight.inference.seld.SeldDetector;
import org.hearsight.report.page.EvidenceReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hearsight evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    subcommands = {EvaluateSeldCommand.class, EvaluateDirectionCommand.class},
    description =
        "Scores a model on a data set by visibility, beside the baselines on the same clips.")
public final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;
  @Mixin private Threads threads;
  @Mixin private ModelOption model;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder that simulate wrote (required).")
  @Reads
  private Path data;

  @Option(
      names = "--split",
      defaultValue = "test",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Split split;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "Write the scores as JSON to this file as well.")
  @Writes(Writes.Kind.FILE)
  private Path to;

  @Option(
      names = "--answers",
      paramLabel = "FILE",
      description = "Write every answer of every system as CSV to this file.")
  @Writes(Writes.Kind.FILE)
  private Path answers;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write it all as one self-contained HTML page: scores with intervals, charts, and the"
              + " worst and median cases to look at and to listen to.")
  @Writes(Writes.Kind.FILE)
  private Path report;

  @Option(
      names = "--compare",
      paramLabel = "DIR",
      arity = "1..*",
      description = {
        "Other models' folders, or 'default': each is held against the model scene by scene.",
        "Without --model, the first of several is the one that others are held against."
      })
  @Reads
  private List<Path> compare = List.of();

  @Option(
      names = "--differences",
      paramLabel = "FILE",
      description = "Write what --compare came to as JSON to this file.")
  @Writes(Writes.Kind.FILE)
  private Path differences;

  @Option(
      names = "--seld",
      paramLabel = "NAME=DIR",
      description = {
        "A SELD network and its folder, from import seld or pretrain: the directions it hears are",
        "scored beside; repeatable."
      })
  @Reads
  private Map<String, Path> networks = new LinkedHashMap<>();

  @Option(
      names = "--pictures-of-another",
      description =
          "Score the model also with another scene's picture, depth and occlusion: does it look?")
  private boolean picturesOfAnother;

  @Option(
      names = "--sounds-of-another",
      description = "Score the model also with another scene's sound: does it listen?")
  private boolean soundsOfAnother;

  @Override
  public Integer call() {
    // Not required by the parser, which would ask for them before a subcommand as well.
    if (data == null) {
      throw new ParameterException(spec.commandLine(), "Missing required option: '--data=DIR'");
    }
    if (differences != null && compare.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--differences: give --compare, too");
    }
    ScenarioStore store = ScenarioStore.open(data);
    ComparedModels models = ComparedModels.of(model, compare);
    List<Provenance.Model> judged = new ArrayList<>();
    Evaluation evaluation =
        models.evaluate(
            store, split, foreign(), threads.count(), judged, ConsoleProgress.standard());
    for (Map.Entry<String, Path> peer : networks.entrySet()) {
      evaluation = heardBy(evaluation, peer.getKey(), peer.getValue(), store, judged);
    }
    Comparison comparison = compare.isEmpty() ? null : models.compare(evaluation, store);
    print(evaluation, comparison);
    // After the scores are printed: a full disk must not take them away.
    if (to != null) {
      evaluation.write(to);
    }
    if (answers != null) {
      evaluation.writeAnswers(answers);
    }
    Provenance provenance = Origins.of(spec, judged, store, split);
    if (comparison != null && differences != null) {
      AtomicFile.writeText(
          differences,
          Json.rows(new Differences(provenance, comparison.first(), comparison.pairs())));
    }
    if (report != null) {
      EvidenceReport.write(
          report, EvidencePage.of(evaluation, store, split, comparison, provenance));
    }
    return 0;
  }

  private Evaluation heardBy(
      Evaluation evaluation,
      String name,
      Path folder,
      ScenarioStore store,
      List<Provenance.Model> judged) {
    ConsoleProgress progress = ConsoleProgress.standard();
    try (SeldDetector network = Detectors.open(folder, store, split, threads.count(), progress)) {
      judged.add(new Provenance.Model(name, Sha256.of(EncoderFolder.openAudio(folder).weights())));
      return evaluation.heardBy(name, network, store, split, progress);
    }
  }

  /** What {@code --differences} holds. */
  @JsonPropertyOrder({"provenance", "first", "pairs"})
  record Differences(Provenance provenance, String first, List<Comparison.Pair> pairs) {}

  private void print(Evaluation evaluation, Comparison comparison) {
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      JsonOutput.print(out, evaluation.scores());
    } else {
      out.println(evaluation.table());
      if (comparison != null) {
        out.println(comparison.text());
      }
      out.flush();
    }
  }

  private Set<Foreign> foreign() {
    Set<Foreign> foreign = EnumSet.noneOf(Foreign.class);
    if (picturesOfAnother) {
      foreign.add(Foreign.PICTURE);
    }
    if (soundsOfAnother) {
      foreign.add(Foreign.SOUND);
    }
    return foreign;
  }
}
