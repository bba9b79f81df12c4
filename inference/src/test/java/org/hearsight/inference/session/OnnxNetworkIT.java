package org.hearsight.inference.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.DType;
import org.hearsight.core.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxNetworkIT {
  private static OnnxNetwork seldNet;

  @BeforeAll
  static void open() {
    seldNet = OnnxNetwork.open(Fixtures.file("seldnet.onnx"), 1);
  }

  @AfterAll
  static void close() {
    seldNet.close();
  }

  @Test
  void runMatchesPyTorch() {
    Map<String, Tensor> expected = Fixtures.expected("seldnet");
    Map<String, Tensor> actual = seldNet.run(Map.of("input", expected.get("input")));
    assertThat(actual).containsOnlyKeys("encoder");
    assertThat(actual.get("encoder").shape()).containsExactly(3, 5, 8);
    Fixtures.assertClose(actual.get("encoder").floats(), expected.get("encoder").floats());
  }

  @Test
  void floatsMatchTensors() {
    Tensor input = Fixtures.expected("seldnet").get("input");
    Tensor expected = seldNet.run(Map.of("input", input)).get("encoder");
    FloatBatch batch = FloatBatch.of(split(input), 2, 25, 64);
    float[] actual = seldNet.runFloats(Map.of("input", batch), "encoder").get("encoder");
    assertThat(actual).isEqualTo(expected.floats());
  }

  @Test
  void onlyWantedOutputsComeBack() {
    Map<String, Tensor> expected = Fixtures.expected("resnet");
    try (OnnxNetwork resNet = OnnxNetwork.open(Fixtures.file("resnet.onnx"), 2)) {
      Map<String, Tensor> actual = resNet.run(Map.of("input", expected.get("input")), "pooled");
      assertThat(actual).containsOnlyKeys("pooled");
      Fixtures.assertClose(actual.get("pooled").floats(), expected.get("pooled").floats());
      assertThat(resNet.outputs().keySet()).containsExactly("features", "pooled");
    }
  }

  @Test
  void portsTellNamesTypesAndShapes() {
    OnnxPort input = seldNet.inputs().get("input");
    assertThat(input.dtype()).isEqualTo(DType.F32);
    assertThat(input.sizes()).containsExactly(-1, 2, -1, 64);
    assertThat(input.shapeText()).isEqualTo("[batch, 2, frames, 64]");
    assertThat(seldNet.metadata()).isEmpty();
  }

  @Test
  void graphFromMemoryIsTheSame() throws IOException {
    byte[] bytes = Files.readAllBytes(Fixtures.file("seldnet.onnx"));
    Map<String, Tensor> expected = Fixtures.expected("seldnet");
    try (OnnxNetwork network = OnnxNetwork.open(bytes, "memory", 1)) {
      float[] actual = network.run(Map.of("input", expected.get("input"))).get("encoder").floats();
      Fixtures.assertClose(actual, expected.get("encoder").floats());
    }
  }

  @Test
  void missingFileIsRefused(@TempDir Path folder) {
    assertRefused(() -> OnnxNetwork.open(folder.resolve("no.onnx"), 1), "no.onnx: does not exist");
    assertRefused(() -> OnnxNetwork.open(folder, 1), "is a folder, expected a file");
  }

  @Test
  void fileOfAnotherKindIsRefusedInOneLine(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("text.onnx"), "not\na\ngraph\n".repeat(50));
    assertRefused(() -> OnnxNetwork.open(file, 1), "text.onnx: cannot be loaded: ");
    assertRefused(() -> OnnxNetwork.open(new byte[0], "nothing", 1), "nothing: cannot be loaded: ");
  }

  @Test
  void truncatedFileIsRefused(@TempDir Path folder) throws IOException {
    byte[] bytes = Files.readAllBytes(Fixtures.file("seldnet.onnx"));
    Path file = Files.write(folder.resolve("half.onnx"), Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(() -> OnnxNetwork.open(file, 1), "half.onnx: cannot be loaded: ");
  }

  @Test
  void wrongInputsAreRefused() {
    Tensor good = Fixtures.expected("seldnet").get("input");
    assertRefused(() -> seldNet.run(Map.of("audio", good)), "inputs: [audio] given; give [input]");
    assertRefused(() -> seldNet.run(Map.of()), "inputs: [] given");
    assertRefused(
        () -> seldNet.run(Map.of("input", good, "more", good)), "inputs: [input, more] given");
    assertRefused(
        () -> seldNet.run(Map.of("input", Tensor.of(new float[7 * 64], 1, 7, 1, 64))),
        "input 'input': shape [1, 7, 1, 64], expected [batch, 2, frames, 64]");
    assertRefused(
        () -> seldNet.run(Map.of("input", Tensor.of(new float[64], 64))),
        "input 'input': shape [64], expected [batch, 2, frames, 64]");
    assertRefused(
        () -> seldNet.run(Map.of("input", Tensor.of(new long[3200], 1, 2, 25, 64))),
        "input 'input': type I64, expected F32");
  }

  @Test
  void freeDimensionsOfOneNameMustAgree() {
    Map<String, Tensor> expected = Fixtures.expected("wide");
    try (OnnxNetwork wide = OnnxNetwork.open(Fixtures.file("wide.onnx"), 1)) {
      Tensor left = expected.get("left");
      float[] sum =
          wide.run(Map.of("left", left, "right", expected.get("right"))).get("sum").floats();
      Fixtures.assertClose(sum, expected.get("sum").floats());
      Tensor two = Tensor.of(new float[32], 2, 16);
      assertRefused(
          () -> wide.run(Map.of("left", left, "right", two)),
          "input 'right': shape [2, 16], but another input's 'batch' is 3");
    }
  }

  @Test
  void emptyBatchIsRefusedAndDoesNotEndTheProcess() {
    assertRefused(
        () -> seldNet.run(Map.of("input", Tensor.of(new float[0], 0, 2, 25, 64))),
        "input 'input': shape [0, 2, 25, 64] has no elements");
  }

  @Test
  void unknownOutputIsRefused() {
    Tensor good = Fixtures.expected("seldnet").get("input");
    assertRefused(
        () -> seldNet.run(Map.of("input", good), "tokens"),
        "output 'tokens': not in the graph, which has [encoder]");
  }

  @Test
  void threadsMustBePositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OnnxNetwork.open(Fixtures.file("seldnet.onnx"), 0));
  }

  @Test
  void closedNetworkDoesNotRun() {
    OnnxNetwork network = OnnxNetwork.open(Fixtures.file("seldnet.onnx"), 1);
    network.close();
    network.close();
    Tensor good = Fixtures.expected("seldnet").get("input");
    assertThatIllegalStateException()
        .isThrownBy(() -> network.run(Map.of("input", good)))
        .withMessageContaining("is closed");
  }

  @Test
  void threadsMayShareANetwork() throws Exception {
    Tensor input = Fixtures.expected("seldnet").get("input");
    List<Tensor> clips = new ArrayList<>();
    List<float[]> expected = new ArrayList<>();
    for (float[] clip : split(input)) {
      clips.add(Tensor.of(clip, 1, 2, 25, 64));
      expected.add(
          seldNet.run(Map.of("input", clips.get(clips.size() - 1))).get("encoder").floats());
    }
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> answers = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        Tensor clip = clips.get(i % 3);
        answers.add(pool.submit(() -> seldNet.run(Map.of("input", clip)).get("encoder").floats()));
      }
      for (int i = 0; i < 60; i++) {
        assertThat(answers.get(i).get()).isEqualTo(expected.get(i % 3));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * Each run takes in 1 MiB and gives 2 MiB: 300 of them would leave 600 MiB behind if results were
   * kept, and 300 sessions still more. 16 MiB are left to the allocators.
   */
  @Test
  @Tag("memory")
  void memoryDoesNotGrow() throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.exists(status), "needs /proc/self/status");
    try (OnnxNetwork wide = OnnxNetwork.open(Fixtures.file("wide.onnx"), 1)) {
      runAndOpen(wide, 50);
      long before = residentMegabytes(status);
      runAndOpen(wide, 300);
      assertThat(residentMegabytes(status) - before).as("MiB more").isLessThan(16);
    }
  }

  private static void runAndOpen(OnnxNetwork wide, int times) {
    Tensor rows = Tensor.of(new float[8192 * 16], 8192, 16);
    for (int i = 0; i < times; i++) {
      assertThat(wide.run(Map.of("left", rows, "right", rows)).get("sum").size())
          .isEqualTo(8192 * 64);
      try (OnnxNetwork fresh = OnnxNetwork.open(Fixtures.file("resnet.onnx"), 1)) {
        assertThat(fresh.inputs()).containsOnlyKeys("input");
      }
      if (i % 10 == 9) {
        System.gc(); // or the Java heap's own growth hides what is measured
      }
    }
  }

  private static long residentMegabytes(Path status) throws IOException {
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("no VmRSS in " + status);
  }

  private static List<float[]> split(Tensor clips) {
    float[] all = clips.floats();
    int count = clips.shape()[0];
    int each = all.length / count;
    List<float[]> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(Arrays.copyOfRange(all, i * each, (i + 1) * each));
    }
    return items;
  }

  private static void assertRefused(Runnable action, String problem) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(action::run)
        .withMessageContaining(problem)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(500));
  }
}
