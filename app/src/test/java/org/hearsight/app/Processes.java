package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs commands in a Java of their own, which can be killed or asked to stop. */
final class Processes {
  private static final long LONGEST_SECONDS = 240;

  private final Path logs;
  private final List<String> options;
  private Predicate<String> library = name -> true;
  private int started;

  /**
   * @param logs folder for what the commands print
   * @param options of Java
   */
  Processes(Path logs, String... options) {
    this.logs = logs;
    this.options = List.of(options);
  }

  /** The same in an installation without libtorch and the library that speaks to it. */
  static Processes withoutTorch(Path logs, String... options) {
    Processes processes = new Processes(logs, options);
    Pattern torch = Pattern.compile("(api|pytorch-[a-z-]+|jna)-\\d.*\\.jar");
    processes.library = name -> !torch.matcher(name).matches();
    return processes;
  }

  private record Running(Process process, Path out, Path err) {}

  /** Runs a command to its end. */
  Cli.Result run(Object... args) throws IOException, InterruptedException {
    return result(start(args));
  }

  private static Cli.Result result(Running running) throws IOException, InterruptedException {
    boolean ended = running.process().waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
    running.process().destroyForcibly().waitFor();
    String err = Files.readString(running.err());
    assertThat(ended).as("ended in time: " + err).isTrue();
    return new Cli.Result(
        running.process().exitValue(),
        Files.readString(running.out(), StandardCharsets.UTF_8),
        err);
  }

  /** Kills a command ({@code kill -9}) as soon as the condition holds; it must not have ended. */
  void killWhen(BooleanSupplier condition, Object... args)
      throws IOException, InterruptedException {
    Running running = start(args);
    awaitAlive(running, said -> condition.getAsBoolean());
    running.process().destroyForcibly().waitFor();
  }

  /**
   * Asks a command to stop (SIGTERM, which the JVM heeds as it does Ctrl-C) as soon as the
   * condition holds for what it has said on standard error; it must not have ended.
   */
  Cli.Result stopWhen(Predicate<String> condition, Object... args)
      throws IOException, InterruptedException {
    Running running = start(args);
    awaitAlive(running, condition);
    running.process().destroy();
    return result(running);
  }

  /** As {@link #stopWhen}, by a signal of its own, as in {@code INT}. */
  Cli.Result signalWhen(String signal, Predicate<String> condition, Object... args)
      throws IOException, InterruptedException {
    Running running = start(args);
    awaitAlive(running, condition);
    String pid = String.valueOf(running.process().pid());
    assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
    return result(running);
  }

  /** Runs a command whose standard output goes to a device. */
  Cli.Result runInto(Path device, Object... args) throws IOException, InterruptedException {
    return result(start(builder -> builder.redirectOutput(device.toFile()), args));
  }

  /** Runs a command that nobody reads from. */
  Cli.Result runUnread(Object... args) throws IOException, InterruptedException {
    Running running = start(builder -> builder.redirectOutput(ProcessBuilder.Redirect.PIPE), args);
    running.process().getInputStream().close();
    return result(running);
  }

  private static void awaitAlive(Running running, Predicate<String> condition)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    boolean holds = false;
    while (!holds && running.process().isAlive()) {
      assertThat(System.nanoTime()).as("waiting to stop it").isLessThan(deadline);
      Thread.sleep(5);
      holds = condition.test(Files.readString(running.err()));
    }
    assertThat(running.process().isAlive())
        .as("stopped before its end: " + Files.readString(running.err()))
        .isTrue();
  }

  private Running start(Object... args) throws IOException {
    return start(builder -> {}, args);
  }

  private Running start(Consumer<ProcessBuilder> setting, Object... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx2g", "-Djava.awt.headless=true"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath()));
    command.add(Hearsight.class.getName());
    for (Object arg : args) {
      command.add(String.valueOf(arg));
    }
    Path out = logs.resolve("out" + started);
    Path err = logs.resolve("err" + started);
    started++;
    Files.writeString(out, "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(logs.toFile()) // for the JVM's crash reports
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    setting.accept(builder);
    return new Running(builder.start(), out, err);
  }

  /**
   * Failsafe puts a jar that only names the others on the class path, and the application's own jar
   * names all of its libraries in its manifest: its classes bring no other.
   */
  private String classPath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(path.split(Pattern.quote(File.pathSeparator)))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .filter(entry -> library.test(entry.getFileName().toString()))
        .map(entry -> entry.endsWith("hearsight-app.jar") ? entry.resolveSibling("classes") : entry)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
