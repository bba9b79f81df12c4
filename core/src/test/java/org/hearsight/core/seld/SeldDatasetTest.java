package org.hearsight.core.seld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeldDatasetTest {
  @TempDir private Path folder;

  private void recording(String name, String labels) {
    sound(name + ".wav");
    AtomicFile.writeText(folder.resolve("metadata_dev/" + name + ".csv"), labels);
  }

  /** Half a second. */
  private void sound(String name) {
    Wav.write(
        folder.resolve("foa_dev/" + name),
        new Audio(Foa.SAMPLE_RATE, new float[Foa.CHANNELS][Foa.SAMPLE_RATE / 2]),
        Encoding.PCM_16);
  }

  @Test
  void starss23SetsRoomsApartForValidation() {
    for (int room = 1; room <= 8; room++) {
      for (int mix = 1; mix <= 5; mix++) {
        recording("dev-train-tau/fold3_room%d_mix%03d".formatted(room, mix), "0,6,0,30,-5,210\n");
      }
    }
    recording("dev-test-sony/fold4_room9_mix001", "");

    SeldDataset data = SeldDataset.open(folder);

    assertThat(data.classes()).isEqualTo(SeldDataset.STARSS23_CLASSES);
    assertThat(data.recordings(Split.TRAIN)).hasSize(35);
    assertThat(data.recordings(Split.TEST)).hasSize(1);
    assertThat(data.recordings(Split.VALIDATION))
        .hasSize(5)
        .allSatisfy(r -> assertThat(r.name()).contains("room8"));
    assertThat(data.validationNote()).isNull();
    SeldEvent event = data.events(data.recordings(Split.TRAIN).get(0)).get(0);
    assertThat(event.classIndex()).isEqualTo(6);
    assertThat(event.distance()).isEqualTo(2.1);
  }

  /** Rooms of 5 and 95 recordings gave 5 for training and 95 for validation. */
  @Test
  void theLargeRoomTrains() {
    for (int mix = 1; mix <= 100; mix++) {
      recording("dev-train-tau/fold3_room%d_mix%03d".formatted(mix <= 5 ? 1 : 2, mix), "");
    }
    SeldDataset data = SeldDataset.open(folder);
    assertThat(data.recordings(Split.TRAIN)).hasSize(95);
    assertThat(data.recordings(Split.VALIDATION))
        .hasSize(5)
        .allSatisfy(r -> assertThat(r.name()).contains("room1"));
    assertThat(data.validationNote()).isNull();
  }

  @Test
  void aSingleRoomIsDividedAndThatIsSaid() {
    for (int mix = 1; mix <= 30; mix++) {
      recording("dev-train-tau/fold3_room4_mix%03d".formatted(mix), "");
    }
    SeldDataset data = SeldDataset.open(folder);
    assertThat(data.recordings(Split.TRAIN)).hasSize(27);
    assertThat(data.recordings(Split.VALIDATION))
        .extracting(SeldDataset.Recording::name)
        .containsExactly(
            "dev-train-tau/fold3_room4_mix028",
            "dev-train-tau/fold3_room4_mix029",
            "dev-train-tau/fold3_room4_mix030");
    assertThat(data.validationNote()).contains("validation shares dev-train-tau/fold3_room4");
  }

  @Test
  void aScenarioStoresBackgroundIsNoClass() {
    recording("dev-train-sim/fold3_room1_mix0001", "0,2,0,0,0,100\n");
    recording("dev-validation-sim/fold5_room1_mix0001", "0,0,0,0,0,100\n");
    AtomicFile.writeText(
        folder.resolve("dataset.json"),
        "{\"taxonomy\": {\"name\": \"t\", \"classes\": [\"background\", \"siren\", \"dog\"]}}");

    SeldDataset data = SeldDataset.open(folder);

    assertThat(data.classes()).containsExactly("siren", "dog");
    assertThat(data.events(data.recordings(Split.TRAIN).get(0)).get(0).classIndex()).isEqualTo(1);
    assertThatThrownBy(() -> data.events(data.recordings(Split.VALIDATION).get(0)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("fold5_room1_mix0001.csv")
        .hasMessageContaining("class: 0");
  }

  @Test
  void labelsWithoutDistanceAreRefused() {
    recording("dev-train-sony/fold3_room1_mix001", "4,6,0,30,-5\n");
    SeldDataset data = SeldDataset.open(folder);

    SeldDataset.Recording r = data.recordings(Split.TRAIN).get(0);
    assertThat(data.events(r)).hasSize(1);
    assertThatThrownBy(() -> data.eventsWithDistance(r))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("fold3_room1_mix001.csv: frame 4: no distance");
  }

  @Test
  void anUnfinishedSetIsNeitherASmallerOneNorStarss23() {
    recording("dev-train-sim/fold3_room1_mix0001", "0,2,0,0,0,100\n");
    Path journal = folder.resolve(".unfinished/clips");
    AtomicFile.writeText(journal, "");
    assertThatThrownBy(() -> SeldDataset.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is an unfinished data set");
  }

  @Test
  void aSimulatorsPartWithoutItsHeaderIsNotStarss23() {
    recording("dev-test-room/fold4_room1_mix0001", "0,2,0,0,0,100\n");
    assertThatThrownBy(() -> SeldDataset.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("dataset.json: is missing, but dev-test-room is a simulator's");
  }

  @Test
  void halfANumberIsNotADistance() {
    recording("dev-test-room/fold4_room1_mix0001", "0,2,0,0,0,100\n1,2,0,0,0,1");
    AtomicFile.writeText(
        folder.resolve("dataset.json"),
        "{\"classes\": [\"a\", \"b\", \"c\"], \"generator\": {\"name\": \"hearsight-x\"}}");
    SeldDataset data = SeldDataset.open(folder);
    assertThatThrownBy(() -> data.events(data.recordings().get(0)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("fold4_room1_mix0001.csv: its last line is cut off");
  }

  @Test
  void anUnfinishedSetsLabelsAreNoReference() {
    recording("dev-train-sim/fold3_room1_mix0001", "0,2,0,0,0,100\n");
    AtomicFile.writeText(folder.resolve(".unfinished/run.json"), "{}");
    for (String inside : new String[] {"metadata_dev", "metadata_dev/dev-train-sim"}) {
      SeldFolders.Side side = new SeldFolders.Side(folder.resolve(inside), null, "--distance");
      assertThatThrownBy(
              () -> SeldFolders.read(side, side, SeldMetrics.DCASE_2024, SeldClasses.numbered(13)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("is an unfinished data set");
    }
  }

  @Test
  void endingsInCapitalsAreEndings() {
    sound("dev-train-sony/fold3_room1_mix001.WAV");
    AtomicFile.writeText(
        folder.resolve("metadata_dev/dev-train-sony/fold3_room1_mix001.CSV"), "0,6,0,30,-5,210\n");

    SeldDataset data = SeldDataset.open(folder);

    assertThat(data.events(data.recordings().get(0))).hasSize(1);
  }

  @Test
  void hiddenFoldersArePassedOver() {
    recording("dev-train-sony/fold3_room1_mix001", "");
    AtomicFile.writeText(folder.resolve("foa_dev/.ipynb_checkpoints/notes.txt"), "");
    recording("dev-train-sony/.ipynb_checkpoints/fold3_room9_mix001", "");
    AtomicFile.writeText(folder.resolve("metadata_dev/.ipynb_checkpoints/fold3_a.csv"), "");

    assertThat(SeldDataset.open(folder).recordings())
        .extracting(SeldDataset.Recording::name)
        .containsExactly("dev-train-sony/fold3_room1_mix001");
  }

  @Test
  void wholeMetresAreNotTakenForCentimetres() {
    for (int mix = 1; mix <= 3; mix++) {
      recording("dev-train-sony/fold3_room1_mix00" + mix, "0,6,0,30,-5,2\n1,6,0,31,-5,3\n");
    }
    SeldDataset data = SeldDataset.open(folder);

    assertThatThrownBy(() -> data.events(data.recordings().get(0)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("distance: may be metres or centimetres")
        .hasMessageContaining("first line: frame,class,source,azimuth,elevation,distance_m");

    String named = "frame,class,source,azimuth,elevation,distance_m\n0,6,0,30,-5,2\n";
    for (int mix = 1; mix <= 3; mix++) {
      recording("dev-train-sony/fold3_room1_mix00" + mix, named);
    }
    SeldDataset remedied = SeldDataset.open(folder);
    assertThat(remedied.events(remedied.recordings().get(0)).get(0).distance()).isEqualTo(2);
  }

  @Test
  void aLinkThatLeadsBackIsNamed() throws IOException {
    recording("dev-train-sony/fold3_room1_mix001", "");
    Path loop = folder.resolve("metadata_dev/dev-train-sony/again");
    Files.createSymbolicLink(loop, folder.resolve("metadata_dev"));

    assertThatThrownBy(() -> SeldDataset.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(loop + ": is a link that leads back to itself; remove the link");
  }

  @Test
  void halfAnUnpackingIsNamed() {
    recording("dev-train-sony/fold3_room1_mix001", "");
    AtomicFile.writeText(folder.resolve("foa_dev/dev-train-sony/._fold3_room1_mix001.wav"), "");
    AtomicFile.writeText(folder.resolve("foa_dev/dev-train-sony/fold3_room1_mix002.WAV"), "");
    AtomicFile.writeText(folder.resolve("metadata_dev/dev-train-sony/fold3_room1_mix002.csv"), "");
    assertThat(SeldDataset.open(folder).recordings()).hasSize(2);
    assertThatThrownBy(() -> SeldDataset.open(folder).required(Split.TEST))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("split test: holds no recording");

    Path labels = folder.resolve("metadata_dev/dev-train-tau/fold3_room2_mix001.csv");
    AtomicFile.writeText(labels, "");
    assertThatThrownBy(() -> SeldDataset.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(labels + ": has no recording of its name");
    recording("dev-train-tau/fold3_room2_mix001", "");
    recording("dev-train-tau/fold4_room2_mix001", "");
    assertThatThrownBy(() -> SeldDataset.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("fold4_room2_mix001.wav: its fold is for the test split");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> SeldDataset.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("foa_dev: is missing");
    AtomicFile.writeText(folder.resolve("foa_dev/dev-train-sony/fold3_room1_mix001.wav"), "");
    assertThatThrownBy(() -> SeldDataset.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("metadata_dev: is missing");
    AtomicFile.writeText(folder.resolve("metadata_dev/readme.txt"), "");
    assertThatThrownBy(() -> SeldDataset.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("fold3_room1_mix001.csv");
    AtomicFile.writeText(folder.resolve("foa_dev/more/fold3_room1_mix001.wav"), "");
    AtomicFile.writeText(folder.resolve("metadata_dev/dev-train-sony/fold3_room1_mix001.csv"), "");
    assertThatThrownBy(() -> SeldDataset.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("names no split");
  }
}
