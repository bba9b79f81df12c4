package org.hearsight.benchmarks.cost;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearsight.benchmarks.measure.LastLine;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.file.ScratchFolder;
import org.hearsight.core.progress.Stop;

/**
 * The cost of the whole {@code standard} data set, made by the command a person types in a process
 * of its own, and the statistics that it prints.
 */
public final class StandardCost {
  private static final long LOOK_MILLIS = 200;
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s*(\\d+) kB");

  private long peakKib;
  private Duration processor = Duration.ZERO;

  private StandardCost() {}

  /**
   * Makes the data set among the temporary files (about 2 GB) and deletes it.
   *
   * @param launcher the file {@code hearsight} of the checkout, already built
   * @return Markdown
   * @throws InputException if the command fails
   */
  public static String markdown(Path launcher) {
    return new StandardCost().of(launcher);
  }

  private String of(Path launcher) {
    try (ScratchFolder scratch = ScratchFolder.create()) {
      Path data = scratch.path().resolve("standard");
      Path printed = scratch.path().resolve("printed");
      List<String> command =
          List.of(launcher.toString(), "simulate", "--preset", "standard", "--to", data.toString());
      long start = System.nanoTime();
      Process process = new ProcessBuilder(command).redirectOutput(printed.toFile()).start();
      try {
        watch(process, LastLine.of(process));
      } finally {
        process.destroy();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      int scenarios = ScenarioStore.open(data).scenarios().size();
      return words(scenarios, seconds, InputFile.text(printed, InputFile.SMALL));
    } catch (IOException e) {
      throw InputException.environment(
          launcher, "cannot be run: " + e.getMessage(), "run it by hand", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("stopped");
    }
  }

  /**
   * Until the process has ended. Its peak and its processor time only grow, so late looks count.
   */
  private void watch(Process process, LastLine said) throws InterruptedException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      Stop.check();
      processor = process.info().totalCpuDuration().orElse(processor);
      peakKib = peak(status);
    }
    if (process.exitValue() != 0) {
      throw new InputException(
          "simulate --preset standard",
          "ended with exit code " + process.exitValue() + ": " + said.text(),
          "run it by hand");
    }
  }

  /** The process's peak so far; what was seen last where it has just ended, or without Linux. */
  private long peak(Path status) {
    try {
      Matcher peak = PEAK.matcher(InputFile.text(status, InputFile.SMALL));
      return peak.find() ? Long.parseLong(peak.group(1)) : peakKib;
    } catch (InputException e) {
      return peakKib;
    }
  }

  private String words(int scenarios, double seconds, String printed) {
    StringBuilder text = new StringBuilder("## The whole of `standard`\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "`./hearsight simulate --preset standard`, from the start of the JVM to its end: %d"
                + " scenarios in %.0f s, %.1f a second.\n",
            scenarios,
            seconds,
            scenarios / seconds));
    if (peakKib > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "Peak memory %.2f GiB; processor time %d s.\n",
              peakKib / 1048576.0,
              processor.toSeconds()));
    }
    text.append("\nWhat it prints:\n\n```text\n");
    printed
        .lines()
        .filter(line -> !line.startsWith("data set in "))
        .forEach(line -> text.append(line).append('\n'));
    return text.append("```\n").toString();
  }
}
