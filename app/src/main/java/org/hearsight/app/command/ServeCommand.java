package org.hearsight.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.hearsight.app.Version;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.ModelOption;
import org.hearsight.app.console.OptionValues;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.ServerLimits;
import org.hearsight.app.console.StopSignals;
import org.hearsight.app.console.Threads;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.progress.Progress;
import org.hearsight.inference.Hearsight;
import org.hearsight.server.HearsightServer;
import org.hearsight.server.ServerSettings;
import org.hearsight.server.guard.Tokens;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description =
        "Answers over HTTP and WebSocket until it is stopped, and then what was taken before"
            + " (docs/server.md).")
public final class ServeCommand implements Callable<Integer> {
  /** What is in hand is finished within this time, which is less than a signal waits. */
  private static final Duration DRAIN = Duration.ofSeconds(25);

  @Spec private CommandSpec spec;
  @Mixin private Threads threads;
  @Mixin private ModelOption model;
  @Mixin private ServerLimits limits;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      paramLabel = "ADDRESS",
      description =
          "Address to listen at; 0.0.0.0 for all of this machine (default: ${DEFAULT-VALUE}, which"
              + " only this machine reaches).")
  private String host;

  @Option(
      names = "--port",
      defaultValue = "8080",
      paramLabel = "N",
      description = "Port to listen at; 0 for one that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Answer only those who send one of these bearer tokens, one a line.")
  @Reads
  private Path tokenFile;

  @ArgGroup(exclusive = false)
  private Tls tls;

  /** A key, and what opens it. */
  private static final class Tls {
    @Option(
        names = "--keystore",
        required = true,
        paramLabel = "FILE",
        description = "Speak TLS with the key in this key store (PKCS #12).")
    @Reads
    private Path keystore;

    @Option(
        names = "--keystore-password-file",
        required = true,
        paramLabel = "FILE",
        description = "Holds the key store's password.")
    @Reads
    private Path password;
  }

  @Option(
      names = "--cors",
      arity = "1..*",
      paramLabel = "ORIGIN",
      description = "Pages of these sites may ask, too, as in https://example.org.")
  private List<String> origins = List.of();

  @Option(
      names = "--all-formats",
      description =
          "Take sound of all formats, which native code decodes; else WAV alone, the safer choice"
              + " where strangers ask.")
  private boolean allFormats;

  @Option(names = "--no-access-log", description = "Print no line for each request.")
  private boolean quiet;

  @Override
  public Integer call() {
    ServerSettings values = OptionValues.of(spec, this::values);
    ServerSettings settings = withFiles(values);
    Progress progress = ConsoleProgress.standard();
    CountDownLatch stopped = new CountDownLatch(1);
    StopSignals.Telling telling =
        StopSignals.tell("requests in hand are answered first", stopped::countDown);
    try (Hearsight hearsight = model.load(threads.count());
        HearsightServer server = HearsightServer.start(hearsight, settings)) {
      progress.note(
          "listening at %s://%s:%d"
              .formatted(tls == null ? "http" : "https", inUrl(host), server.port()));
      stopped.await();
      if (!server.drain(DRAIN)) {
        progress.note("requests in hand were cut off after " + DRAIN.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      throw new CancellationException("stopped");
    } finally {
      telling.close();
    }
    return 0;
  }

  private static String inUrl(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  private ServerSettings values() {
    return ServerSettings.DEFAULT
        .at(host, port)
        .with(limits.values())
        .withOrigins(origins)
        .withAllFormats(allFormats)
        .withVersion(Version.text());
  }

  private ServerSettings withFiles(ServerSettings values) {
    ServerSettings settings = values;
    if (tokenFile != null) {
      settings = settings.with(Tokens.read(tokenFile));
    }
    if (tls != null) {
      settings = settings.with(new ServerSettings.Tls(tls.keystore, password(tls.password)));
    }
    if (quiet) {
      return settings;
    }
    PrintWriter out = spec.commandLine().getOut();
    return settings.withAccessLog(
        line -> {
          synchronized (out) {
            out.println(line);
            out.flush();
          }
        });
  }

  private static String password(Path file) {
    return InputFile.text(file, InputFile.SMALL)
        .lines()
        .findFirst()
        .orElseThrow(() -> new InputException(file, "is empty", "write the password in it"));
  }
}
