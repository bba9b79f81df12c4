package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.ChannelSwap;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaEncoder;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.EncoderFolder;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.encoder.VisualEncoder;
import org.hearsight.inference.encoder.VisualFeatures;
import org.hearsight.inference.seld.SeldDetector;
import org.hearsight.learning.deploy.Export;
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
    try (SeldDetector detector =
        SeldDetector.open(folder, List.of(), List.of(ChannelSwap.IDENTITY), 1, Progress.SILENT)) {
      for (int azimuth = -150; azimuth <= 180; azimuth += 66) {
        Direction truth = new Direction(azimuth, 10);
        Direction heard = Direction.of(detector.summary(knocks(truth)).towards());
        assertThat(heard.angleTo(truth)).as(azimuth + "°").isLessThan(20);
      }
    }
  }

  /** As {@code import seld} writes a checkpoint of others: without what {@code pretrain} adds. */
  @Test
  void aNetworkWithoutAScalerListensWithOneThatIsGiven() throws IOException {
    EncoderFolder shipped = EncoderFolder.open(WEIGHTS, EncoderCard.SELDNET);
    FeatureScaler scaler = shipped.card().seld().scaler();
    Files.copy(shipped.weights(), folder.resolve("weights.safetensors"));
    EncoderFolder.finish(
        folder,
        new EncoderCard(1, EncoderCard.SELDNET, 128, 7, true, true, "test", ""),
        Files.readAllBytes(shipped.detector().orElseThrow()));
    Clip clip = Clip.of(knocks(new Direction(33, 20)), Foa.SAMPLE_RATE);

    try (SeldDetector own = Hearsight.listen(WEIGHTS, 1);
        SeldDetector given = Hearsight.listen(folder, scaler, 1)) {
      List<SeldEvent> events = given.events(clip);
      assertThat(events).isNotEmpty();
      assertThat(events)
          .extracting(SeldEvent::frame, SeldEvent::classIndex, SeldEvent::direction)
          .isEqualTo(
              own.events(clip).stream()
                  .map(e -> tuple(e.frame(), e.classIndex(), e.direction()))
                  .toList());
      Clip tooShort = Clip.of(new float[4][Foa.LABEL_FRAME_SAMPLES - 1], Foa.SAMPLE_RATE);
      assertThatThrownBy(() -> own.events(tooShort))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(
              "audio: duration: 2399 samples at 24 kHz, expected at least 2400 (100 ms); ");
    }
    assertThatThrownBy(() -> Hearsight.listen(folder, 1))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder + ": seld: missing, so it brings no scaler; give one");
    assertThatThrownBy(() -> Hearsight.listen(WEIGHTS, scaler, 1))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(WEIGHTS + ": seld: brings the network's own scaler; ");
  }

  /** Heard in all sixteen swaps, what it says turns with the sound, as its own answer does not. */
  @Test
  void theMeanOverAllSwapsTurnsWithTheSound() {
    EncoderFolder folder = EncoderFolder.open(WEIGHTS, EncoderCard.SELDNET);
    float[][] foa = knocks(new Direction(33, 20));
    ChannelSwap turn = ChannelSwap.values().get(13);
    double plain;
    try (SeldDetector detector =
        SeldDetector.open(folder, List.of(), List.of(ChannelSwap.IDENTITY), 1, Progress.SILENT)) {
      plain = off(detector, foa, turn);
    }
    try (SeldDetector detector =
        SeldDetector.open(folder, List.of(), ChannelSwap.values(), 1, Progress.SILENT)) {
      assertThat(off(detector, foa, turn)).isLessThan(0.05).isLessThan(plain / 5);
    }
  }

  /** Degrees between what is heard in turned sound, and what is heard, turned. */
  private static double off(SeldDetector detector, float[][] foa, ChannelSwap turn) {
    Direction heard = Direction.of(detector.summary(foa).towards());
    Direction turned = Direction.of(detector.summary(turn.apply(foa)).towards());
    return turned.angleTo(turn.apply(heard));
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

  @Test
  void thePictureEncoderTellsNearFromFar() {
    EncoderFolder encoder =
        EncoderFolder.open(Path.of("..", "weights", "resnet50"), EncoderCard.RESNET50);
    assertThat(encoder.card().pretrained()).isTrue();
    Path graph = folder.resolve("resnet50.onnx");
    Export.resnet50(encoder.folder(), graph, 1, "test");
    try (VisualEncoder net = VisualEncoder.open(graph, 1)) {
      float[] distances = {4, 8, 16};
      float[][] planes = new float[2 * distances.length][];
      for (int i = 0; i < distances.length; i++) {
        planes[i] = wall(distances[i], 0.40f);
        planes[distances.length + i] = wall(distances[i], 0.42f);
      }
      List<VisualFeatures> seen = net.encode(planes, View.SIZE, View.SIZE);

      // A little light does not change the distance: the nearest features are of the same one.
      for (int i = 0; i < distances.length; i++) {
        double same = difference(seen, i, distances.length + i);
        assertThat(same).isPositive();
        for (int other = 0; other < distances.length; other++) {
          if (other != i) {
            assertThat(difference(seen, other, distances.length + i)).isGreaterThan(same);
          }
        }
      }
    }
  }

  private static float[] wall(float metres, float grey) {
    int pixels = View.SIZE * View.SIZE;
    float[] rgb = new float[3 * pixels];
    float[] depth = new float[pixels];
    float[] occlusion = new float[pixels];
    Arrays.fill(rgb, grey);
    Arrays.fill(depth, metres);
    Arrays.fill(occlusion, 1);
    return VisualPlanes.of(new View(rgb, depth, occlusion, 1));
  }

  private static double difference(List<VisualFeatures> seen, int one, int other) {
    float[] a = seen.get(one).tokens();
    float[] b = seen.get(other).tokens();
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
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
