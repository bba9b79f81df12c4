package org.hearsight.benchmarks.row;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.hearsight.benchmarks.measure.Goal;
import org.hearsight.benchmarks.measure.LastLine;
import org.hearsight.benchmarks.measure.Row;
import org.hearsight.benchmarks.measure.Work;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.error.InputException;

/**
 * An answer from the command line: a process of its own from its start to its end.
 *
 * @param launcher the command before {@code imagine}
 * @param sample asked for when the row begins
 */
public record ColdImagineRow(List<String> launcher, Supplier<Sample> sample, int threads)
    implements Row {
  @Override
  public String name() {
    return "imagine-cold";
  }

  @Override
  public String what() {
    return "imagine one clip, cold process to answer";
  }

  @Override
  public String how() {
    return "The command line a person types, launcher script and JVM start included: WAV and PNG"
        + " files in, the answer printed, the process ended. Files are in the system's cache.";
  }

  @Override
  public Goal goal() {
    return Goal.under(2500);
  }

  @Override
  public Pace pace() {
    return new Pace(1, 3, Integer.MAX_VALUE);
  }

  @Override
  public Work open() {
    List<String> command = command(sample.get());
    return new Work() {
      @Override
      public void once() {
        run(command);
      }

      @Override
      public void close() {
        // Each process has ended.
      }
    };
  }

  private List<String> command(Sample s) {
    Scenario.Files files = s.scenario().files();
    List<String> command = new ArrayList<>(launcher);
    command.addAll(List.of("imagine", "--model", s.model().toString()));
    command.addAll(List.of("--audio", file(s, files.audio()), "--rgb", file(s, files.rgb())));
    command.addAll(List.of("--depth", file(s, files.depth())));
    command.addAll(List.of("--occlusion", file(s, files.occlusion())));
    command.addAll(List.of("--threads", String.valueOf(threads)));
    return command;
  }

  private static String file(Sample s, String name) {
    Path file = s.store().resolve(name);
    return file.toString();
  }

  static void run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      LastLine said = LastLine.of(process);
      int code = process.waitFor();
      if (code != 0) {
        throw InputException.environment(
            command.get(0), "ended with exit code " + code + ": " + said.text(), "run it by hand");
      }
    } catch (IOException e) {
      throw InputException.environment(
          command.get(0), "cannot be started: " + e.getMessage(), "run ./hearsight", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped");
    }
  }
}
