package org.hearsight.datasets.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.progress.Progress;
import org.hearsight.datasets.run.FolderContents;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.sound.SoundUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorTest {
  private static final SimulatorConfig SMALL = SimulatorConfig.of(10, 2, 2, 42).withWorkers(2);

  @TempDir Path folder;

  @Test
  void writesAFinishedStore() throws IOException {
    Path out = folder.resolve("new/store");
    ScenarioStore store = Simulator.generate(SMALL, out, Progress.SILENT);
    assertThat(ScenarioStore.open(out).scenarios()).hasSize(14);
    assertThat(store.scenarios(Split.TRAIN)).hasSize(10);
    assertThat(store.scenarios(Split.TRAIN).stream().map(Scenario::className).distinct())
        .hasSize(10);
    assertThat(store.scenarios().stream().map(Scenario::id).distinct()).hasSize(14);
    assertThat(out.resolve(".unfinished")).doesNotExist();
    assertThat(Files.readAllLines(out.resolve("draws.jsonl"))).hasSize(14);
    for (Scenario s : store.scenarios()) {
      Audio audio = Foa.read(store.resolve(s.files().audio()));
      assertThat(audio.samples()).isEqualTo(Foa.CLIP_SAMPLES);
      double energy = 0;
      for (float v : audio.channels()[0]) {
        energy += (double) v * v;
        assertThat(Math.abs(v)).isLessThan(0.999f);
      }
      assertThat(energy).isPositive();
      assertThat(s.scene().obstacles()).isNotEmpty();
      assertThat(s.sources()).isNotEmpty();
      labelsFollowThePath(store, s);
    }
    assertThat(SceneSummary.of(store)).contains("background", "apparent direction, hidden");
    assertThat(SceneSummary.of(store)).contains("street_corner", "receding", "level alone");
  }

  @Test
  void picturesOnlyAreThePicturesOfTheWholeStore() throws IOException {
    SimulatorConfig few = SimulatorConfig.of(4, 1, 0, 42).withWorkers(2);
    ScenarioStore whole = Simulator.generate(few, folder.resolve("whole"), Progress.SILENT);
    Path out = folder.resolve("pictures");
    ScenarioStore store = Simulator.generate(few.withPicturesOnly(), out, Progress.SILENT);

    assertThat(Simulator.generate(few.withPicturesOnly(), out, Progress.SILENT).scenarios())
        .hasSize(5);
    assertThat(out.resolve("foa_dev")).doesNotExist();
    for (int i = 0; i < 5; i++) {
      Scenario with = whole.scenarios().get(i);
      Scenario without = store.scenarios().get(i);
      assertThat(without.location()).isEqualTo(with.location());
      assertThat(without.visibility()).isEqualTo(with.visibility());
      for (String name : List.of(with.files().rgb(), with.files().depth())) {
        assertThat(out.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
      }
    }
    assertThat(SceneSummary.of(store)).contains("distance, metres");
    assertThatThrownBy(() -> ScenarioStore.open(out))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("files.audio: missing");
    assertThatThrownBy(() -> Simulator.generate(few, out, Progress.SILENT))
        .hasMessageContaining("sounds: was none");
  }

  private static void labelsFollowThePath(ScenarioStore store, Scenario s) throws IOException {
    List<String> lines = Files.readAllLines(store.resolve(s.files().labels()));
    if (s.isBackground()) {
      assertThat(lines).isEmpty();
      assertThat(s.apparent()).isNull();
      assertThat(s.visibility()).isZero();
      assertThat(s.scene().path()).isEmpty();
      return;
    }
    assertThat(lines).isNotEmpty();
    double height = s.location().point().z();
    double[] first = s.scene().path().get(0);
    double[] last = s.scene().path().get(s.scene().path().size() - 1);
    assertThat(last[0]).isCloseTo(s.location().point().x(), within(0.01));
    assertThat(last[1]).isCloseTo(s.location().point().y(), within(0.01));
    int before = -1;
    for (String line : lines) {
      double[] cells = Stream.of(line.split(",")).mapToDouble(Double::parseDouble).toArray();
      assertThat(cells).hasSize(6);
      assertThat(cells[0]).isGreaterThan(before).isLessThan(50);
      before = (int) cells[0];
      assertThat((int) cells[1]).isEqualTo(store.taxonomy().classes().indexOf(s.className()));
      double share = (cells[0] + 0.5) / 50;
      double x = first[0] + share * (last[0] - first[0]);
      double y = first[1] + share * (last[1] - first[1]);
      double distance = Math.sqrt(x * x + y * y + height * height);
      assertThat(cells[5] / 100).isCloseTo(distance, within(0.02));
      Direction truth =
          new Direction(
              Math.toDegrees(Math.atan2(y, x)), Math.toDegrees(Math.asin(height / distance)));
      assertThat(new Direction(cells[3], cells[4]).angleTo(truth)).isLessThan(1);
    }
  }

  @Test
  void theSameSeedGivesTheSameBytesWhateverTheWorkers() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    Path other = folder.resolve("other");
    Simulator.generate(SMALL.withWorkers(1), one, Progress.SILENT);
    Simulator.generate(SMALL.withWorkers(3), two, Progress.SILENT);
    Simulator.generate(SimulatorConfig.of(2, 0, 0, 43), other, Progress.SILENT);
    Map<String, String> bytes = FolderContents.of(one);
    assertThat(bytes).hasSize(4 + 14 * 5).isEqualTo(FolderContents.of(two));
    assertThat(Files.readString(other.resolve("scenarios.jsonl")).lines().findFirst())
        .isNotEqualTo(Files.readString(one.resolve("scenarios.jsonl")).lines().findFirst());
  }

  @Test
  void recordingsGiveTheSameBytesWhereverTheirFolderLies() throws IOException {
    Map<String, String> before = null;
    for (String name : new String[] {"here", "elsewhere"}) {
      Path sounds = folder.resolve(name);
      for (int i = 0; i < 4; i++) {
        hum(sounds.resolve("engine/" + i + ".wav"), i);
      }
      SimulatorConfig config = SimulatorConfig.of(0, 0, 10, 3).withSounds(sounds);
      Path out = folder.resolve(name + "-store");
      ScenarioStore store = Simulator.generate(config, out, Progress.SILENT);
      assertThat(store.scenarios().stream().flatMap(s -> s.sources().stream()))
          .anyMatch(s -> s.name().startsWith("engine/"));
      Map<String, String> bytes = FolderContents.of(out);
      assertThat(before == null || before.equals(bytes)).isTrue();
      before = bytes;
    }
  }

  /** With generated sounds and with recordings. */
  @Test
  void calibrationLeavesTheOtherSplitsAsTheyAre() throws IOException {
    Path sounds = folder.resolve("sounds");
    for (int i = 0; i < 12; i++) {
      hum(sounds.resolve("engine/" + i + ".wav"), i);
    }
    for (SimulatorConfig config : List.of(SMALL, SMALL.withSounds(sounds))) {
      String name = config.sounds() == null ? "generated" : "recorded";
      Path without = folder.resolve(name + "-without");
      Path with = folder.resolve(name + "-with");
      Simulator.generate(config, without, Progress.SILENT);
      ScenarioStore store = Simulator.generate(config.withCalibration(10), with, Progress.SILENT);
      Map<String, String> before = FolderContents.of(without);
      Map<String, String> after = FolderContents.of(with);
      assertThat(after).hasSize(before.size() + 10 * 5);
      for (String list : List.of("scenarios.jsonl", "draws.jsonl")) {
        assertThat(Files.readString(with.resolve(list)))
            .startsWith(Files.readString(without.resolve(list)));
        before.remove(list);
      }
      before.keySet().removeAll(List.of("dataset.json", "files.sha256"));
      assertThat(after).containsAllEntriesOf(before);
      assertThat(Files.readString(without.resolve("dataset.json"))).doesNotContain("calibration");
      assertThat(store.header().counts()).containsEntry("calibration", 10);
      List<Scenario> own = store.scenarios(Split.CALIBRATION);
      assertThat(own).hasSize(10).allMatch(s -> s.id().startsWith("fold6_"));
      assertThat(own.stream().map(Scenario::className).distinct()).hasSize(10);
      assertThat(own.stream().map(Scenario::seed))
          .doesNotContainAnyElementsOf(
              store.scenarios(Split.TRAIN).stream().map(Scenario::seed).toList());
    }
    assertThatThrownBy(
            () ->
                Simulator.generate(
                    SMALL.withCalibration(3), folder.resolve("generated-without"), Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("calibration: was none, now 3");
  }

  private static void hum(Path file, int pitch) {
    float[] hum = new float[24000];
    for (int n = 0; n < hum.length; n++) {
      hum[n] = (float) (0.2 * Math.sin(n * (0.05 + 0.01 * pitch)));
    }
    Wav.write(file, new Audio(24000, new float[][] {hum}), Encoding.PCM_16);
  }

  @Test
  void aStoppedRunGoesOnAndEndsTheSame() throws IOException {
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    SimulatorConfig config = SimulatorConfig.of(6, 0, 0, 9).withWorkers(1);
    Simulator.generate(config, whole, Progress.SILENT);
    assertThatThrownBy(() -> Simulator.generate(config, parts, stopAfter(3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("stopped");
    assertThatThrownBy(() -> ScenarioStore.open(parts)).isInstanceOf(InputException.class);
    AtomicInteger steps = new AtomicInteger();
    long before = Files.getLastModifiedTime(parts.resolve("rgb/" + firstPicture(whole))).toMillis();
    Simulator.generate(config, parts, counting(steps));
    assertThat(steps).hasValue(6);
    assertThat(Files.getLastModifiedTime(parts.resolve("rgb/" + firstPicture(whole))).toMillis())
        .isEqualTo(before);
    assertThat(FolderContents.of(parts)).isEqualTo(FolderContents.of(whole));
  }

  @Test
  void anInterruptedRunSaysSoAndGoesOn() {
    Path out = folder.resolve("interrupted");
    SimulatorConfig config = SimulatorConfig.of(6, 0, 0, 9).withWorkers(1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Simulator.generate(config, out, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("of 6 scenarios")
        .hasMessageContaining("again");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Simulator.generate(config, out, Progress.SILENT).scenarios()).hasSize(6);
  }

  @Test
  void aFinishedStoreIsOpenedAsItIs() throws IOException {
    SimulatorConfig config = SimulatorConfig.of(1, 0, 0, 5);
    Path out = folder.resolve("done");
    Simulator.generate(config, out, Progress.SILENT);
    Map<String, String> before = FolderContents.of(out);
    AtomicInteger steps = new AtomicInteger();
    assertThat(Simulator.generate(config, out, counting(steps)).scenarios()).hasSize(1);
    assertThat(steps).hasValue(0);
    assertThat(FolderContents.of(out)).isEqualTo(before);
  }

  @Test
  void anotherConfigurationIsRefused() {
    Path out = folder.resolve("taken");
    Simulator.generate(SimulatorConfig.of(1, 0, 0, 5), out, Progress.SILENT);
    assertThatThrownBy(
            () -> Simulator.generate(SimulatorConfig.of(2, 0, 0, 5), out, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("train: was 1, now 2");
    assertThatThrownBy(
            () -> Simulator.generate(SimulatorConfig.of(1, 0, 0, 6), out, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("seed: was 5, now 6");
  }

  @Test
  void foreignFoldersAndFilesAreRefusedUntouched() throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Files.writeString(photos.resolve("cat.jpg"), "cat");
    Path file = Files.writeString(folder.resolve("file"), "text");
    SimulatorConfig config = SimulatorConfig.of(1, 0, 0, 5);
    assertThatThrownBy(() -> Simulator.generate(config, photos, Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("not empty");
    assertThat(FolderContents.of(photos)).hasSize(1);
    for (Path bad : List.of(file, file.resolve("below"))) {
      assertThatThrownBy(() -> Simulator.generate(config, bad, Progress.SILENT))
          .isInstanceOf(InputException.class)
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void badConfigurationsNameTheField() {
    assertThatThrownBy(() -> SimulatorConfig.of(-1, 0, 0, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("train: -1");
    assertThatThrownBy(() -> SimulatorConfig.of(0, 0, 0, 1))
        .hasMessageContaining("train + validation + test: 0");
    assertThatThrownBy(() -> SimulatorConfig.of(1, 0, 0, 1).withWorkers(0))
        .hasMessageContaining("workers: 0");
    assertThatThrownBy(
            () ->
                new SimulatorConfig(
                    RunOptions.of(1, 0, 0, 0, 1), Setting.BOTH, null, SoundUse.ALL, 0.25, false))
        .hasMessageContaining("clip-seconds: 0.25");
  }

  private static String firstPicture(Path store) throws IOException {
    String id = ScenarioStore.open(store).scenarios().get(0).id();
    return id + ".png";
  }

  private static Progress stopAfter(int count) {
    return counting(new AtomicInteger(), count);
  }

  private static Progress counting(AtomicInteger steps) {
    return counting(steps, Integer.MAX_VALUE);
  }

  private static Progress counting(AtomicInteger steps, int stopAt) {
    return new Progress() {
      @Override
      public Task begin(String name, long total) {
        return amount -> {
          if (steps.addAndGet((int) amount) >= stopAt) {
            throw new IllegalStateException("stopped");
          }
        };
      }

      @Override
      public void note(String line) {}
    };
  }
}
