package org.hearsight.datasets.occlude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.IntensityDirection;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.SeldCsv;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.core.taxonomy.ClassMap;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.datasets.run.FolderContents;
import org.hearsight.datasets.run.RunOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way on five small recordings, with videos that are made up on the fly. */
class OcclusionRunTest {
  private static final int SIZE = View.SIZE;

  @TempDir private static Path folder;
  private static Path data;
  private static ScenarioStore store;
  private static Map<String, JsonNode> draws;

  @BeforeAll
  static void run() throws IOException {
    data = folder.resolve("starss23");
    TinyStarss23.write(data);
    store = generate(config(24, 9, 18, 7), folder.resolve("store"));
    ObjectMapper json = new ObjectMapper();
    draws = new TreeMap<>();
    for (String line : Files.readAllLines(store.folder().resolve("draws.jsonl"))) {
      JsonNode draw = json.readTree(line);
      draws.put(draw.get("id").asText(), draw);
    }
  }

  private static OccludeConfig config(int train, int validation, int test, long seed) {
    return new OccludeConfig(
        data,
        null,
        new RunOptions(train, validation, test, seed, 2),
        ClassMap.starss23(),
        5,
        OccludeConfig.ACTIVE_SHARE);
  }

  private static ScenarioStore generate(OccludeConfig config, Path to) {
    return OcclusionRun.generate(config, to, TinyStarss23::video, Progress.SILENT);
  }

  @Test
  void splitsKeepToTheirRecordings() {
    assertThat(store.scenarios(Split.TRAIN)).hasSize(24);
    assertThat(store.scenarios(Split.VALIDATION)).hasSize(9);
    assertThat(store.scenarios(Split.TEST)).hasSize(18);
    assertThat(rooms(Split.TEST)).containsExactlyInAnyOrder("room8", "room23");
    Set<String> both = new HashSet<>(rooms(Split.TRAIN));
    both.retainAll(rooms(Split.VALIDATION));
    assertThat(both).isEmpty();
    assertThat(rooms(Split.VALIDATION)).isNotEmpty();
    assertThat(store.scenarios()).extracting(Scenario::id).doesNotHaveDuplicates();
  }

  private static Set<String> rooms(Split split) {
    return store.scenarios(split).stream()
        .map(s -> s.sources().get(0).originGroup().replaceAll("fold\\d_(room\\d+)_.*", "$1"))
        .collect(Collectors.toSet());
  }

  /** The turned sound comes from where the turned labels say. */
  @Test
  void soundAndLabelsTurnTogether() {
    IntensityDirection intensity = new IntensityDirection();
    int hazards = 0;
    for (Scenario s : store.scenarios()) {
      List<SeldEvent> labels = SeldCsv.read(store.resolve(s.files().labels()));
      assertThat(labels.isEmpty()).isEqualTo(s.isBackground());
      if (s.isBackground()) {
        continue;
      }
      hazards++;
      float[][] foa = Foa.read(store.resolve(s.files().audio())).channels();
      assertThat(foa[0]).hasSize(Foa.CLIP_SAMPLES);
      SeldEvent last = labels.get(labels.size() - 1);
      assertThat(last.frame()).isBetween(45, 49);
      assertThat(store.taxonomy().nameOf(last.classIndex())).isEqualTo(s.className());
      assertThat(last.direction().angleTo(s.location().direction())).isLessThan(0.8);
      assertThat(last.distance()).isCloseTo(s.location().distance(), within(1e-6));
      int from = last.frame() * Foa.LABEL_FRAME_SAMPLES;
      Direction heard = intensity.of(foa, from, from + Foa.LABEL_FRAME_SAMPLES);
      assertThat(heard.angleTo(s.location().direction())).as(s.id()).isLessThan(1);
      assertThat(s.apparent().angleTo(s.location().direction())).isLessThan(20);
    }
    assertThat(hazards).isGreaterThan(30);
  }

  @Test
  void everyCoverComesAndIsTrue() {
    Set<String> covers = new HashSet<>();
    for (Scenario s : store.scenarios()) {
      JsonNode draw = draws.get(s.id());
      if (s.isBackground() || !draw.get("picture").asBoolean()) {
        assertThat(s.visibility()).isZero();
        continue;
      }
      covers.add(draw.get("cover").asText());
      Direction d = s.location().direction();
      boolean inside = Math.abs(d.azimuth()) <= 36.1;
      assertThat(draw.get("cover").asText().equals("outside_view")).isEqualTo(!inside);
      if (draw.get("cover").asText().equals("occluded")) {
        assertThat(s.visibility()).isZero();
        int pixel = pixel(d);
        View view = StoredView.read(store, s);
        double axial = d.unit().x() * s.location().distance();
        assertThat((double) view.depth()[pixel]).isBetween(0.3, axial);
        assertThat(view.occlusion()[pixel]).isEqualTo(1);
      }
    }
    assertThat(covers).containsExactlyInAnyOrder("occluded", "partly", "visible", "outside_view");
  }

  private static int pixel(Direction d) {
    double y = Math.tan(Math.toRadians(d.azimuth()));
    double z = Math.tan(Math.toRadians(d.elevation())) / Math.cos(Math.toRadians(d.azimuth()));
    int row = (int) (SIZE / 2.0 * (1 - z));
    int column = (int) (SIZE / 2.0 * (1 - y));
    return row * SIZE + column;
  }

