package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.audio.IntensityDirection;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Starss23Layout;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.seld.SeldCsv;
import org.hearsight.core.seld.SeldEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --foa-format} of commands that read folders of recordings: signals of capsules, FuMa. */
class FoaFormatIT {
  private static final String MICROPHONE = "a-format:starss23-mic";

  @TempDir private Path folder;
  private Path recordings;

  @BeforeEach
  void write() throws IOException {
    recordings = folder.resolve("starss23");
    SmallRecordings.writeSounds(recordings);
  }

  /** The same recordings, as others would have them, in place of ours. */
  private void becomes(String words, String part) throws IOException {
    FoaFormat format = FoaFormat.of(words);
    Path ours = recordings.resolve(Starss23Layout.AUDIO);
    for (Path file : FolderListing.filesBelow(ours, ".wav")) {
      float[][] channels = format.fromFoa(Foa.read(file).channels());
      Files.delete(file);
      Path to = recordings.resolve(part).resolve(ours.relativize(file));
      Files.createDirectories(to.getParent());
      Wav.write(to, new Audio(Foa.SAMPLE_RATE, channels), Encoding.FLOAT_32);
    }
  }

  private Cli.Result occlude(String... more) {
    Object[] args = {
      "occlude",
      "--data",
      recordings,
      "--to",
      folder.resolve("store"),
      "--train",
      6,
      "--validation",
      2,
      "--test",
      4
    };
    return Cli.run(with(args, more));
  }

  private static Object[] with(Object[] args, String... more) {
    Object[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }

  /** Degrees between label and sound, the largest of all frames. */
  private double worst() {
    ScenarioStore store = ScenarioStore.open(folder.resolve("store"));
    double worst = 0;
    int frames = 0;
    for (Scenario s : store.scenarios()) {
      float[][] foa = Foa.read(store.resolve(s.files().audio())).channels();
      for (SeldEvent e : SeldCsv.read(store.resolve(s.files().labels()))) {
        int from = e.frame() * Foa.LABEL_FRAME_SAMPLES;
        Direction heard = new IntensityDirection().of(foa, from, from + Foa.LABEL_FRAME_SAMPLES);
        worst = Math.max(worst, heard.angleTo(e.direction()));
        frames++;
      }
    }
    assertThat(frames).isGreaterThan(100);
    return worst;
  }

  @Test
  void occlusionScenariosAreCutOutOfCapsules() throws IOException {
    becomes(MICROPHONE, Starss23Layout.CAPSULES);

    Cli.Result made = occlude("--foa-format", MICROPHONE);

    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(worst()).isLessThan(5);
  }

  @Test
  void capsulesAreNamedWhereNobodySaysSo() throws IOException {
    becomes(MICROPHONE, Starss23Layout.CAPSULES);
    for (Path empty : FolderListing.deepestFirst(recordings.resolve(Starss23Layout.AUDIO))) {
      Files.delete(empty);
    }

    Cli.Result refused = occlude();

    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.errLines())
        .singleElement()
        .asString()
        .contains("--foa-format " + MICROPHONE + " reads them");
    assertThat(folder.resolve("store")).doesNotExist();
  }

  @Test
  void fumaIsReadOnlyWhereSomebodySaysSo() throws IOException {
    becomes("fuma", Starss23Layout.AUDIO);

    Cli.Result made = occlude("--foa-format", "fuma");
    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(worst()).isLessThan(2);

    Cli.Result otherwise = occlude("--foa-format", "acn-n3d");
    assertThat(otherwise.exit()).isEqualTo(1);
    assertThat(otherwise.err()).contains("foa_format").hasLineCount(1);
  }

  @Test
  void anEncoderIsTrainedOnCapsules() throws IOException {
    becomes(MICROPHONE, Starss23Layout.CAPSULES);
    Object[] args = {
      "pretrain",
      "--data",
      recordings,
      "--to",
      folder.resolve("net"),
      "--epochs",
      "1",
      "--batch",
      "8",
      "--window",
      "2",
      "--no-swaps",
      "--threads",
      "1"
    };

    Cli.Result untold = Cli.run(args);
    assertThat(untold.exit()).isEqualTo(1);
    Cli.Result trained = Cli.run(with(args, "--foa-format", MICROPHONE));

    assertThat(trained.exit()).as(trained.err()).isZero();
    Cli.Result heard =
        Cli.run(
            "detect",
            "--seld",
            folder.resolve("net"),
            "--data",
            recordings,
            "--to",
            folder.resolve("heard"),
            "--foa-format",
            MICROPHONE,
            "--threads",
            "1");
    assertThat(heard.exit()).as(heard.err()).isZero();
    assertThat(folder.resolve("heard/dev-test-tau/fold4_room2_mix001.csv")).exists();
  }
}
