package org.hearsight.app.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearsight.app.Version;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.EncoderChoice;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.StopNotice;
import org.hearsight.app.console.Threads;
import org.hearsight.app.console.Writes;
import org.hearsight.benchmarks.measure.Measurement;
import org.hearsight.benchmarks.measure.Outcome;
import org.hearsight.benchmarks.measure.Peer;
import org.hearsight.benchmarks.measure.ResultTable;
import org.hearsight.benchmarks.measure.Row;
import org.hearsight.benchmarks.row.PerformancePage;
import org.hearsight.benchmarks.row.Rows;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.provenance.Machine;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.engine.TorchEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code hearsight benchmark}. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    description =
        "Times the work that matters beside the same in eager PyTorch and NumPy, in turn, and says"
            + " whether it is as fast as asked.",
    subcommands = {
      BenchmarkSimulatorCommand.class,
      BenchmarkListenCommand.class,
      BenchmarkTransferCommand.class,
      BenchmarkResultsCommand.class
    })
public final class BenchmarkCommand implements Callable<Integer> {
  private static final String TWO_STAGES = "two-stages";

  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;
  @Mixin private Threads threads;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "ROW",
      description =
          "Only these rows: seld-inference, seld-inference-libtorch, seld-step, pictures,"
              + " foa-features, foa-features-one-thread, two-stages-seed, two-stages, imagine-cold,"
              + " imagine-warm, listen-hop (default: all).")
  private List<String> only;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      paramLabel = "N",
      description = "Rounds of several repeats (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--python",
      defaultValue = "python3",
      paramLabel = "PYTHON",
      description =
          "The Python with torch, torchvision and numpy; without one only ours is measured"
              + " (default: ${DEFAULT-VALUE}).")
  private String python;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder that simulate --preset standard wrote; the rows of whole trainings need it.")
  @Reads
  private Path data;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Folder that train wrote, to imagine with (default: a quickly made one).")
  @Reads
  private Path model;

  @Option(names = "--to", paramLabel = "FILE", description = "A Markdown page to write.")
  @Writes(Writes.Kind.FILE)
  private Path to;

  /** One row in JSON; times in milliseconds. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record RowResult(
      String name,
      String work,
      @JsonProperty("ours_ms") double ours,
      @JsonProperty("peer_ms") Double peer,
      Double ratio,
      @JsonProperty("ratio_of_rounds") double[] ratios,
      String asked,
      Boolean met,
      @JsonProperty("besides_ms") Map<String, Double> besides,
      List<String> remarks) {
    static RowResult of(Outcome o) {
      return new RowResult(
          o.row().name(),
          o.row().what(),
          o.rounds().ourMedian(),
          o.rounds().peerMedian().isPresent() ? o.rounds().peerMedian().getAsDouble() : null,
          o.rounds().ratio().isPresent() ? o.rounds().ratio().getAsDouble() : null,
          o.rounds().ratios(),
          o.row().goal().text(),
          o.met().orElse(null),
          o.besides(),
          o.remarks());
    }
  }

  private record Document(
      Machine machine, String versions, int threads, int rounds, List<RowResult> rows) {}

  @Override
  public Integer call() {
    if (rounds < 1) {
      throw wrong("--rounds: " + rounds + " is less than 1");
    }
    Path home = home();
    // Rows need them only after others were measured for long.
    if (data != null) {
      ScenarioStore.open(data);
    }
    if (model != null) {
      ModelBundle.open(model).requireWhole();
    }
    ConsoleProgress progress = ConsoleProgress.standard();
    return StopNotice.during(
        "nothing was kept",
        () -> {
          // Within, so that what was made for the rows is deleted when a person stops it.
          try (Rows rows = new Rows(home, seld(), data, model, threads.count(), progress)) {
            return measure(chosen(rows.all()), home, progress);
          }
        });
  }

  private static Path seld() {
    return EncoderChoice.standard().require(EncoderCard.SELDNET, null);
  }

  /** The checkout, which the launcher names. */
  static Path home() {
    String home = System.getProperty("hearsight.home");
    if (home == null) {
      throw InputException.environment(
          "benchmark", "the checkout is unknown", "run it by the launcher, ./hearsight benchmark");
    }
    return Path.of(home);
  }

  private List<Row> chosen(List<Row> all) {
    if (only == null) {
      return all;
    }
    List<String> names = all.stream().map(Row::name).toList();
    for (String name : only) {
      if (!names.contains(name)) {
        throw wrong(
            name.startsWith(TWO_STAGES) && data == null
                ? "--only: " + name + " needs --data"
                : "--only: '" + name + "' is not a row; choose of " + String.join(", ", names));
      }
    }
    return all.stream().filter(r -> only.contains(r.name())).toList();
  }

  private ParameterException wrong(String text) {
    return new ParameterException(spec.commandLine(), text);
  }

  private int measure(List<Row> chosen, Path home, Progress progress) {
    Measurement.Results results;
    String peerVersions = "no peer";
    Peer peer = peer(home, progress);
    try {
      results = new Measurement(peer, rounds).all(chosen, progress);
      peerVersions = peer == null ? peerVersions : "peer: " + peer.versions();
    } finally {
      if (peer != null) {
        peer.close();
      }
    }
    String versions =
        "Ours: PyTorch %s through DJL, ONNX Runtime %s; %s"
            .formatted(
                TorchEngine.start(threads.count()).version(),
                OnnxNetwork.runtimeVersion(),
                peerVersions);
    tell(results.outcomes(), versions);
    if (!results.failed().isEmpty()) {
      throw InputException.environment(
          "benchmark",
          "not measured: " + String.join(", ", results.failed()),
          "see the notes above, and repeat them with --only");
    }
    return 0;
  }

  /** Null where there is no fitting Python, which is said in one line. */
  private Peer peer(Path home, Progress progress) {
    try {
      return Peer.start(Peer.pythonCommand(python, home, threads.count()));
    } catch (InputException e) {
      progress.note("no peer, so only ours is measured: " + e.getMessage());
      return null;
    }
  }

  private void tell(List<Outcome> outcomes, String versions) {
    Machine machine = Machine.here();
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      List<RowResult> results = outcomes.stream().map(RowResult::of).toList();
      JsonOutput.print(out, new Document(machine, versions, threads.count(), rounds, results));
    } else {
      out.println(machine.text());
      out.printf("%s; threads: %d, rounds: %d%n%n", versions, threads.count(), rounds);
      out.print(ResultTable.of(outcomes).aligned());
      ResultTable.remarks(outcomes).forEach(out::println);
      out.flush();
    }
    if (to != null) {
      String page =
          new PerformancePage(
                  commandLine(spec),
                  Version.text(),
                  machine,
                  versions,
                  threads.count(),
                  rounds,
                  outcomes)
              .markdown();
      AtomicFile.writeText(to, page);
    }
  }

  /** The words that were typed. */
  static String commandLine(CommandSpec spec) {
    ParseResult parsed = spec.root().commandLine().getParseResult();
    return "./hearsight " + String.join(" ", parsed.originalArgs());
  }
}
