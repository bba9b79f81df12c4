package org.hearsight.simulator.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeldSoundsTest {
  @TempDir private Path folder;

  /** What no training clip hears is not lost to the test. */
  @Test
  void withoutTrainingClipsTheTestTakesAllItMay() throws IOException {
    for (String name : new String[] {"open", "closed"}) {
      float[][] tone = new float[1][Foa.SAMPLE_RATE / 2];
      for (int i = 0; i < tone[0].length; i++) {
        tone[0][i] = (float) (0.5 * Math.sin(0.1 * i));
      }
      Wav.write(
          folder.resolve("dog").resolve(name + ".wav"),
          new Audio(Foa.SAMPLE_RATE, tone),
          Encoding.PCM_16);
    }
    Files.writeString(
        folder.resolve("SOURCES.csv"),
        "file,use,origin_group\ndog/open.wav,permissive,a\ndog/closed.wav,evaluation,b\n");

    assertThat(tested(0)).isEqualTo(2);
    assertThat(tested(5)).as("trained on the open one").isEqualTo(1);
  }

  private int tested(int train) {
    Map<Split, Integer> sizes = Map.of(Split.TRAIN, train, Split.VALIDATION, 0, Split.TEST, 3);
    return SeldSounds.of(folder, sizes, SoundUse.PERMISSIVE, SoundUse.ALL, 1, Progress.SILENT)
        .sources(Split.TEST, "dog")
        .size();
  }
}
