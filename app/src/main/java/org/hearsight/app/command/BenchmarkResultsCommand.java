package org.hearsight.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.Writes;
import org.hearsight.benchmarks.results.ResultsPage;
import org.hearsight.core.file.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hearsight benchmark results DIR}. */
@Command(
    name = "results",
    mixinStandardHelpOptions = true,
    description = "What ablate, evaluate and benchmarks/transfer.sh came to, as docs/results.md.")
public final class BenchmarkResultsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      description = "Folder of ablation.json, peers.json and published.json: docs/results.")
  @Reads
  private Path results;

  @Option(
      names = "--transfer",
      required = true,
      paramLabel = "DIR",
      description = "Folder that benchmarks/transfer.sh wrote.")
  @Reads
  private Path transfer;

  @Option(names = "--to", paramLabel = "FILE", description = "The page to write.")
  @Writes(Writes.Kind.FILE)
  private Path to;

  @Override
  public Integer call() {
    String page = ResultsPage.of(results, transfer);
    if (to == null) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(page);
      out.flush();
    } else {
      AtomicFile.writeText(to, page);
    }
    return 0;
  }
}
