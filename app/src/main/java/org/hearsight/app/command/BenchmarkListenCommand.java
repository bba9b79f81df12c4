package org.hearsight.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hearsight.app.Version;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.ModelOption;
import org.hearsight.app.console.StopNotice;
import org.hearsight.app.console.Threads;
import org.hearsight.app.console.Writes;
import org.hearsight.benchmarks.stream.ListenDelay;
import org.hearsight.benchmarks.stream.ListenSoak;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.inference.Hearsight;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hearsight benchmark listen}. */
@Command(
    name = "listen",
    mixinStandardHelpOptions = true,
    description =
        "How soon a siren that approaches is reported, and what a long stream leaves in memory and"
            + " in the answers (docs/listen.md).")
public final class BenchmarkListenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;
  @Mixin private Threads threads;

  @Option(
      names = "--approaches",
      defaultValue = "100",
      paramLabel = "N",
      description = "Simulated approaches; 0 leaves them out (default: ${DEFAULT-VALUE}).")
  private int approaches;

  @Option(
      names = "--soak",
      defaultValue = "0",
      paramLabel = "MINUTES",
      description = "Also listen to so much sound, as fast as it goes (default: not).")
  private int soak;

  @Option(names = "--to", paramLabel = "FILE", description = "A Markdown page to write.")
  @Writes(Writes.Kind.FILE)
  private Path to;

  @Override
  public Integer call() {
    if (approaches < 0 || soak < 0 || approaches + soak == 0) {
      throw new ParameterException(
          spec.commandLine(), "--approaches, --soak: neither may be negative, nor both be 0");
    }
    String page = StopNotice.during("nothing was kept", this::page);
    PrintWriter out = spec.commandLine().getOut();
    out.print(page);
    out.flush();
    if (to != null) {
      AtomicFile.writeText(to, page);
    }
    return 0;
  }

  private String page() {
    StringBuilder page = new StringBuilder("# Listening\n\nWritten by `");
    page.append(BenchmarkCommand.commandLine(spec)).append("`, Hearsight ");
    page.append(Version.text()).append(".\n\n");
    try (Hearsight hearsight = model.load(threads.count())) {
      if (approaches > 0) {
        page.append(ListenDelay.markdown(hearsight, approaches, ConsoleProgress.standard()));
      }
      if (soak > 0) {
        page.append('\n');
        page.append(ListenSoak.markdown(hearsight, soak, ConsoleProgress.standard()));
      }
    }
    return page.toString();
  }
}
