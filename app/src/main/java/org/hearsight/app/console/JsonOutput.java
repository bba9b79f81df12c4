package org.hearsight.app.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** {@code --json}: one JSON document on standard output and nothing else there. */
public final class JsonOutput {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--json",
      description = "Print one JSON document on standard output and nothing else there.")
  private boolean json;

  public boolean wanted() {
    return json;
  }

  /** Prints a value as JSON. */
  public static void print(PrintWriter out, Object value) {
    try {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the answer cannot be serialised", e);
    }
  }
}
