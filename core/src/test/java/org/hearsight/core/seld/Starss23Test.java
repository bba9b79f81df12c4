package org.hearsight.core.seld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files in the data set's exact layout. */
class Starss23Test {
  private static final String TRAIN = "dev-train-sony/fold3_room21_mix001";
  private static final String TEST = "dev-test-tau/fold4_room2_mix003";

  @TempDir Path root;

  @BeforeEach
  void write() throws IOException {
    recording(TRAIN, 2.0, "0,8,0,-30,10,120\n19,6,1,180,-5,300\n");
    recording(TEST, 1.0, "0,1,0,10,0\n");
    Files.createDirectories(root.resolve("video_dev/dev-test-tau"));
    Files.createFile(root.resolve("video_dev/" + TEST + ".mp4"));
  }

  @Test
  void recordingsWithSplitAndRoomAndVideo() {
    SeldDataset data = SeldDataset.openStarss23(root);

    assertThat(data.recordings())
        .extracting(SeldDataset.Recording::stem)
        .containsExactly("fold4_room2_mix003", "fold3_room21_mix001");
    SeldDataset.Recording train = data.recordings(Split.TRAIN).get(0);
    assertThat(train.site()).isEqualTo("sony");
    assertThat(train.room()).isEqualTo(21);
    assertThat(train.video()).isNull();
    assertThat(train.frames()).isEqualTo(20);
    assertThat(train.sound().channels()).hasDimensions(4, 48_000);
    SeldDataset.Recording test = data.recordings(Split.TEST).get(0);
    assertThat(test.video()).isEqualTo(root.resolve("video_dev/" + TEST + ".mp4"));
    assertThat(data.recordings(Split.VALIDATION)).isEmpty();
    assertThat(data.classes()).isEqualTo(SeldDataset.STARSS23_CLASSES).hasSize(13);
  }

  @Test
  void labelsOf2023And2022And2025() throws IOException {
    SeldEvent event = events(Split.TRAIN).get(1);
    assertThat(event.frame()).isEqualTo(19);
    assertThat(SeldDataset.STARSS23_CLASSES.get(event.classIndex())).isEqualTo("footsteps");
    assertThat(event.azimuth()).isEqualTo(180);
    assertThat(event.distance()).isCloseTo(3, within(1e-9));
    assertThat(events(Split.TEST).get(0).hasDistance()).isFalse();
    labels(TRAIN, "frame,class,source,azimuth,distance,onscreen\n4,12,0,40,155,1\n");
    assertThat(events(Split.TRAIN)).containsExactly(new SeldEvent(4, 12, 0, 40, 0, 1.55));
    labels(TRAIN, "");
    assertThat(events(Split.TRAIN)).isEmpty();
  }

  @Test
  void endingsInCapitalsAreEndings() throws IOException {
    for (String file : new String[] {"foa_dev/%s.wav", "metadata_dev/%s.csv", "video_dev/%s.mp4"}) {
      Path path = root.resolve(file.formatted(TEST));
      String name = path.toString();
      int dot = name.lastIndexOf('.');
      Files.move(
          path, Path.of(name.substring(0, dot) + name.substring(dot).toUpperCase(Locale.ROOT)));
    }

    SeldDataset data = SeldDataset.openStarss23(root);
    SeldDataset.Recording r = data.recordings(Split.TEST).get(0);

    assertThat(r.stem()).isEqualTo("fold4_room2_mix003");
    assertThat(data.events(r)).hasSize(1);
    assertThat(r.video()).isNotNull();
  }

  @Test
  void aLinkThatLeadsBackIsNamed() throws IOException {
    Path loop = root.resolve("metadata_dev/dev-test-tau/again");
    Files.createSymbolicLink(loop, root.resolve("metadata_dev"));

    refused(() -> SeldDataset.openStarss23(root), loop + ": is a link that leads back to itself");
  }

  @Test
  void missingPiecesAreNamed() throws IOException {
    Path empty = Files.createDirectories(root.resolve("empty"));
    refused(() -> SeldDataset.openStarss23(empty), "foa_dev: is missing; unpack foa_dev.zip");
    Files.createDirectories(empty.resolve("mic_dev"));
    refused(
        () -> SeldDataset.openStarss23(empty), "mic_dev is there, but holds microphone signals");
    Files.createDirectories(empty.resolve("foa_dev"));
    refused(
        () -> SeldDataset.openStarss23(empty), "metadata_dev: is missing; unpack metadata_dev.zip");
    Files.createDirectories(empty.resolve("metadata_dev"));
    refused(() -> SeldDataset.openStarss23(empty), "foa_dev: holds no recording");

    FoaFormat microphone = FoaFormat.of("a-format:starss23-mic");
    refused(
        () -> SeldDataset.openStarss23(root, microphone),
        "mic_dev: is missing; unpack mic_dev.zip");

    Files.delete(root.resolve("metadata_dev/" + TRAIN + ".csv"));
    refused(
        () -> SeldDataset.openStarss23(root),
        "fold3_room21_mix001.csv: is missing, but fold3_room21_mix001.wav is there");
    labels(TRAIN, "");
    labels("dev-train-tau/fold3_room4_mix001", "");
    refused(
        () -> SeldDataset.openStarss23(root),
        "fold3_room4_mix001.csv: has no recording of its name");
  }

