package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.progress.Progress;
import org.hearsight.learning.loop.TrainingLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training that was stopped, finished, damaged or begun otherwise. */
class ResumedTrainingIT extends TinyTraining {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aStoppedRunGoesOnToTheSameBytes(int epoch) {
    Run whole = new Run(CONFIG, "whole");
    TrainingLoop.Trained<EpochRecord> expected = whole.go(false, Progress.SILENT);
    assertThatThrownBy(() -> new Run(CONFIG, "stopped").go(false, stopAfter(epoch)))
        .isInstanceOf(CancellationException.class);

    Run resumed = new Run(CONFIG, "stopped");
    List<String> notes = new ArrayList<>();
    TrainingLoop.Trained<EpochRecord> trained = resumed.go(true, Progress.notes(notes::add));

    assertThat(notes.get(0)).isEqualTo("going on after epoch " + epoch + " of 4");
    assertThat(notes).hasSize(1 + 4 - epoch);
    assertThat(trained).isEqualTo(expected);
    assertSame(resumed.model.save(), whole.model.save());
    assertSame(resumed.encoder.save(), whole.encoder.save());
    assertThat(TrainingRun.folder(folder.resolve("stopped")).state())
        .hasSameBinaryContentAs(TrainingRun.folder(folder.resolve("whole")).state());
  }

  @Test
  void aFinishedRunResumedIsTheSameAgain() {
    Run whole = new Run(CONFIG, "whole");
    TrainingLoop.Trained<EpochRecord> expected = whole.go(false, Progress.SILENT);

    Run again = new Run(CONFIG, "whole");

    assertThat(again.go(true, Progress.SILENT)).isEqualTo(expected);
    assertSame(again.model.save(), whole.model.save());
  }

  @Test
  void anotherRunIsNotOverwrittenNorMixedUp() {
    new Run(CONFIG, "run").go(false, Progress.SILENT);

    assertThat(refusal(CONFIG, false, "made up"))
        .contains("holds a run already")
        .contains("--resume");
    assertThat(refusal(CONFIG.withSchedule(6, 2, 3), true, "made up"))
        .contains("config: the run was started with other options");
    assertThat(refusal(CONFIG, true, "other data")).contains("fingerprint: ");
  }

  @Test
  void aMapsRunOnFeaturesOfAnotherVersionIsRefusedByName() {
    String begun = TrainingRun.begunOn("made up", LocationForm.MAP, 1);
    new Run(CONFIG, "run").go(false, Progress.SILENT, begun);

    assertThat(refusal(CONFIG, true, TrainingRun.begunOn("made up", LocationForm.MAP, 2)))
        .contains("fingerprint: ", "(made up, place features 1)");
    assertThat(new Run(CONFIG, "run").go(true, Progress.SILENT, begun).history()).hasSize(4);
    assertThat(TrainingRun.begunOn("made up", LocationForm.SPHERICAL, 1)).isEqualTo("made up");
  }

  private String refusal(TrainConfig config, boolean resume, String fingerprint) {
    InputException e =
        catchThrowableOfType(
            InputException.class,
            () -> new Run(config, "run").go(resume, Progress.SILENT, fingerprint));
    Path state = TrainingRun.folder(folder.resolve("run")).state();
    assertThat(e).hasMessageStartingWith(state + ": ");
    assertThat(e.getMessage()).contains("; ").doesNotContain("\n");
    return e.getMessage();
  }

  @Test
  void aDamagedStateIsRefused() throws IOException {
    new Run(CONFIG, "run").go(false, Progress.SILENT);
    Path state = TrainingRun.folder(folder.resolve("run")).state();
    byte[] bytes = Files.readAllBytes(state);

    Files.write(state, Arrays.copyOf(bytes, bytes.length / 2));
    refusal(CONFIG, true, "made up");
    Files.write(state, new byte[0]);
    refusal(CONFIG, true, "made up");
  }

  /**
   * One scene, one step an epoch, and weights that stand still: what differs from epoch to epoch is
   * what dropout leaves out.
   */
  @Test
  void masksDifferFromEpochToEpochButNotOnResuming() {
    TrainConfig still =
        withRates(
            CONFIG.withSchedule(1, 3, 0).withShares(0, 0, 0).with("data.train_scenes", 1),
            1e-30,
            1e-30,
            1e-30);
    List<EpochRecord> whole = new Run(still, "whole").go(false, Progress.SILENT).history();
    assertThat(whole.stream().map(r -> r.validation().total()).distinct()).hasSize(1);
    assertThat(whole.stream().map(r -> r.train().total()).distinct()).hasSize(3);

    assertThatThrownBy(() -> new Run(still, "stopped").go(false, stopAfter(1)))
        .isInstanceOf(CancellationException.class);
    assertThat(new Run(still, "stopped").go(true, Progress.SILENT).history()).isEqualTo(whole);
  }

  @Test
  void oneFlippedBitOfTheStateIsRefusedAndTheRemedyWorks() throws IOException {
    new Run(CONFIG, "run").go(false, Progress.SILENT);
    Path state = TrainingRun.folder(folder.resolve("run")).state();
    byte[] good = Files.readAllBytes(state);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 50; i++) {
      byte[] bad = good.clone();
      // The first ones in the header, where another name, shape or history would be read.
      int at = i < 25 ? random.nextInt(3000) : random.nextInt(bad.length);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(state, bad);

      assertThat(refusal(CONFIG, true, "made up"))
          .endsWith("; delete it and give the command without --resume to train anew");
    }

    Files.delete(state);
    new Run(CONFIG, "run").go(false, Progress.SILENT);
    assertThat(state).hasBinaryContent(good);
  }

  @Test
  void aStateOfAnotherVersionIsRefused() {
    new Run(CONFIG, "run").go(false, Progress.SILENT);
    Path state = TrainingRun.folder(folder.resolve("run")).state();
    Safetensors before = Safetensors.read(state);
    Map<String, String> about = new HashMap<>(before.metadata());
    about.remove("version");
    Safetensors.write(state, before.tensors(), about);

    assertThat(refusal(CONFIG, true, "made up"))
        .contains("version: 1, expected 3")
        .endsWith("; delete it and give the command without --resume to train anew");
  }

  /** Killed between the two files, and nothing left to train. */
  @Test
  void theTableOfEpochsIsMendedOnResuming() throws IOException {
    new Run(CONFIG, "run").go(false, Progress.SILENT);
    Path table = TrainingRun.folder(folder.resolve("run")).table();
    byte[] whole = Files.readAllBytes(table);
    Files.delete(table);

    new Run(CONFIG, "run").go(true, Progress.SILENT);

    assertThat(table).hasBinaryContent(whole);
  }
}
