package org.hearsight.app.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hearsight.app.Version;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.provenance.Machine;
import org.hearsight.core.provenance.Provenance;
import org.hearsight.report.page.ReportData;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command's result comes from. */
public final class Origins {
  private static final long GIT_SECONDS = 10;

  private Origins() {}

  /**
   * Of the command that runs.
   *
   * @param models what is judged, the first one first
   */
  public static Provenance of(
      CommandSpec command, List<Provenance.Model> models, ScenarioStore store, Split split) {
    return new Provenance(
        command(command),
        Version.text(),
        commit(),
        models,
        Provenance.Data.of(store, split),
        Machine.here());
  }

  /** The same for a page. */
  public static List<ReportData.Fact> facts(Provenance p) {
    List<ReportData.Fact> facts = new ArrayList<>();
    facts.add(new ReportData.Fact("Command", p.command()));
    for (Provenance.Model m : p.models()) {
      facts.add(new ReportData.Fact("Model: " + m.name(), "SHA-256 " + m.sha256()));
    }
    facts.add(
        new ReportData.Fact(
            "Data: " + p.data().name(),
            "%d scenes of %s, seed %d, SHA-256 of %s %s"
                .formatted(
                    p.data().scenarios(),
                    p.data().split(),
                    p.data().seed(),
                    ScenarioStore.SCENARIOS,
                    p.data().sha256())));
    String commit = p.commit() == null ? "not in a checkout" : "commit " + p.commit();
    facts.add(new ReportData.Fact("Hearsight", p.version() + ", " + commit));
    facts.add(
        new ReportData.Fact(
            "Processor", p.machine().processor() + ", " + p.machine().cores() + " cores"));
    facts.add(new ReportData.Fact("System", p.machine().os()));
    facts.add(new ReportData.Fact("Java", p.machine().jvm()));
    return facts;
  }

  private static String command(CommandSpec spec) {
    return "hearsight "
        + spec.root().commandLine().getParseResult().originalArgs().stream()
            .map(a -> a.matches("[\\w./:=,+-]+") ? a : "'" + a.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
  }

  /** Of this folder alone: a download may lie in somebody else's repository. */
  private static ProcessBuilder git(Path home) {
    ProcessBuilder git =
        new ProcessBuilder(
                "git", "describe", "--always", "--dirty", "--abbrev=40", "--match=nothing")
            .directory(home.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    git.environment().keySet().removeAll(List.of("GIT_DIR", "GIT_WORK_TREE"));
    Path above = home.getParent();
    if (above != null) {
      git.environment().put("GIT_CEILING_DIRECTORIES", above.toString());
    }
    return git;
  }

  /** What {@code git} says of the checkout this runs from; null if it is none or git is missing. */
  static String commit() {
    String home = System.getProperty("hearsight.home");
    if (home == null) {
      return null;
    }
    try {
      Process git = git(Path.of(home).toAbsolutePath().normalize()).start();
      // What it says fits into the pipe, so it ends without being read.
      if (!git.waitFor(GIT_SECONDS, TimeUnit.SECONDS)) {
        git.destroyForcibly();
        return null;
      }
      try (InputStream in = git.getInputStream()) {
        String said = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        return git.exitValue() == 0 && !said.isEmpty() ? said : null;
      }
    } catch (IOException e) {
      return null; // there is no git
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