  @Test
  void videosThatAreMissingOrMisplacedAreNamed() throws IOException {
    recording("dev-train-sony/fold3_room4_mix001", 1.0, "");
    assertThat(SeldDataset.openStarss23(root).withoutVideo())
        .as("mix001 of room 21 never had one")
        .extracting(SeldDataset.Recording::stem)
        .containsExactly("fold3_room4_mix001");
    Path copy = root.resolve("video_dev/dev-test-tau/fold4_room2_mix003 (1).mp4");
    Files.createFile(copy);
    refused(
        () -> SeldDataset.openStarss23(root),
        "fold4_room2_mix003 (1).mp4: has no recording of its name");
  }

  @Test
  void whatIsOutOfPlaceIsNamed() throws IOException {
    Path stray = root.resolve("foa_dev/dev-train-sony/readme.txt");
    Files.createFile(stray);
    refused(
        () -> SeldDataset.openStarss23(root),
        "readme.txt: is not called as foldF_roomR_mixNNN.wav");
    Files.delete(stray);
    Files.createFile(root.resolve("foa_dev/dev-train-sony/.DS_Store"));
    SeldDataset.openStarss23(root);

    Path wrong = root.resolve("foa_dev/dev-test-tau/fold3_room4_mix001.wav");
    Files.createFile(wrong);
    refused(
        () -> SeldDataset.openStarss23(root),
        "its fold is for the train split, its folder for test");
    Files.delete(wrong);
    Path other = root.resolve("foa_dev/dev-train-sony/fold5_room4_mix001.wav");
    Files.createFile(other);
    refused(() -> SeldDataset.openStarss23(root), "fold: 5, expected 3 (training) or 4 (test)");
    Files.delete(other);
    Files.createDirectories(root.resolve("foa_dev/dev-train-sim"));
    refused(() -> SeldDataset.openStarss23(root), "dev-train-sim: is not a part of STARSS23");
  }

  @Test
  void wrongSoundIsNamed() {
    SeldDataset data = SeldDataset.openStarss23(root);
    SeldDataset.Recording r = data.recordings(Split.TRAIN).get(0);
    Wav.write(r.audio(), new Audio(24_000, new float[2][4800]), Encoding.PCM_16);
    refused(() -> data.events(r), "fold3_room21_mix001.wav: channels: 2, expected 4");
    refused(r::sound, "channels: 2, expected 4");
  }

  @Test
  void wrongLabelsAreNamed() throws IOException {
    SeldDataset data = SeldDataset.openStarss23(root);
    SeldDataset.Recording r = data.recordings(Split.TRAIN).get(0);
    labels(TRAIN, "3,13,0,0,0,100\n");
    refused(
        () -> data.events(r), "fold3_room21_mix001.csv: class: 13 in frame 3, expected 0 to 12");
    labels(TRAIN, "21,3,0,0,0,100\n");
    refused(
        () -> data.events(r), "frame: 21 lies after the end of the audio (20 frames of 100 ms)");
    labels(TRAIN, "3,3,0,0,95,100\n");
    refused(() -> data.events(r), "fold3_room21_mix001.csv, line 1: elevation: 95.0");
  }

  private List<SeldEvent> events(Split split) {
    SeldDataset data = SeldDataset.openStarss23(root);
    return data.events(data.recordings(split).get(0));
  }

  private static void refused(ThrowingCallable call, String text) {
    assertThatThrownBy(call).isInstanceOf(InputException.class).hasMessageContaining(text);
  }

  private void recording(String name, double seconds, String labels) throws IOException {
    Wav.write(
        root.resolve("foa_dev/" + name + ".wav"),
        new Audio(24_000, new float[4][(int) (seconds * 24_000)]),
        Encoding.PCM_16);
    labels(name, labels);
  }

  private void labels(String name, String text) throws IOException {
    Path file = root.resolve("metadata_dev/" + name + ".csv");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
