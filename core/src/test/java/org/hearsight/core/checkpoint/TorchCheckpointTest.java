package org.hearsight.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hearsight.core.checkpoint.Pickle.entry;
import static org.hearsight.core.checkpoint.Pickle.floats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import org.hearsight.core.tensor.DType;
import org.hearsight.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchCheckpointTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/torch_files");
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"zip.pth", "legacy.pth", "nested.pth"})
  void everyWayOfSavingGivesTheSameTensors(String name) {
    Safetensors expected = Safetensors.read(GOLDEN.resolve("expected.safetensors"));
    TorchCheckpoint found = TorchCheckpoint.read(GOLDEN.resolve(name));
    assertThat(found.tensors().keySet()).containsExactlyElementsOf(expected.tensors().keySet());
    expected
        .tensors()
        .forEach(
            (key, e) -> {
              Tensor t = found.tensors().get(key);
              assertThat(t.doubles()).as(key).containsExactly(e.doubles());
              int[] shape = key.equals("scalar") ? new int[0] : e.shape();
              assertThat(t.shape()).as(key).containsExactly(shape);
              DType type =
                  switch (key) {
                    case "f16" -> DType.F16;
                    case "bf16" -> DType.BF16;
                    default -> e.dtype();
                  };
              assertThat(t.dtype()).as(key).isEqualTo(type);
            });
    boolean nested = name.equals("nested.pth");
    assertThat(found.ignored())
        .isEqualTo(
            nested
                ? Map.of("epoch", "7", "optimizer", "a dict of 2", "arch", "\"seldnet\"")
                : Map.of());
  }

  @Test
  void parametersAreTensors() {
    Safetensors expected = Safetensors.read(GOLDEN.resolve("expected.safetensors"));
    TorchCheckpoint found = TorchCheckpoint.read(GOLDEN.resolve("parameter.pth"));
    assertThat(found.tensors()).containsOnlyKeys("w");
    assertThat(found.require("w", 3, 4).floats())
        .containsExactly(expected.require("f32", 3, 4).floats());
  }

  @ParameterizedTest
  @ValueSource(strings = {"odd.pth", "odd_protocol4.pth", "odd_legacy.pth"})
  void trainingCheckpointsGiveTheirModelAndListTheRest(String name) {
    TorchCheckpoint found = TorchCheckpoint.read(GOLDEN.resolve(name));
    assertThat(found.tensors().keySet())
        .containsExactly(
            "0.weight",
            "0.bias",
            "1.weight",
            "1.bias",
            "1.running_mean",
            "1.running_var",
            "1.num_batches_tracked",
            "i16",
            "i8",
            "expanded",
            "strided",
            "channels_last");
    assertThat(found.require("0.weight", 3, 2, 3, 3).floats()).containsExactly(ramp(54));
    assertThat(found.require("1.running_var", 3).floats()).containsExactly(1, 1, 1);
    assertThat(found.require("1.num_batches_tracked").longs()).containsExactly(0);
    assertThat(found.require("i16", 3).longs()).containsExactly(-32768, 0, 32767);
    assertThat(found.require("i8", 2).longs()).containsExactly(-128, 127);
    assertThat(found.require("expanded", 2, 3).floats())
        .containsExactly(1.5f, 1.5f, 1.5f, -2, -2, -2);
    assertThat(found.require("strided", 2, 2, 3).longs())
        .containsExactly(1, 5, 9, 13, 17, 21, 2, 6, 10, 14, 18, 22);
    assertThat(found.require("channels_last", 2, 3, 2, 2).floats()).containsExactly(ramp(24));
    assertThat(found.ignored())
        .containsEntry("epoch", "7")
        .containsEntry("best", "0.25")
        .containsEntry("name", "\"odd\"")
        .containsEntry("none", "None")
        .containsEntry("optimizer", "a dict of 2")
        .containsEntry("dtype", "torch.float32")
        .containsEntry("device", "torch.device")
        .containsEntry("rng", "a tensor")
        .containsEntry("groups", "a dict of 1")
        .hasSize(14);
  }

  @Test
  void wrappersAndPrefixesAreSeenThrough() throws IOException {
    byte[] nested =
        entry("model")
            .ops("}")
            .text("state_dict")
            .ops("}")
            .text("module._orig_mod.a")
            .tensor("Float", "0", 2, 0, new long[] {2}, new long[] {1})
            .ops("s")
            .text("module._orig_mod.b")
            .tensor("Float", "0", 2, 1, new long[0], new long[0])
            .ops("sss")
            .stop();
    Path file = Pickle.zip(folder.resolve("x.pth"), nested, floats(3, 4));
    TorchCheckpoint found = TorchCheckpoint.read(file);
    assertThat(found.require("a", 2).floats()).containsExactly(3, 4);
    assertThat(found.require("b").floats()).containsExactly(4);
  }

  @ParameterizedTest
  @CsvSource({
    "typed.pth, best, a NumPy value",
    "averaged.pth, n_averaged, a tensor beside the network",
    "lightning.pth, criterion.weight, a tensor beside the network"
  })
  void whatTrainingPutAroundTheNetworkIsTakenOff(String name, String note, String text) {
    TorchCheckpoint found = TorchCheckpoint.read(GOLDEN.resolve(name));
    assertThat(found.tensors().keySet())
        .containsExactly(
            "0.weight",
            "0.bias",
            "1.weight",
            "1.bias",
            "1.running_mean",
            "1.running_var",
            "1.num_batches_tracked");
    assertThat(found.require("0.weight", 3, 2, 3, 3).floats()).containsExactly(ramp(54));
    assertThat(found.require("1.weight", 3).floats()).containsExactly(ramp(3));
    assertThat(found.ignored()).containsEntry(note, text);
  }

  /** Any wrappers in any order, before all names or within them. */
  @Test
  void prefixesAreTakenOffHoweverTheyNest() {
    SplittableRandom random = new SplittableRandom(1);
    String[] wrappers = {"module.", "_orig_mod.", "model.", "net.", "_forward_module."};
    for (int round = 0; round < 200; round++) {
      StringBuilder prefix = new StringBuilder();
      for (int depth = random.nextInt(5); depth > 0; depth--) {
        prefix.append(wrappers[random.nextInt(wrappers.length)]);
      }
      Tensor t = Tensor.of(new float[] {1}, 1);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      tensors.put(prefix + "conv.weight", t);
      tensors.put(prefix + "gru._orig_mod.weight", t);
      tensors.put(prefix + "gru._fsdp_wrapped_module.bias", t);
      Map<String, String> notes = new LinkedHashMap<>();
      if (random.nextBoolean()) {
        tensors.put(prefix.substring(0, prefix.indexOf(".") + 1) + "n_averaged", t);
      }
      boolean counted = tensors.size() == 4;

      assertThat(Wrappers.takeOff(tensors, notes).keySet())
          .as(prefix.toString())
          .containsExactly("conv.weight", "gru.weight", "gru.bias");
      assertThat(notes.size()).as(prefix.toString()).isEqualTo(counted ? 1 : 0);
    }
  }

  @Test
  void twoNetworksAreNotOne() {
    Tensor t = Tensor.of(new float[] {1}, 1);
    Map<String, Tensor> two = new LinkedHashMap<>();
    two.put("model.weight", t);
    two.put("net.weight", t);
    Map<String, Tensor> same = Map.of("gru._orig_mod.weight", t, "gru.weight", t);
    Map<String, String> notes = new LinkedHashMap<>();

    assertThat(Wrappers.takeOff(two, notes)).isEqualTo(two);
    assertThat(Wrappers.takeOff(same, notes)).isEqualTo(same);
    assertThat(notes).isEmpty();
  }

  @Test
  void aConfigurationNamedModelDoesNotHideTheTensors() throws IOException {
    byte[] pickle =
        entry("model")
            .ops("}")
            .text("layers")
            .number(3)
            .ops("ss")
            .text("w")
            .tensor("Float", "0", 2, 0, new long[] {2}, new long[] {1})
            .ops("s")
            .stop();
    TorchCheckpoint found =
        TorchCheckpoint.read(Pickle.zip(folder.resolve("x.pth"), pickle, floats(3, 4)));
    assertThat(found.tensors()).containsOnlyKeys("w");
    assertThat(found.ignored()).containsExactly(Map.entry("model", "a dict of 1"));
  }

  @Test
  void python2WroteOrderedDictsAsPairs() throws IOException {
    byte[] pickle =
        new Pickle()
            .global("collections", "OrderedDict")
            .ops("](]")
            .op('U', 1, 'w')
            .ops("a")
            .tensor("Float", "0", 2, 0, new long[] {2}, new long[] {1})
            .ops("ae")
            .op(0x85)
            .ops("R")
            .stop();
    TorchCheckpoint found =
        TorchCheckpoint.read(Pickle.zip(folder.resolve("x.pth"), pickle, floats(3, 4)));
    assertThat(found.require("w", 2).floats()).containsExactly(3, 4);
  }

  @Test
  void bigEndianRecordsAreTurned() throws IOException {
    byte[] pickle =
        entry("f")
            .tensor("Float", "0", 2, 0, new long[] {2}, new long[] {1})
            .ops("s")
            .text("i")
            .tensor("Short", "1", 2, 0, new long[] {2}, new long[] {1})
            .ops("s")
            .text("b")
            .tensor("Byte", "2", 3, 0, new long[] {3}, new long[] {1})
            .ops("s")
            .stop();
    Map<String, byte[]> records =
        Pickle.records(
            pickle,
            ByteBuffer.allocate(8).putFloat(1.5f).putFloat(-2).array(),
            ByteBuffer.allocate(4).putShort((short) 258).putShort((short) -2).array(),
            new byte[] {1, 2, 3});
    records.put("archive/byteorder", "big".getBytes(StandardCharsets.US_ASCII));
    Path file = Pickle.zip(folder.resolve("big.pth"), records, ZipEntry.STORED);
    TorchCheckpoint found = TorchCheckpoint.read(file);
    assertThat(found.require("f", 2).floats()).containsExactly(1.5f, -2);
    assertThat(found.require("i", 2).longs()).containsExactly(258, -2);
    assertThat(found.require("b", 3).longs()).containsExactly(1, 2, 3);
    records.put("archive/byteorder", "middle".getBytes(StandardCharsets.US_ASCII));
    Pickle.zip(file, records, ZipEntry.STORED);
    assertThat(Refusals.refusal(file)).startsWith("byteorder is neither little nor big");
  }

  @Test
  void theResultLeavesTheFileAlone() throws IOException {
    Path copy = Files.copy(GOLDEN.resolve("zip.pth"), folder.resolve("copy.pth"));
    TorchCheckpoint found = TorchCheckpoint.read(copy);
    Files.delete(copy);
    assertThat(found.require("f32", 3, 4).isFinite()).isTrue();
  }

  private static float[] ramp(int n) {
    float[] values = new float[n];
    IntStream.range(0, n).forEach(i -> values[i] = i / 8f);
    return values;
  }
}
