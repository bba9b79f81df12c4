package org.hearsight.datasets.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.taxonomy.ClassMap;
import org.hearsight.datasets.occlude.OccludeConfig;
import org.hearsight.datasets.occlude.OcclusionRun;
import org.hearsight.datasets.occlude.TinyStarss23;
import org.hearsight.datasets.scenario.Simulator;
import org.hearsight.datasets.scenario.SimulatorConfig;
import org.hearsight.datasets.seld.MeasuredConfig;
import org.hearsight.datasets.seld.MeasuredRoom;
import org.hearsight.datasets.seld.SeldConfig;
import org.hearsight.datasets.seld.SeldSimulator;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.sound.SoundUse;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A writer killed without warning, and a file emptied as by a power failure, end with the same
 * bytes when it is run again. {@code tools/faults/kills.py} does this a hundred times.
 */
class KilledRunIT {
  @TempDir Path folder;

  /** What is killed. */
  enum Writer {
    SIMULATE,
    SIMULATE_SELD,
    SIMULATE_MEASURED,
    OCCLUDE;

    private static final RunOptions OPTIONS = new RunOptions(4, 1, 1, 6, 3);

    String command() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    void run(Path inputs, Path to) {
      switch (this) {
        case SIMULATE ->
            Simulator.generate(
                new SimulatorConfig(OPTIONS, Setting.BOTH, null, SoundUse.ALL, 5, false),
                to,
                Progress.SILENT);
        case SIMULATE_SELD ->
            SeldSimulator.generate(
                new SeldConfig(OPTIONS, null, SoundUse.ALL, SoundUse.ALL, 5), to, Progress.SILENT);
        case SIMULATE_MEASURED ->
            MeasuredRoom.generate(
                new MeasuredConfig(
                    new RunOptions(0, 0, 40, 6, 3),
                    inputs.resolve("sounds"),
                    SoundUse.ALL,
                    inputs.resolve("hall"),
                    null,
                    MeasuredConfig.Directions.LISTED,
                    10),
                to,
                Progress.SILENT);
        case OCCLUDE ->
            OcclusionRun.generate(
                new OccludeConfig(
                    inputs.resolve("starss23"),
                    null,
                    new RunOptions(8, 2, 4, 6, 3),
                    ClassMap.starss23(),
                    OccludeConfig.WINDOW_SECONDS,
                    OccludeConfig.ACTIVE_SHARE),
                to,
                TinyStarss23::video,
                Progress.SILENT);
      }
    }
  }

  /** The process that is killed. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] args) {
      Writer.valueOf(args[0]).run(Path.of(args[1]), Path.of(args[2]));
    }
  }

  @ParameterizedTest
  @EnumSource
  void killedAndRunAgain(Writer writer) throws Exception {
    noise(folder.resolve("sounds/dog/a.wav"), 1);
    noise(folder.resolve("hall/a.wav"), Foa.CHANNELS);
    AtomicFile.writeText(
        folder.resolve("hall/hall.csv"),
        "file,azimuth_deg,elevation_deg,distance_m\na.wav,10,0,3\n");
    TinyStarss23.write(folder.resolve("starss23"));
    Path parts = folder.resolve("parts");
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                writer.name(),
                folder.toString(),
                parts.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    while (victim.isAlive() && finished(parts) < 2) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    victim.destroyForcibly().waitFor();
    assertThatThrownBy(() -> DatasetFolder.open(parts))
        .as("killed in time")
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "is an unfinished data set of hearsight " + writer.command() + "; run");
    try (Stream<Path> sounds = Files.walk(parts)) {
      Path one = sounds.filter(f -> f.toString().matches(".*\\.(wav|csv)")).findFirst().get();
      Files.write(one, new byte[0]);
    }

    writer.run(folder, parts);

    Path whole = folder.resolve("whole");
    writer.run(folder, whole);
    assertThat(FolderContents.of(parts)).isEqualTo(FolderContents.of(whole)).isNotEmpty();
  }

  private static void noise(Path file, int channels) {
    SplittableRandom random = new SplittableRandom(3);
    float[][] samples = new float[channels][Foa.SAMPLE_RATE / 4];
    for (float[] channel : samples) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = (float) (random.nextDouble() - 0.5);
      }
    }
    Wav.write(file, new Audio(Foa.SAMPLE_RATE, samples), Encoding.PCM_16);
  }

  private static long finished(Path store) throws IOException {
    Path journal = store.resolve(DatasetFolder.UNFINISHED);
    if (!Files.isDirectory(journal)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(journal)) {
      return files.filter(f -> f.toString().endsWith(".json")).count() - 1; // without the plan
    }
  }
}
