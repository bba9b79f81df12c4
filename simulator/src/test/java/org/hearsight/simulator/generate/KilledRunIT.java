package org.hearsight.simulator.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hearsight.core.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulation killed without warning ends with the same bytes when it is run again. */
class KilledRunIT {
  private static final SimulatorConfig CONFIG = SimulatorConfig.of(24, 0, 0, 6).withWorkers(2);

  @TempDir Path folder;

  /** The process that is killed. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] args) {
      Simulator.generate(CONFIG, Path.of(args[0]), Progress.SILENT);
    }
  }

  @Test
  void killedTwiceAndRunAgain() throws Exception {
    Path parts = folder.resolve("parts");
    for (int after : new int[] {3, 9}) {
      Process victim =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Djava.awt.headless=true",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Victim.class.getName(),
                  parts.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log" + after).toFile())
              .start();
      while (victim.isAlive() && finished(parts) < after) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      victim.destroyForcibly().waitFor();
      assertThat(parts.resolve("scenarios.jsonl")).as("killed in time").doesNotExist();
    }
    Simulator.generate(CONFIG, parts, Progress.SILENT);
    Path whole = folder.resolve("whole");
    Simulator.generate(CONFIG, whole, Progress.SILENT);
    assertThat(contents(parts)).isEqualTo(contents(whole));
  }

  private static long finished(Path store) throws IOException {
    Path journal = store.resolve(".unfinished");
    if (!Files.isDirectory(journal)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(journal)) {
      return files.filter(f -> f.toString().endsWith(".json")).count();
    }
  }

  private static Map<String, Integer> contents(Path root) throws IOException {
    Map<String, Integer> contents = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path f : walk.filter(Files::isRegularFile).toList()) {
        contents.put(
            root.relativize(f).toString(), java.util.Arrays.hashCode(Files.readAllBytes(f)));
      }
    }
    return contents;
  }
}
