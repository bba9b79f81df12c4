package org.hearsight.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Wav;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Spark commands that README.md and docs/cluster.md print, in their order, run as printed but
 * on small data and in folders of this test: what one writes the next one reads.
 */
class PrintedSparkCommandsIT {
  private static final String LAUNCHER = "./hearsight spark ";

  /** Options whose values are files or folders. */
  private static final List<String> PLACES = List.of("--to", "--from", "--data", "--input");

  private static final Map<String, String> SMALL =
      Map.of("--preset", "demo", "--master", "local[1]");

  private static final List<String> SIZES =
      List.of("--train", "2", "--validation", "1", "--test", "1");

  @TempDir private Path folder;

  @Test
  void everyPrintedCommandRuns() throws IOException {
    Files.createDirectory(folder.resolve("recordings"));
    float[][] foa = new float[Foa.CHANNELS][6 * Foa.SAMPLE_RATE];
    Wav.write(folder.resolve("recordings/a.wav"), new Audio(Foa.SAMPLE_RATE, foa), Encoding.PCM_16);
    Files.writeString(folder.resolve("clips.csv"), "audio\nrecordings/a.wav\n");
    List<String> readme = commands("README.md");
    List<String> guide = commands("docs/cluster.md");
    assertThat(readme).isNotEmpty();
    assertThat(guide).containsAll(readme).hasSizeGreaterThan(4);
    for (String command : guide) {
      StringWriter said = new StringWriter();
      PrintWriter out = new PrintWriter(said);

      int code = SparkJobs.commandLine(out, out).execute(here(command).toArray(String[]::new));

      assertThat(code).as(command + ": " + said).isZero();
    }
    assertThat(folder.resolve("windows/manifest.json")).content().contains("\"records\" : 2");
  }

  private static List<String> commands(String document) throws IOException {
    return Files.readString(Path.of("..", document))
        .lines()
        .filter(line -> line.startsWith(LAUNCHER))
        .map(line -> line.substring(LAUNCHER.length()))
        .toList();
  }

  private List<String> here(String command) {
    List<String> words = new ArrayList<>(Arrays.asList(command.split("\\s+")));
    for (int i = 1; i < words.size(); i++) {
      String option = words.get(i - 1);
      if (PLACES.contains(option)) {
        words.set(i, folder.resolve(words.get(i)).toString());
      }
      words.set(i, SMALL.getOrDefault(option, words.get(i)));
    }
    if (words.get(0).equals("simulate")) {
      words.addAll(SIZES);
    }
    return words;
  }
}
