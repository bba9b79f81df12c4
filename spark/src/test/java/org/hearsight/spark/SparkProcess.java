package org.hearsight.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hearsight.core.file.FolderListing;

/** A job in a process of its own, as {@code ./hearsight spark} starts it once it has built. */
final class SparkProcess {
  /** Two workers and two executor processes, which take the job's jar from the driver. */
  static final String CLUSTER = "local-cluster[2,1,2048]";

  /** What {@code spark-submit} takes. */
  static final Path JAR = Path.of("target", "hearsight-spark-jobs.jar").toAbsolutePath();

  private static final Path HOME =
      Path.of("runtime", "target", "home").toAbsolutePath().normalize();
  private static final long MINUTES =
      20; // of a machine that others share; a hang is found out all the same

  private final List<String> before;
  private final Path said;

  private SparkProcess(List<String> before, Path said) {
    this.before = before;
    this.said = said;
  }

  /**
   * Jobs whose output goes into a file.
   *
   * @param before words before the command, as in {@code unshare}
   */
  static SparkProcess in(Path folder, String... before) {
    return new SparkProcess(Arrays.asList(before), folder.resolve("said"));
  }

  /** Starts a job. */
  Process start(Object... words) throws IOException {
    Path launch = Path.of("src", "main", "launch").toAbsolutePath();
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + launch.resolve("java.options"),
            "-Djava.awt.headless=true",
            "-Dhearsight.home=" + Path.of("..").toRealPath(),
            "-Dhearsight.spark.jar=" + JAR,
            "-Dlog4j2.configurationFile=" + launch.resolve("log4j2.properties"),
            "-cp",
            JAR + ":" + natives() + ":" + HOME.resolve("jars") + "/*",
            SparkJobs.class.getName()));
    Arrays.stream(words).map(Object::toString).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME", HOME.toString(),
                "SPARK_SCALA_VERSION", "2.13",
                "SPARK_LOCAL_IP", "127.0.0.1"));
    return builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
  }

  /** The jar with libtorch, where the application has it. */
  private static Path natives() {
    return FolderListing.visible(Path.of("..", "app", "target", "lib")).stream()
        .filter(file -> file.getFileName().toString().startsWith("pytorch-native-cpu-"))
        .findFirst()
        .orElseThrow()
        .toAbsolutePath();
  }

  /** Runs a job to its end, which must be a good one; returns what it said. */
  String run(Object... words) throws IOException, InterruptedException {
    return ended(start(words), 0);
  }

  /** Waits for a job's end and requires its exit code; returns what it said. */
  String ended(Process process, int code) throws IOException, InterruptedException {
    boolean over = process.waitFor(MINUTES, TimeUnit.MINUTES);
    if (!over) {
      process.destroyForcibly();
    }
    String output = said();
    assertThat(over).as(output).isTrue();
    assertThat(process.exitValue()).as(output).isEqualTo(code);
    return output;
  }

  /** The executor processes of a job. */
  static List<ProcessHandle> executors(Process job) {
    return job.descendants().filter(SparkProcess::isExecutor).toList();
  }

  private static boolean isExecutor(ProcessHandle process) {
    try {
      // ProcessHandle.Info leaves out what is longer than a page.
      Path line = Path.of("/proc", Long.toString(process.pid()), "cmdline");
      return Files.readString(line, StandardCharsets.ISO_8859_1)
          .contains("CoarseGrainedExecutorBackend");
    } catch (IOException e) {
      return false; // it is gone
    }
  }

  /** What executors of jobs that were started since then logged, by the executor's number. */
  static String logged(FileTime since, int executor) throws IOException {
    StringBuilder logs = new StringBuilder();
    for (Path app : FolderListing.visible(HOME.resolve("work"))) {
      Path log = app.resolve(Integer.toString(executor)).resolve("stderr");
      if (Files.exists(log) && Files.getLastModifiedTime(log).compareTo(since) >= 0) {
        logs.append(Files.readString(log));
      }
    }
    return logs.toString();
  }

  /** What the job in hand said until now. */
  String said() throws IOException {
    return Files.exists(said) ? Files.readString(said) : "";
  }
}
