package org.hearsight.benchmarks.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a process said last on its standard error, which is read lest it block. */
public final class LastLine {
  private static final long PATIENCE_MILLIS = 1000;

  private final Thread reader;
  private volatile String line = "";

  private LastLine(Process process) {
    reader = new Thread(() -> readFrom(process), "last line");
    reader.setDaemon(true);
  }

  /** Begins to listen to a process. */
  public static LastLine of(Process process) {
    LastLine last = new LastLine(process);
    last.reader.start();
    return last;
  }

  private void readFrom(Process process) {
    try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
      for (String next = err.readLine(); next != null; next = err.readLine()) {
        line = next.isBlank() ? line : next.strip();
      }
    } catch (IOException e) {
      line = "standard error: " + e.getMessage();
    }
  }

  /** The line, once the process has ended; empty if it said nothing. */
  public String text() {
    try {
      reader.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return line;
  }
}
