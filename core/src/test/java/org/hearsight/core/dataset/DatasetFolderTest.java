package org.hearsight.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.SeldDataset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFolderTest {
  private static final String WAV = "foa_dev/dev-test-sim/fold4_room1_mix1.wav";
  private static final String CSV = "metadata_dev/dev-test-sim/fold4_room1_mix1.csv";

  @TempDir private Path folder;

  @BeforeEach
  void write() {
    Audio one = new Audio(Foa.SAMPLE_RATE, new float[Foa.CHANNELS][1]);
    Wav.write(folder.resolve(WAV), one, Encoding.PCM_16);
    AtomicFile.writeText(folder.resolve(CSV), "0,0,0,10,0,120\n");
    TreeMap<String, String> data = new TreeMap<>();
    for (String name : List.of(WAV, CSV)) {
      data.put(name, Sha256.of(folder.resolve(name)));
    }
    ObjectNode header = new ObjectMapper().createObjectNode();
    header.putArray("classes").add("siren");
    header.putObject("generator").put("name", "hearsight-test");
    DatasetFolder.write(
        folder, header, Map.of(Split.TEST, 1), new TreeMap<>(Map.of("draws.jsonl", "{}\n")), data);
  }

  @Test
  void whatIsWrittenIsWhatIsThere() {
    DatasetFolder read = DatasetFolder.open(folder);
    assertThat(read.files()).containsExactlyInAnyOrder("dataset.json", "draws.jsonl", WAV, CSV);
    assertThat(read.requireAll(Progress.SILENT)).isEqualTo(4);
    assertThat(read.file(CSV)).isEqualTo(folder.resolve(CSV));
    assertThat(read.header().at("/counts/test").asInt()).isEqualTo(1);
    read.requireCounts(Map.of(Split.TEST, 1L));
    SeldDataset data = SeldDataset.open(folder);
    assertThat(data.events(data.recordings().get(0)).get(0).distance()).isEqualTo(1.2);
  }

  @Test
  void theListIsOneSha256sumTakes() throws IOException, InterruptedException {
    Path tool = Path.of("/usr/bin/sha256sum");
    assumeThat(tool).exists();
    Process process =
        new ProcessBuilder(tool.toString(), "--strict", "--quiet", "-c", "files.sha256")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  /** Any bit of header, lists and checksums; the data when they are read. */
  @Test
  void noFlippedBitPasses() throws IOException {
    for (String name : List.of("dataset.json", "draws.jsonl", "files.sha256", WAV, CSV)) {
      Path file = folder.resolve(name);
      byte[] good = Files.readAllBytes(file);
      for (int bit = 0; bit < 8 * good.length; bit += 3 + bit % 11) {
        byte[] bad = good.clone();
        bad[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(file, bad);
        assertThatThrownBy(() -> DatasetFolder.open(folder).requireAll(Progress.SILENT))
            .as("%s, bit %d", name, bit)
            .isInstanceOf(InputException.class)
            .hasMessageNotContaining("\n");
      }
      Files.write(file, good);
    }
  }

  @Test
  void whatIsLostIsNamed() throws IOException {
    for (String name : List.of("files.sha256", "draws.jsonl")) {
      byte[] good = Files.readAllBytes(folder.resolve(name));
      for (int length : new int[] {0, 1, good.length / 2, good.length - 1}) {
        Files.write(folder.resolve(name), java.util.Arrays.copyOf(good, length));
        assertThatThrownBy(() -> DatasetFolder.open(folder))
            .as("%s of %d bytes", name, length)
            .isInstanceOf(InputException.class)
            .hasMessageStartingWith(folder.resolve("").toString());
      }
      Files.delete(folder.resolve(name));
      assertThatThrownBy(() -> DatasetFolder.open(folder))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(folder.resolve(name) + ": is missing");
      Files.write(folder.resolve(name), good);
    }
    Files.delete(folder.resolve(WAV));
    Files.delete(folder.resolve(CSV));
    assertThatThrownBy(() -> DatasetFolder.open(folder).requireAll(Progress.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(WAV + " is missing")
        .hasMessageContaining(CSV + " is missing");
  }

  /** As where labels of a data set are the truth that others are scored with. */
  @Test
  void filesOfAPartAreCheckedWhoeverReadsThem() throws IOException {
    Path labels = folder.resolve("metadata_dev");
    Path file = folder.resolve(CSV);
    DatasetFolder.requireWholeAround(labels, ".csv");
    DatasetFolder.requireWholeAround(labels.resolve("dev-test-sim"), ".csv");
    Files.writeString(folder.resolve(WAV), "another sound, which is not read");
    DatasetFolder.requireWholeAround(labels, ".csv");
    Files.writeString(file, "0,0,0,10,0,920\n");
    for (Path part : List.of(folder, labels, labels.resolve("dev-test-sim"))) {
      assertThatThrownBy(() -> DatasetFolder.requireWholeAround(part, ".csv"))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(file.toString())
          .hasMessageContaining("is not as it was when the data set was made");
    }
    Files.delete(file);
    assertThatThrownBy(() -> DatasetFolder.requireWholeAround(labels, ".csv"))
        .hasMessageContaining("is missing");
  }

  @Test
  void recordingsThatCameOrWentAreNamed() throws IOException {
    AtomicFile.writeText(folder.resolve(WAV.replace("mix1", "mix2")), "more");
    AtomicFile.writeText(folder.resolve(CSV.replace("mix1", "mix2")), "");
    assertThatThrownBy(() -> SeldDataset.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("mix2.wav: is not one of the data set's files (files.sha256)");
    Files.delete(folder.resolve(WAV));
    Files.delete(folder.resolve(CSV));
    assertThatThrownBy(() -> SeldDataset.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("mix1.wav: is missing");
  }

  @Test
  void namesThatLeadOutAreRefused() throws IOException {
    Path list = folder.resolve("files.sha256");
    Files.writeString(list, Files.readString(list).replace(WAV, "../" + WAV));
    assertThatThrownBy(() -> DatasetFolder.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("does not stay inside");
  }

  @Test
  void foldersFromElsewhereHaveNothingToCheck(@TempDir Path other) {
    AtomicFile.writeText(other.resolve("dataset.json"), "{\"classes\": [\"a\"]}");
    AtomicFile.writeText(other.resolve("a.wav"), "any");
    DatasetFolder read = DatasetFolder.open(other);
    assertThat(read.requireAll(Progress.SILENT)).isZero();
    assertThat(read.file("a.wav")).isEqualTo(other.resolve("a.wav"));
    read.requireCounts(Map.of(Split.TRAIN, 9L));
  }
}
