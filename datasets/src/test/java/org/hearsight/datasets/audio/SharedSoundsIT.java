package org.hearsight.datasets.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.simulator.acoustics.Calibration;
import org.hearsight.simulator.acoustics.DiffuseField;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.sound.Sound;
import org.hearsight.simulator.sound.SoundBank;
import org.hearsight.simulator.sound.SoundClass;
import org.hearsight.simulator.sound.SoundUse;
import org.junit.jupiter.api.Test;

/** A real collection of several hundred recordings, where there is one beside the checkout. */
class SharedSoundsIT {
  @Test
  void everyClassHasRecordingsToTrainAndToScoreAndNoneIsUsedForBoth() {
    Path sounds = shared().resolve("sounds");
    assumeTrue(Files.isDirectory(sounds), "no folder " + sounds);
    Map<Split, Integer> sizes = Map.of(Split.TRAIN, 800, Split.VALIDATION, 100, Split.TEST, 100);
    Taxonomy taxonomy = Taxonomy.hazards();
    SoundBank bank = SoundBank.forScenarios(sounds, SoundUse.ALL, sizes, 1, Progress.SILENT);
    for (String name : taxonomy.classes().subList(1, taxonomy.size())) {
      for (Split split : List.of(Split.TRAIN, Split.TEST)) {
        Draw draw = new Draw(new SplittableRandom(1));
        // Training mixes generated sounds in.
        List<Sound> sounding =
            Stream.generate(() -> bank.sound(SoundClass.of(name), split, 131072, draw))
                .limit(split == Split.TRAIN ? 30 : 3)
                .toList();
        assertThat(sounding)
            .extracting(s -> s.source().name())
            .as(split + " " + name)
            .anyMatch(s -> s.startsWith(name + "/"));
        for (Sound sound : sounding) {
          assertThat(Foa.peak(new float[][] {sound.samples()})).isLessThan(200);
        }
      }
    }
  }

  /** Whatever a recording is like, as ambience it has the level asked for: within 0.3 dB. */
  @Test
  void everyRecordingIsAsLoudAsAmbienceIsAskedToBe() {
    Path sounds = shared().resolve("sounds");
    assumeTrue(Files.isDirectory(sounds), "no folder " + sounds);
    List<String> heard = new ArrayList<>();
    SoundBank.everyAmbience(sounds, Foa.CLIP_SAMPLES, new Draw(new SplittableRandom(2)))
        .forEach(
            sound -> {
              float[][] foa = new float[Foa.CHANNELS][Foa.CLIP_SAMPLES];
              double level = DiffuseField.add(sound.samples(), foa, 50, new SplittableRandom(3));
              assertThat(level).as(sound.source().name()).isEqualTo(50);
              for (int c = 0; c < foa.length; c++) {
                double sum = 0;
                for (float v : foa[c]) {
                  sum += (double) v * v;
                }
                double expected = c == Foa.W ? 50 : 50 + 10 * Math.log10(1 / 3.0);
                assertThat(Calibration.decibels(Math.sqrt(sum / Foa.CLIP_SAMPLES)))
                    .as(sound.source().name())
                    .isCloseTo(expected, within(0.3));
              }
              heard.add(sound.source().name());
            });
    assertThat(heard).hasSizeGreaterThan(200).doesNotHaveDuplicates();
  }

  /** {@code HEARSIGHT_SHARED}, else the folder {@code shared} beside the checkout. */
  private static Path shared() {
    String given = System.getenv("HEARSIGHT_SHARED");
    if (given != null) {
      return Path.of(given);
    }
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      if (Files.isDirectory(p.resolve("shared/golden"))) {
        return p.resolve("shared");
      }
    }
    return Path.of("../shared");
  }
}
