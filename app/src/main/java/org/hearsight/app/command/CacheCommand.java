package org.hearsight.app.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.Writes;
import org.hearsight.core.error.InputException;
import org.hearsight.learning.encode.CacheFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hearsight cache list} and {@code hearsight cache clear}. */
@Command(
    name = "cache",
    mixinStandardHelpOptions = true,
    description = {
      "Lists or clears what train and pretrain computed from data sets and kept: encoded scenes"
          + " (DATA/encoded, or train --cache) and features (DATA/features, or pretrain --cache).",
      "Whatever is cleared is computed again when it is needed."
    },
    synopsisSubcommandLabel = "list | clear",
    subcommands = {CacheCommand.Listing.class, CacheCommand.Clearing.class})
public final class CacheCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand list or clear");
  }

  /**
   * A cache as it is printed.
   *
   * @param used when a run last opened it, ISO 8601
   */
  private record Row(String file, long bytes, String used, @JsonProperty("days_ago") long daysAgo) {
    static Row of(CacheFile cache, Instant now) {
      return new Row(
          cache.file().toString(), cache.bytes(), cache.used().toString(), days(cache, now));
    }
  }

  private static long days(CacheFile cache, Instant now) {
    return Math.max(0, Duration.between(cache.used(), now).toDays());
  }

  private static List<CacheFile> under(List<Path> folders) {
    List<CacheFile> all = new ArrayList<>();
    folders.forEach(f -> all.addAll(CacheFile.under(f)));
    return all.stream().distinct().toList();
  }

  private static void print(PrintWriter out, List<CacheFile> caches, String what) {
    Instant now = Instant.now();
    for (CacheFile c : caches) {
      out.printf(
          Locale.ROOT,
          "%9.1f MB  used %4d days ago  %s%n",
          c.bytes() / 1e6,
          days(c, now),
          c.file());
    }
    long bytes = caches.stream().mapToLong(CacheFile::bytes).sum();
    out.printf(
        Locale.ROOT,
        "%s %d %s, %.1f MB%n",
        what,
        caches.size(),
        caches.size() == 1 ? "cache" : "caches",
        bytes / 1e6);
    out.flush();
  }

  private static void json(PrintWriter out, List<CacheFile> caches) {
    Instant now = Instant.now();
    JsonOutput.print(out, caches.stream().map(c -> Row.of(c, now)).toList());
  }

  /** {@code hearsight cache list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the caches in folders and below them, with size and last use.")
  static final class Listing implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private JsonOutput json;

    @Parameters(
        paramLabel = "DIR",
        description = "Data sets, cache folders, or folders of them (default: the current folder).")
    @Reads
    private List<Path> folders = List.of(Path.of(""));

    @Override
    public Integer call() {
      List<CacheFile> caches = under(folders);
      if (json.wanted()) {
        json(spec.commandLine().getOut(), caches);
      } else {
        print(spec.commandLine().getOut(), caches, "found");
      }
      return 0;
    }
  }

  /** {@code hearsight cache clear}. */
  @Command(
      name = "clear",
      mixinStandardHelpOptions = true,
      description =
          "Deletes the caches in folders and below them. One that a run has open stays, and is"
              + " named.")
  static final class Clearing implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private JsonOutput json;

    @Parameters(
        arity = "1..*",
        paramLabel = "DIR",
        description = "Data sets, cache folders, or folders of them.")
    @Writes(Writes.Kind.CACHE)
    private List<Path> folders;

    @Option(
        names = "--older-than",
        paramLabel = "DAYS",
        defaultValue = "0",
        description = "Only what no run has opened for so many days (default: all).")
    private int days;

    @Override
    public Integer call() {
      if (days < 0) {
        throw new ParameterException(spec.commandLine(), "--older-than must not be negative");
      }
      Instant before = Instant.now().minus(Duration.ofDays(days));
      List<CacheFile> cleared = new ArrayList<>();
      List<String> open = new ArrayList<>();
      for (CacheFile cache : under(folders)) {
        if (days > 0 && cache.used().isAfter(before)) {
          continue;
        }
        if (cache.clear()) {
          cleared.add(cache);
        } else {
          open.add(cache.file().toString());
        }
      }
      if (json.wanted()) {
        json(spec.commandLine().getOut(), cleared);
      } else {
        print(spec.commandLine().getOut(), cleared, "cleared");
      }
      if (!open.isEmpty()) {
        throw InputException.environment(
            String.join(", ", open), "in use by another run", "wait for it to end");
      }
      return 0;
    }
  }
}
