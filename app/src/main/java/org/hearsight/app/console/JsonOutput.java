package org.hearsight.app.console;

import java.io.PrintWriter;
import org.hearsight.core.file.Json;
import picocli.CommandLine.Option;

/** {@code --json}: one JSON document on standard output and nothing else there. */
public final class JsonOutput {

  @Option(
      names = "--json",
      description = "Print one JSON document on standard output and nothing else there.")
  private boolean json;

  public boolean wanted() {
    return json;
  }

  /** Prints a value as JSON. */
  public static void print(PrintWriter out, Object value) {
    out.print(Json.page(value));
    out.flush();
  }
}
