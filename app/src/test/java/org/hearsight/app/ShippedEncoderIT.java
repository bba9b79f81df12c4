package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaEncoder;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.progress.Progress;
import org.hearsight.inference.seld.SeldDetector;
import org.hearsight.learning.weights.SeldDetectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The weights in the repository are whole, fit the code, and know where a sound comes from. */
class ShippedEncoderIT {
  private static final Path WEIGHTS = Path.of("..", "weights", "seld");

  @TempDir private Path folder;

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
  void itStandsBesideTheIntensityVector() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Direction truth = new Direction(50 + 90 * i, 0);
      String name = "dev-test-made/fold4_room1_mix00" + i;
      Wav.write(
          folder.resolve("foa_dev/" + name + ".wav"),
          new Audio(Foa.SAMPLE_RATE, knocks(truth)),
          Encoding.PCM_16);
      rows.clear();
      for (int f = 0; f < 50; f++) {
        rows.add("%d,13,0,%.0f,0,200%n".formatted(f, truth.azimuth()));
      }
      AtomicFile.writeText(folder.resolve("metadata_dev/" + name + ".csv"), String.join("", rows));
    }
    AtomicFile.writeText(
        folder.resolve("dataset.json"),
        Files.readString(WEIGHTS.resolve("encoder.json"))
            .replaceAll("(?s).*(\"classes\" : \\[[^\\]]*\\]).*", "{$1}"));

    Cli.Result result =
        Cli.run(
            "evaluate", "direction", "--data", folder, "--seld", "shipped=" + WEIGHTS, "--json");

    assertThat(result.exit()).as(result.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(result.out());
    assertThat(json.path("clips").asInt()).isEqualTo(3);
    JsonNode classical = json.path("systems").get(0);
    assertThat(classical.path("system").asText()).isEqualTo("intensity vector");
    assertThat(classical.path("median").asDouble()).isLessThan(1);
    JsonNode shipped = json.path("systems").get(1);
    assertThat(shipped.path("median").asDouble()).isLessThan(20);
    assertThat(shipped.path("named").asInt()).as("clips of classes it can name").isEqualTo(3);
  }

  @Test
  void everyRecordingItLearnedFromIsListed() throws IOException {
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
