package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaEncoder;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.progress.Progress;
import org.hearsight.inference.seld.SeldDetector;
import org.hearsight.learning.weights.SeldDetectors;
import org.junit.jupiter.api.Test;

/** The weights in the repository are whole, fit the code, and know where a sound comes from. */
class ShippedEncoderIT {
  private static final Path WEIGHTS = Path.of("..", "weights", "seld");

  @Test
  void itPointsAtKnocksFromAllAround() {
    EncoderFolder folder = EncoderFolder.open(WEIGHTS, EncoderCard.SELDNET);
    assertThat(folder.card().pretrained()).isTrue();
    assertThat(folder.card().seld().classes()).hasSize(14).contains("siren", "knock");
    try (SeldDetector detector = SeldDetectors.open(folder, List.of(), 1, Progress.SILENT)) {
      for (int azimuth = -150; azimuth <= 180; azimuth += 66) {
        Direction truth = new Direction(azimuth, 10);
        Direction heard = Direction.of(detector.summary(knocks(truth)).towards());
        assertThat(heard.angleTo(truth)).as(azimuth + "°").isLessThan(20);
      }
    }
  }

  @Test
  void everyRecordingItLearnedFromIsListed() throws java.io.IOException {
    List<String> lines = Files.readAllLines(WEIGHTS.resolve("SOURCES.csv"));
    assertThat(lines.get(0)).isEqualTo("recording,licence,source,original");
    assertThat(lines).hasSizeGreaterThan(100).noneMatch(l -> l.contains("research"));
  }

  /** Short wooden sounds, two a second, as a plane wave in a little noise. */
  private static float[][] knocks(Direction from) {
    SplittableRandom random = new SplittableRandom(11);
    float[] gains = FoaEncoder.gains(from);
    float[][] foa = new float[Foa.CHANNELS][Foa.CLIP_SAMPLES];
    for (int i = 0; i < Foa.CLIP_SAMPLES; i++) {
      double t = (double) (i % (Foa.SAMPLE_RATE / 2)) / Foa.SAMPLE_RATE;
      double wave =
          Math.exp(-40 * t)
              * (Math.sin(2 * Math.PI * 420 * t) + 0.6 * Math.sin(2 * Math.PI * 1130 * t));
      for (int c = 0; c < Foa.CHANNELS; c++) {
        foa[c][i] = (float) (0.3 * gains[c] * wave + 0.0005 * random.nextGaussian());
      }
    }
    return foa;
  }
}
