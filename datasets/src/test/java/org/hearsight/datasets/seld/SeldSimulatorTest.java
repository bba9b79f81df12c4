package org.hearsight.datasets.seld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.datasets.run.FolderContents;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.simulator.sound.SoundClass;
import org.hearsight.simulator.sound.SoundUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeldSimulatorTest {
  @TempDir Path folder;

  @Test
  void theSameSeedGivesTheSameBytesWhateverTheWorkers() throws IOException {
    JsonNode header = SeldSimulator.generate(config(4, 1, 1, 1), at("a"), Progress.SILENT);
    SeldSimulator.generate(config(4, 1, 1, 2), at("b"), Progress.SILENT);
    assertThat(FolderContents.of(at("a"))).isEqualTo(FolderContents.of(at("b"))).hasSize(2 * 6 + 3);
    assertThat(at("a").resolve("metadata_dev/dev-train-sim/fold3_room1_mix00001.csv")).exists();
    assertThat(at("a").resolve("foa_dev/dev-validation-sim/fold5_room1_mix00001.wav")).exists();
    assertThat(header.path("classes")).hasSize(SoundClass.labels().size());
    Audio audio = Foa.read(at("a").resolve("foa_dev/dev-test-sim/fold4_room1_mix00001.wav"));
    assertThat(audio.samples()).isEqualTo(Foa.CLIP_SAMPLES);
  }

  @Test
  void aStoppedRunGoesOnWithTheSameBytes() throws IOException {
    SeldSimulator.generate(config(6, 0, 0, 1), at("whole"), Progress.SILENT);
    Progress stopping =
        new Progress() {
          @Override
          public Task begin(String name, long total) {
            Thread main = Thread.currentThread();
            return amount -> main.interrupt();
          }

          @Override
          public void note(String line) {}
        };
    assertThatThrownBy(() -> SeldSimulator.generate(config(6, 0, 0, 1), at("parts"), stopping))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("run the same command again");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(at("parts").resolve("dataset.json")).doesNotExist();
    // What a kill in the middle of a clip leaves: sound without its labels.
    Path clip = at("parts").resolve("metadata_dev/dev-train-sim/fold3_room1_mix00001.csv");
    Files.delete(clip);
    SeldSimulator.generate(config(6, 0, 0, 2), at("parts"), Progress.SILENT);
    assertThat(FolderContents.of(at("parts"))).isEqualTo(FolderContents.of(at("whole")));
  }

  @Test
  void otherOptionsAndForeignFoldersAreRefused() throws IOException {
    SeldSimulator.generate(config(1, 0, 0, 1), at("a"), Progress.SILENT);
    assertThatThrownBy(() -> SeldSimulator.generate(config(2, 0, 0, 1), at("a"), Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("train: was 1, now 2");
    Files.createDirectories(at("other"));
    Files.writeString(at("other").resolve("dataset.json"), "{\"format_version\": 1}");
    assertThatThrownBy(
            () -> SeldSimulator.generate(config(1, 0, 0, 1), at("other"), Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(": missing, expected ")
        .hasMessageContaining("choose another folder");
    Files.createDirectories(at("b"));
    Files.writeString(at("b").resolve("mine.txt"), "mine");
    assertThatThrownBy(() -> SeldSimulator.generate(config(1, 0, 0, 1), at("b"), Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("not empty");
    assertThatThrownBy(() -> config(0, 0, 0, 1)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> config(1, 100_000, 1, 1))
        .isInstanceOf(InputException.class)
        .hasMessage("validation: 100000 is more than 99999; choose 99999 or fewer");
  }

  private Path at(String name) {
    return folder.resolve(name);
  }

  private static SeldConfig config(int train, int validation, int test, int workers) {
    return new SeldConfig(
        new RunOptions(train, validation, test, 3, workers),
        null,
        SoundUse.PERMISSIVE,
        SoundUse.PERMISSIVE,
        5);
  }
}
