package org.hearsight.benchmarks.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Stop;

/**
 * Another process that does the same work: it says a line when it is ready, then reads a request a
 * line and answers the milliseconds it took, or {@code error} and why.
 */
public final class Peer implements AutoCloseable {
  private static final String READY = "ready ";
  private static final String MISSING = "missing ";
  private static final String ERROR = "error ";
  private static final long PATIENCE_SECONDS = 5;

  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final Writer requests;
  private final LastLine said;
  private final Stop.Alarm alarm;
  private String versions;

  private Peer(String name, Process process) {
    this.name = name;
    this.process = process;
    answers = process.inputReader(StandardCharsets.UTF_8);
    requests = process.outputWriter(StandardCharsets.UTF_8);
    said = LastLine.of(process);
    // Who waits for an answer cannot be interrupted; the peer's end wakes them.
    alarm = Stop.alarm(process::destroy);
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param command program and arguments
   * @throws InputException if it cannot be started or lacks something
   */
  public static Peer start(List<String> command) {
    String name = command.get(0);
    ProcessBuilder builder = new ProcessBuilder(command);
    // Nothing is left beside the scripts.
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Peer peer;
    try {
      peer = new Peer(name, builder.start());
    } catch (IOException e) {
      throw InputException.environment(
          name, "cannot be started: " + e.getMessage(), "name a Python that has PyTorch", e);
    }
    try {
      peer.greet();
      return peer;
    } catch (InputException e) {
      peer.close();
      throw e;
    }
  }

  private void greet() {
    String line = read("it was started");
    if (line.startsWith(MISSING)) {
      throw InputException.environment(
          name,
          "has no " + line.substring(MISSING.length()),
          "name a Python with torch, torchvision and numpy by --python");
    }
    if (!line.startsWith(READY)) {
      throw unexpected("it was started", line);
    }
    versions = line.substring(READY.length());
  }

  /** What it says it runs on. */
  public String versions() {
    return versions;
  }

  /**
   * Has it do something once.
   *
   * @param request a row's name and its arguments
   * @return milliseconds it took, as it measured them
   * @throws InputException if it fails or ends
   */
  public double ask(String request) {
    try {
      requests.write(request + "\n");
      requests.flush();
    } catch (IOException e) {
      // It has ended; reading says so, and why.
      return millis(request, read("asked for " + request));
    }
    return millis(request, read("asked for " + request));
  }

  private double millis(String request, String line) {
    if (line.startsWith(ERROR)) {
      throw InputException.environment(
          name, request + ": " + line.substring(ERROR.length()), "see benchmarks/pytorch");
    }
    try {
      double millis = Double.parseDouble(line);
      if (millis > 0 && !Double.isInfinite(millis)) {
        return millis;
      }
    } catch (NumberFormatException e) {
      throw unexpected("asked for " + request, line);
    }
    throw unexpected("asked for " + request, line);
  }

  private String read(String when) {
    try {
      String line = answers.readLine();
      if (line != null) {
        return line;
      }
    } catch (IOException e) {
      throw InputException.environment(
          name, "cannot be read: " + e.getMessage(), "run it again", e);
    }
    throw ended(when);
  }

  private InputException ended(String when) {
    String code = "no exit code yet";
    try {
      if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        code = "exit code " + process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String last = said.text();
    return InputException.environment(
        name,
        "ended when " + when + " (" + code + (last.isEmpty() ? "" : ": " + last) + ")",
        "run benchmarks/pytorch/peer.py by hand, or leave the row out");
  }

  private InputException unexpected(String when, String line) {
    return InputException.environment(
        name,
        "said '" + line + "' when " + when + ", expected a line of benchmarks/pytorch/peer.py",
        "name a Python by --python");
  }

  /** Ends it. */
  @Override
  public void close() {
    try (alarm) {
      requests.close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroy();
      }
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }

  /** The usual peer: {@code benchmarks/pytorch/peer.py} of the checkout. */
  public static List<String> pythonCommand(String python, Path home, int threads) {
    Path script = home.resolve("benchmarks").resolve("pytorch").resolve("peer.py");
    return List.of(python, script.toString(), String.valueOf(threads));
  }
}
