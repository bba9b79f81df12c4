package org.hearsight.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.Writes;
import org.hearsight.benchmarks.transfer.TransferTable;
import org.hearsight.core.file.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hearsight benchmark transfer DIR}. */
@Command(
    name = "transfer",
    mixinStandardHelpOptions = true,
    description = "What pretraining brings: the scores of benchmarks/transfer.sh as tables.")
public final class BenchmarkTransferCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      description = "Folder of ENCODER-SIZE-seedSEED.json, each written by evaluate --to.")
  @Reads
  private Path scores;

  @Option(names = "--to", paramLabel = "FILE", description = "A Markdown page to write.")
  @Writes(Writes.Kind.FILE)
  private Path to;

  @Override
  public Integer call() {
    String table = TransferTable.of(scores);
    PrintWriter out = spec.commandLine().getOut();
    out.print(table);
    out.flush();
    if (to != null) {
      AtomicFile.writeText(to, table);
    }
    return 0;
  }
}
