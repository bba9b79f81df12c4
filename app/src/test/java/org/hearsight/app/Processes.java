package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Runs commands in a Java of their own, which can be killed or asked to stop. */
final class Processes {
  private static final long LONGEST_SECONDS = 240;

  private final Path logs;
  private int started;

  /**
   * @param logs folder for what the commands print
   */
  Processes(Path logs) {
    this.logs = logs;
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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx2g", "-Djava.awt.headless=true", "-cp", classPath()));
    command.add(Hearsight.class.getName());
    for (Object arg : args) {
      command.add(String.valueOf(arg));
    }
    Path out = logs.resolve("out" + started);
    Path err = logs.resolve("err" + started);
    started++;
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Running(process, out, err);
  }

  /** Failsafe puts a jar that only names the others on the class path. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
