package org.hearsight.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Calibration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftMonitorTest {
  private static final Calibration.FittedOn SCENES =
      new Calibration.FittedOn("calibration", 80, 70, 1, "abc");

  @TempDir private Path folder;

  /** Scenes of normal numbers about 0, and what a damage adds to all of a sense. */
  private static List<Traits> scenes(long seed, int count, float sound, float sight) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Traits> scenes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      scenes.add(
          new Traits(
              drawn(random, Traits.SOUND, sound),
              drawn(random, Traits.SIGHT, sight),
              random.nextDouble()));
    }
    return scenes;
  }

  private static float[] drawn(SplittableRandom random, int count, float about) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian() + about;
    }
    return numbers;
  }

  private static DriftReference reference() {
    return DriftReference.of(scenes(1, 80, 0, 0), SCENES);
  }

  private static DriftMonitor monitor(double alpha) {
    return new DriftMonitor(reference(), DriftState.begin("a", alpha));
  }

  @Test
  void aChangeIsSaidToBeOfItsSenseAndStaysSaid() {
    DriftMonitor monitor = monitor(0.01);
    for (Traits scene : scenes(2, 40, 0, 0)) {
      assertThat(monitor.add(scene, "good").alarm()).isNull();
    }
    int bad = 0;
    for (Traits scene : scenes(3, 40, 0, 4)) {
      bad++;
      if (monitor.add(scene, "bad " + bad).alarm() != null) {
        break;
      }
    }
    assertThat(bad).isBetween(2, 20);
    DriftAlarm alarm = monitor.verdict().alarm();
    assertThat(alarm).isEqualTo(new DriftAlarm(40 + bad, "bad " + bad, DriftSense.SIGHT));
    assertThat(monitor.verdict().log10Martingale()).isGreaterThanOrEqualTo(2);
    assertThat(monitor.verdict().line())
        .startsWith("ALARM since clip " + (40 + bad) + " (bad " + bad + "), by its sight: ");

    for (Traits scene : scenes(4, 300, 0, 0)) {
      monitor.add(scene, "good again");
    }
    assertThat(monitor.verdict().alarm()).isEqualTo(alarm);
  }

  /** Over calibrations and clips together, as the bound has it. */
  @Test
  void whereNothingChangesFewRaiseAnAlarm() {
    int alarms = 0;
    int runs = 200;
    for (int run = 0; run < runs; run++) {
      DriftMonitor monitor =
          new DriftMonitor(
              DriftReference.of(scenes(1000 + run, 40, 0, 0), SCENES), DriftState.begin("a", 0.2));
      scenes(5000 + run, 60, 0, 0).forEach(scene -> monitor.add(scene, ""));
      alarms += monitor.verdict().alarm() == null ? 0 : 1;
    }
    // 40 expected at most, standard deviation under 6
    assertThat(alarms).isLessThan(58);
  }

  @Test
  void aTrialCountsAlarmsAndClipsUntilThem() {
    DriftReference reference = reference();
    List<Traits> good = scenes(7, 40, 0, 0);

    DriftTrial undamaged = DriftTrial.undamaged(reference, good);
    assertThat(undamaged.alarmed()).isLessThan(0.1);
    assertThat(undamaged.alarmedPooled()).isLessThanOrEqualTo(0.02);
    assertThat(undamaged.clips()).isNull();

    DriftTrial damaged = DriftTrial.damaged(reference, good, scenes(8, 40, 4, 0));
    assertThat(damaged.alarmed()).isEqualTo(1);
    assertThat(damaged.clips()).isBetween(2.0, 10.0);
    assertThat(damaged.clipsLater()).isBetween(2.0, 15.0);
    assertThat(damaged.alarmedPooled()).isNull();
  }

  @Test
  void twoCallsEndWhereOneDoes() throws IOException {
    DriftReference reference = reference();
    List<Traits> scenes = scenes(5, 30, 0.5f, 0);
    Path once = folder.resolve("once.json");
    try (DriftFile file = DriftFile.open(once, reference, "abc", null)) {
      scenes.forEach(scene -> file.monitor().add(scene, "clip"));
      file.write();
    }
    Path often = folder.resolve("often.json");
    for (Traits scene : scenes) {
      try (DriftFile file = DriftFile.open(often, reference, "abc", null)) {
        file.monitor().add(scene, "clip");
        file.write();
      }
    }
    assertThat(often).hasSameBinaryContentAs(once);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("once.json", "often.json");
  }

  @Test
  void filesOfOthersAreRefusedAndStay() throws IOException {
    Path file = folder.resolve("state.json");
    try (DriftFile first = DriftFile.open(file, reference(), "abc", 0.05)) {
      first.monitor().add(scenes(1, 1, 0, 0).get(0), "clip");
      first.write();
      assertThatThrownBy(() -> DriftFile.open(file, reference(), "abc", null))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("is being written by another process (monitor");
    }
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> DriftFile.open(file, reference(), "def", null))
        .hasMessage(
            file
                + ": model: is another one, or one that was calibrated otherwise; give another"
                + " file, or remove this one to begin anew");
    assertThatThrownBy(() -> DriftFile.open(file, reference(), "abc", 0.01))
        .hasMessageContaining("alpha: was begun with 0.05, not with 0.01");
    assertThatThrownBy(() -> DriftFile.open(file, null, "abc", null))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "--monitor: the model's card does not say what its calibration's scenes were like;"
                + " calibrate it anew: hearsight calibrate --drift-only --model MODEL --data DATA");
    assertThat(file).hasBinaryContent(before);

    Files.writeString(file, Files.readString(file).replace("\"clips\":1", "\"clips\":2"));
    assertThatThrownBy(() -> DriftFile.open(file, reference(), "abc", null))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("senses.sound: ")
        .hasMessageEndingWith("give another file, or remove this one to begin anew");
    Files.writeString(file, "{");
    assertThatThrownBy(() -> DriftFile.open(file, reference(), "abc", null))
        .isInstanceOf(InputException.class);
    assertThat(folder.toFile().list()).containsExactly("state.json");
  }
}
