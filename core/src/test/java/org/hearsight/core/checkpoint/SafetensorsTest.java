package org.hearsight.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.DType;
import org.hearsight.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/golden/torch_files/expected.safetensors");
  @TempDir Path folder;

  @Test
  void readsWhatTheReferenceWrote() {
    Safetensors s = Safetensors.read(GOLDEN);
    assertThat(s.metadata()).containsExactly(Map.entry("note", "f16 and bf16 widened to f32"));
    assertThat(s.tensors().keySet()).startsWith("f32", "f64", "f16").endsWith("empty");
    assertThat(s.require("i64", 3).longs()).hasSize(3);
    assertThat(s.require("empty", 0, 3).size()).isZero();
    assertThat(s.require("transposed", -1, 4).shape()).containsExactly(6, 4);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("z \"quoted\" \u00e9", Tensor.of(new float[] {1, -2, 3.5f, 0, 5, 6}, 2, 3));
    for (DType type : DType.values()) {
      ByteBuffer data = ByteBuffer.allocate(3 * type.bytes());
      for (int i = 0; i < data.capacity(); i++) {
        data.put(i, (byte) (17 * i + 1));
      }
      tensors.put(type.name(), new Tensor(type, new int[] {3, 1}, data));
    }
    tensors.put("scalar", Tensor.of(new long[] {-7}));
    tensors.put("empty", Tensor.of(new float[0], 4, 0));
    Path file = folder.resolve("deep/t.safetensors");
    Safetensors.write(file, tensors, Map.of("b", "2", "a", "line\nbreak"));
    Safetensors s = Safetensors.read(file);
    assertThat(s.path()).isEqualTo(file);
    assertThat(s.metadata()).containsExactly(Map.entry("a", "line\nbreak"), Map.entry("b", "2"));
    assertThat(s.tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
    tensors.forEach(
        (name, t) -> {
          Tensor found = s.tensors().get(name);
          assertThat(found.dtype()).as(name).isEqualTo(t.dtype());
          assertThat(found.shape()).as(name).containsExactly(t.shape());
          assertThat(found.bytes()).as(name).isEqualTo(t.bytes());
        });
    assertThat(s.require("scalar").longs()).containsExactly(-7);
  }

  @Test
  void theSameTensorsGiveTheSameAlignedBytes() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("bytes", new Tensor(DType.U8, new int[] {3}, ByteBuffer.allocate(3)));
    tensors.put("w", Tensor.of(new float[] {1, 2}, 2));
    tensors.put("n", Tensor.of(new long[] {9}));
    Path a = folder.resolve("a");
    Path b = folder.resolve("b");
    Safetensors.write(a, tensors, Map.of("x", "1", "y", "2", "z", "3"));
    Safetensors.write(b, tensors, new LinkedHashMap<>(Map.of("z", "3", "y", "2", "x", "1")));
    assertThat(a).hasSameBinaryContentAs(b);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(a)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.getLong() % 8).isZero();
    String header =
        StandardCharsets.UTF_8.decode(bytes.slice(8, (int) bytes.getLong(0))).toString();
    assertThat(header.strip())
        .isEqualTo(
            "{\"__metadata__\":{\"x\":\"1\",\"y\":\"2\",\"z\":\"3\"},"
                + "\"bytes\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[16,19]},"
                + "\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]},"
                + "\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Safetensors.write(a, Map.of("__metadata__", tensors.get("w")), Map.of()));
    assertThat(a).as("untouched by the failure").hasSameBinaryContentAs(b);
  }

  @Test
  void requireNamesFileTensorAndShapes() {
    Path file = folder.resolve("w.safetensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("conv.weight", Tensor.of(new float[6], 2, 3));
    tensors.put("bad", Tensor.of(new float[] {1, Float.NaN}, 2));
    tensors.put("worse", Tensor.of(new float[] {Float.NEGATIVE_INFINITY}));
    Safetensors.write(file, tensors, Map.of());
    Safetensors s = Safetensors.read(file);
    assertRefused(
        () -> s.require("conv.weight", 2, -1, 3),
        file
            + ": tensor \"conv.weight\" has shape [2, 3], expected [2, any, 3];"
            + " use a checkpoint of this architecture and size");
    assertRefused(
        () -> s.require("conv.bias", 2),
        file
            + ": tensor \"conv.bias\" is missing, found \"conv.weight\", \"bad\", \"worse\";"
            + " use a checkpoint of this architecture");
    assertRefused(
        () -> s.require("bad", 2),
        file
            + ": tensor \"bad\" [2] holds NaN or infinity;"
            + " give finite numbers; of a training that diverged, an earlier checkpoint");
    assertRefused(
        () -> s.require("worse"),
        file
            + ": tensor \"worse\" [] holds NaN or infinity;"
            + " give finite numbers; of a training that diverged, an earlier checkpoint");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} extra | header is not JSON: Unrecognized token
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}        | header is not JSON: Unexpected end
          {"a":1}                                                      | tensor "a": expected an object, found a whole number
          {"a":{"dtype":"F32","shape":[2]}}                            | tensor "a": expected dtype, shape and data_offsets
          {"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}   | tensor "a": dtype "F8_E4M3" is unknown; convert
          {"a":{"dtype":3,"shape":[8],"data_offsets":[0,8]}}           | tensor "a": dtype: expected text, found a whole number
          {"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}         | tensor "a": shape: expected an array, found a whole number
          {"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}     | tensor "a": shape: expected a whole number, found a fraction
          {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}      | tensor "a": shape is negative or has more than
          {"a":{"dtype":"F32","shape":[null],"data_offsets":[0,8]}}    | tensor "a": shape: expected a whole number, found no value
          {"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}} | header is not JSON: Numeric value
          {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}} | tensor "a": shape is larger than one array of 2 GiB;
          {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}       | tensor "a": data_offsets [0, 8] hold 8 bytes, dtype and shape ask for 12;
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}       | tensor "a": data_offsets [8, 0] hold -8 bytes
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,16]}}    | tensor "a": expected dtype, shape and data_offsets
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}       | tensor "a": data_offsets [4, 8] leave a hole, expected to begin at 0;
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}       | holds 8 bytes of values, its header describes 4;
          {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}      | holds 8 bytes of values, its header describes 12: cut short;
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | tensor "b": data_offsets [4, 8] overlap another tensor
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | tensor "a" appears twice;
          {"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}} | tensor "a": field "dtype" is unknown or appears twice;
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"run":{}}} | tensor "a": field "run" is unknown or appears twice;
          {"__metadata__":{"k":1}}                                     | __metadata__.k: expected text, found a whole number;
          {"__metadata__":{"k":"1","k":"2"}}                           | __metadata__ "k" appears twice;
          """)
  void headersMustFitFormatAndFile(String header, String start) throws IOException {
    Path file = write(header, new byte[8]);
    assertThat(Refusals.refusal(file)).startsWith(start);
  }

  @Test
  void lengthsAreNotBelieved() throws IOException {
    Path file = folder.resolve("x.safetensors");
    for (long length : new long[] {1L << 40, Long.MAX_VALUE, -1, 100}) {
      ByteBuffer b = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      Files.write(file, b.put((byte) '{').array());
      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(
              "header of %s bytes in a file of 16;", Long.toUnsignedString(length));
      assertThat(Refusals.refusal(file)).contains("checkpoint");
    }
    Files.write(file, new byte[7]);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is cut short or not a safetensors file: 7 bytes;");
    Path array = write("[]", new byte[0]);
    assertThatThrownBy(() -> Safetensors.read(array))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("header: expected an object, found an array;");
    Path huge = write("{" + " ".repeat(17 << 20) + "}", new byte[0]);
    assertThat(Refusals.refusal(huge)).startsWith("header: 17825794 bytes, expected at most");
    Path nested = write("{\"a\":" + "[".repeat(500_000), new byte[0]);
    assertThat(Refusals.refusal(nested)).startsWith("tensor \"a\": expected an object, found an");
  }

  @Test
  void textMustBeUtf8() throws IOException {
    Path file = folder.resolve("x.safetensors");
    byte[] json = "{\"__metadata__\":{\"k\":\"\u00ff\"}}".getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer b = ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, b.putLong(json.length).put(json).array());
    assertThat(Refusals.refusal(file)).startsWith("header is not UTF-8 text;");
  }

  @Test
  void largeFilesAreMappedNotCopied() throws IOException {
    Path file = folder.resolve("large.safetensors");
    int values = 40 << 20;
    String header =
        "{\"big\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(values, 4L * values);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) { // sparse
      out.write(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length()).array());
      out.write(header.getBytes(StandardCharsets.US_ASCII));
      out.setLength(8 + header.length() + 4L * values);
    }
    Tensor big = Safetensors.read(file).tensors().get("big");
    assertThat(big.bytes().isDirect()).isTrue();
    assertThat(big.size()).isEqualTo(values);
    assertThat(big.bytes().get(4 * values - 1)).isZero();
  }

  @Test
  void nothingHalfWrittenStays() throws IOException {
    Path blocked = Files.writeString(folder.resolve("file"), "x").resolve("w.safetensors");
    assertThatThrownBy(
            () -> Safetensors.write(blocked, Map.of("a", Tensor.of(new float[1], 1)), Map.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a file, expected a folder");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  private Path write(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer b =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    b.putLong(json.length).put(json).put(data);
    return Files.write(folder.resolve("x.safetensors"), b.array());
  }

  private static void assertRefused(Runnable call, String message) {
    assertThatThrownBy(call::run).isInstanceOf(InputException.class).hasMessage(message);
  }
}
