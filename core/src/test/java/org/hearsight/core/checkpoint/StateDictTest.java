package org.hearsight.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hearsight.core.checkpoint.Refusals.refusal;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.assertj.core.data.Offset;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateDictTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/torch_files");
  private static final int MUTATIONS = 500;
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "expected.safetensors, note",
    "zip.pth,",
    "legacy.pth,",
    "nested.pth, epoch",
  })
  void contentDecidesNotTheName(String name, String note) throws IOException {
    Path misnamed = Files.copy(GOLDEN.resolve(name), folder.resolve("weights.h5"));
    StateDict found = StateDict.read(misnamed);
    Safetensors expected = Safetensors.read(GOLDEN.resolve("expected.safetensors"));
    assertThat(found.path()).isEqualTo(misnamed);
    assertThat(found.require("f32", 3, 4).floats())
        .containsExactly(expected.require("f32", 3, 4).floats());
    if (note == null) {
      assertThat(found.notes()).isEmpty();
    } else {
      assertThat(found.notes()).containsKey(note);
    }
  }

  @Test
  void theHashIsOfTheWholeFile() throws IOException {
    assertThat(StateDict.read(GOLDEN.resolve("zip.pth")).sha256()).isEqualTo(ZIP_SHA256);
  }

  @Test
  void whatIsNoCheckpointIsCalledByItsName() throws IOException {
    Path file = folder.resolve("model.h5");
    assertThat(refusal(file)).isEqualTo("does not exist; check the path");
    assertThat(refusal(folder)).startsWith("is a folder, expected a file;");
    assertThat(refusal(with(file, "\u0089HDF\r\n\u001a\n and more")))
        .startsWith("is an HDF5 file, expected a PyTorch state_dict or a safetensors file");
    assertThat(refusal(with(file, "\u001f\u008b\b\0"))).startsWith("is compressed with gzip;");
    assertThat(refusal(with(file, "version https://git-lfs.github.com/spec/v1\n")))
        .startsWith("is a Git LFS pointer, not the file itself; fetch it with git lfs pull");
    assertThat(refusal(with(file, "\n<!DOCTYPE html><html>")))
        .startsWith("is a web page, not the file itself;");
    assertThat(refusal(with(file, "\u0080\u0004}."))).startsWith("is a bare Python pickle,");
    assertThat(refusal(with(file, "x"))).startsWith("is not a checkpoint,");
    assertThat(refusal(with(file, "PK\u0003\u0004"))).startsWith("is a cut or damaged zip");
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device), "no /dev/zero here");
    assertThat(refusal(device)).startsWith("is a pipe or a device, expected a regular file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expected.safetensors",
        "zip.pth",
        "legacy.pth",
        "nested.pth",
        "parameter.pth",
        "typed.pth",
        "averaged.pth",
        "lightning.pth",
        "odd.pth",
        "odd_legacy.pth"
      })
  void damagedFilesAreReadOrRefused(String name) throws IOException {
    byte[] good = Files.readAllBytes(GOLDEN.resolve(name));
    Path file = folder.resolve("x.pth");
    SplittableRandom random = new SplittableRandom(name.hashCode());
    fuzz(file, () -> Files.write(file, mutate(good, random)));
  }

  /** Archives guard their records with checksums, so mutations must get behind them. */
  @ParameterizedTest
  @ValueSource(strings = {"zip.pth", "nested.pth", "odd.pth", "odd_protocol4.pth"})
  void damagedPicklesAreReadOrRefused(String name) throws IOException {
    Map<String, byte[]> records = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(GOLDEN.resolve(name).toFile())) {
      for (ZipEntry e : Collections.list(zip.entries())) {
        records.put(e.getName(), zip.getInputStream(e).readAllBytes());
      }
    }
    String key = records.keySet().stream().filter(k -> k.endsWith("/data.pkl")).findFirst().get();
    byte[] good = records.get(key);
    Path file = folder.resolve("x.pth");
    SplittableRandom random = new SplittableRandom(name.hashCode() + 1);
    fuzz(
        file,
        () -> {
          records.put(key, mutate(good, random));
          Pickle.zip(file, records, ZipEntry.STORED);
        });
  }

  @Test
  void thePublishedBaselineIsReadWhole() {
    Path shared = shared();
    Path file = shared.resolve("checkpoints/dcase2024_foa_multiaccddoa.h5");
    assumeTrue(Files.exists(file), "the DCASE 2024 checkpoint is not at " + file);
    StateDict found = StateDict.read(file);
    assertThat(found.sha256())
        .isEqualTo("aef17c01091ea7afa5b1ee4300228d179736081dc5bc0b4b8861063e99434da1");
    assertThat(found.tensors()).hasSize(53);
    // Weights, batch-norm statistics and the three batch counters.
    assertThat(found.tensors().values().stream().mapToInt(Tensor::size).sum()).isEqualTo(742_559);
    found.tensors().forEach((name, t) -> found.require(name, t.shape()));
    found.require("conv_block_list.0.conv.weight", 64, 7, 3, 3);
    found.require("conv_block_list.6.bn.num_batches_tracked");
    found.require("gru.weight_ih_l1_reverse", 384, 256);
    float[] bias = found.require("fnn_list.1.bias", 156).floats();
    assertThat(Arrays.copyOf(bias, 3)).containsExactly(0.0007147629f, -0.031001987f, -0.008841887f);
    double sum = 0;
    for (float b : bias) {
      sum += b;
    }
    assertThat(sum).isEqualTo(6.8126800996105885, Offset.offset(1e-12));
  }

  /** The same network with a parameter as PyTorch 2 writes it. */
  @Test
  void thePublishedBaselineWithAttributesIsTheSame() {
    Path plain = shared().resolve("checkpoints/dcase2024_foa_multiaccddoa.h5");
    Path typed =
        shared().resolve("cases/13-torch2-parameter-with-attributes/t41_param_state_torch2.pth");
    assumeTrue(Files.exists(plain) && Files.exists(typed), "not at " + typed);
    Map<String, Tensor> expected = StateDict.read(plain).tensors();

    Map<String, Tensor> found = StateDict.read(typed).tensors();

    assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
    expected.forEach(
        (name, t) -> assertThat(found.get(name).doubles()).as(name).containsExactly(t.doubles()));
  }

  private static final String ZIP_SHA256 =
      "c219131b4d6be27d410c8e889abaad24ee8af6ade6985ee05949401bae1779bc";

  @FunctionalInterface
  private interface Writer {
    void write() throws IOException;
  }

  private static void fuzz(Path file, Writer writer) {
    int refused =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60),
            () -> {
              int count = 0;
              for (int i = 0; i < MUTATIONS; i++) {
                writer.write();
                try {
                  StateDict found = StateDict.read(file);
                  found.tensors().values().forEach(Tensor::isFinite);
                } catch (InputException e) {
                  Refusals.checkLine(file, e.getMessage());
                  count++;
                }
              }
              return count;
            });
    assertThat(refused).as("refused of " + MUTATIONS).isGreaterThan(MUTATIONS / 3);
  }

  private static byte[] mutate(byte[] good, SplittableRandom random) {
    byte[] bytes = good.clone();
    switch (random.nextInt(5)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> { // a run of one value: lengths and counts become extreme
        byte value = (byte) (random.nextBoolean() ? 0xff : random.nextInt(256));
        int from = random.nextInt(bytes.length);
        Arrays.fill(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(8)), value);
      }
      case 2 -> { // one part over another
        int length = 1 + random.nextInt(Math.min(64, bytes.length));
        int from = random.nextInt(bytes.length - length + 1);
        int to = random.nextInt(bytes.length - length + 1);
        System.arraycopy(good, from, bytes, to, length);
      }
      default -> {
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
    }
    return bytes;
  }

  private static Path with(Path file, String latin1) throws IOException {
    return Files.write(file, latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Files too large or not free to be committed: beside the checkout, or where the user says. */
  private static Path shared() {
    String named = System.getenv("HEARSIGHT_SHARED");
    if (named != null) {
      return Path.of(named);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path shared = at.resolveSibling("shared");
      if (Files.isDirectory(shared.resolve("golden"))) {
        return shared;
      }
    }
    return Path.of("../shared");
  }
}