  /** Red tells the azimuth, green the time; what was pasted has neither. */
  @Test
  void thePictureShowsTheEndOfTheWindowInTheDirectionOfTheView() {
    int pictures = 0;
    int shown = 0;
    for (Scenario s : store.scenarios()) {
      JsonNode draw = draws.get(s.id());
      if (!draw.get("picture").asBoolean()) {
        continue;
      }
      pictures++;
      View view = StoredView.read(store, s);
      int right = 0;
      for (int column = 0; column < SIZE; column++) {
        double y = 1 - 2 * (column + 0.5) / SIZE;
        double azimuth = draw.get("look").asDouble() + Math.toDegrees(Math.atan(y));
        int pixel = SIZE / 2 * SIZE + column;
        boolean red = Math.abs(view.rgb()[pixel] * 255 - TinyStarss23.red(azimuth)) < 2.5;
        int green = TinyStarss23.green(draw.get("start").asDouble() + 4.95);
        boolean time = Math.round(view.rgb()[SIZE * SIZE + pixel] * 255) == green;
        right += red && time ? 1 : 0;
      }
      shown += right;
      assertThat(Arrays.stream(toDoubles(view.occlusion())).average().orElseThrow())
          .isCloseTo(s.occlusionLevel(), within(1e-6));
    }
    assertThat(pictures).isGreaterThan(35);
    // What is pasted may fill a row, but not everywhere.
    assertThat(shown).isGreaterThan(pictures * SIZE / 3);
  }

  private static double[] toDoubles(float[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i];
    }
    return out;
  }

  @Test
  void withoutVideoThereIsSoundAlone() {
    List<Scenario> blind =
        store.scenarios(Split.TEST).stream()
            .filter(s -> s.sources().get(0).originGroup().equals("fold4_room23_mix001"))
            .toList();
    assertThat(blind).isNotEmpty();
    for (Scenario s : blind) {
      assertThat(s.files().rgb()).isNull();
      assertThat(s.files().occlusion()).isNull();
      assertThat(s.occlusionLevel()).isEqualTo(1);
      assertThat(StoredView.read(store, s).isBlind()).isTrue();
    }
  }

  @Test
  void aStoppedRunGoesOnToTheSameBytes() throws IOException {
    OccludeConfig config = config(6, 2, 3, 3);
    Path parts = folder.resolve("parts");
    Progress stopping = new Stopping(4);
    assertThatThrownBy(() -> OcclusionRun.generate(config, parts, TinyStarss23::video, stopping))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(" of 11 scenarios; run the same command again");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(parts.resolve("scenarios.jsonl")).doesNotExist();

    generate(config, parts);

    Path whole = folder.resolve("whole");
    generate(config, whole);
    assertThat(FolderContents.of(parts)).isEqualTo(FolderContents.of(whole));
    assertThat(FolderContents.of(whole).keySet()).noneMatch(n -> n.contains(".partial"));
  }

  @Test
  void anyNumberOfWorkersGivesTheSameBytes() throws IOException {
    OccludeConfig two = config(6, 2, 3, 3);
    generate(two, folder.resolve("two"));
    OccludeConfig one =
        new OccludeConfig(
            data,
            null,
            new RunOptions(6, 2, 3, 3, 1),
            ClassMap.starss23(),
            5,
            OccludeConfig.ACTIVE_SHARE);
    generate(one, folder.resolve("one"));
    assertThat(FolderContents.of(folder.resolve("one")))
        .isEqualTo(FolderContents.of(folder.resolve("two")));
  }

  /** Interrupts its thread after some steps. */
  private static final class Stopping implements Progress {
    private final int after;
    private final AtomicInteger steps = new AtomicInteger();

    Stopping(int after) {
      this.after = after;
    }

    @Override
    public Task begin(String name, long total) {
      Thread main = Thread.currentThread();
      return amount -> {
        if (steps.incrementAndGet() == after) {
          main.interrupt();
        }
      };
    }

    @Override
    public void note(String line) {}
  }

  @Test
  void whatCannotBeMadeIsRefusedBeforeAnythingIsWritten() {
    Path to = folder.resolve("none");
    OccludeConfig sirens =
        new OccludeConfig(
            data,
            null,
            new RunOptions(4, 0, 0, 1, 1),
            new ClassMap("bells", null, Map.of("bell", "siren")),
            5,
            0.5);
    assertThatThrownBy(() -> generate(sirens, to))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no window of 5.0 s around a single labelled hazard for the train");
    assertThatThrownBy(
            () ->
                generate(
                    new OccludeConfig(
                        data.resolve("no"),
                        null,
                        new RunOptions(4, 0, 0, 1, 1),
                        ClassMap.starss23(),
                        5,
                        0.5),
                    to))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("foa_dev: is missing");
    assertThat(to).doesNotExist();
    assertThatThrownBy(() -> generate(config(24, 9, 18, 8), store.folder()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("seed: was 7, now 8");
  }

  @Test
  void aVideoThatEndsEarlyIsNamed() {
    assertThatThrownBy(
            () ->
                OcclusionRun.generate(
                    config(0, 0, 2, 1),
                    folder.resolve("short"),
                    file -> TinyStarss23.video(12),
                    Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("fold4_room8_mix001.mp4: length: 12.0 s, but the sound lasts 20.0 s");
  }

  @Test
  void aRecordingOfAnotherRateIsNamed() throws IOException {
    Path other = folder.resolve("48k");
    TinyStarss23.write(other);
    Path wav = other.resolve("foa_dev/dev-test-tau/fold4_room8_mix001.wav");
    Wav.write(wav, new Audio(48_000, new float[4][960_000]), Encoding.PCM_16);
    OccludeConfig config =
        new OccludeConfig(
            other,
            null,
            new RunOptions(0, 0, 2, 1, 1),
            ClassMap.starss23(),
            5,
            OccludeConfig.ACTIVE_SHARE);
    assertThatThrownBy(() -> generate(config, folder.resolve("none")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("mix001.wav: sample rate: 48000 Hz, expected 24000");
  }
}
