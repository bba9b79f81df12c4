package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hearsight.core.audio.WavBytes.fmt;
import static org.hearsight.core.audio.WavBytes.little;
import static org.hearsight.core.audio.WavBytes.shorts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Wave64Test {
  private static final byte[] DATA = shorts(1, 2, 3, -32768);

  /** Behind the four characters of a name; that of the whole file is another one. */
  private static final String TAIL = "f3acd3118cd100c04f8edb8a";

  private static final String WHOLE = "2e91cf11a5d628db04c10000";

  @TempDir private Path folder;

  @Test
  void whatWavHoldsIsReadWithOtherChunksBetween() throws IOException {
    byte[] file =
        file(chunk("junk", 5, new byte[5]), chunk("fmt ", 16, fmt(1, 2, 48000, 16)), data(8));
    try (SoundReader reader = open(file)) {
      assertThat(reader.sampleRate()).isEqualTo(48000);
      assertThat(reader.note()).isNull();
      float[][] read = new float[2][2];
      assertThat(reader.read(read, 0, 2)).isEqualTo(2);
      assertThat(read[0]).containsExactly(0x1p-15f, 3 * 0x1p-15f);
      assertThat(read[1]).containsExactly(2 * 0x1p-15f, -1);
    }
  }

  /** As those leave it who write to a pipe. */
  @ParameterizedTest
  @ValueSource(longs = {-24, Long.MAX_VALUE - 24})
  void aLengthThatWasLeftOpenReachesToTheEndAndIsNoted(long length) throws IOException {
    try (SoundReader reader = open(file(chunk("fmt ", 16, fmt(1, 1, 48000, 16)), data(length)))) {
      assertThat(reader.frames()).isEqualTo(4);
      assertThat(reader.note()).contains("left open; all 8 bytes are read");
    }
  }

  @Test
  void whatIsCutOrLacksAChunkIsRefused() {
    byte[] format = chunk("fmt ", 16, fmt(1, 1, 48000, 16));
    refused(file(format, data(9)), "data: 9 bytes are claimed, 8 are there: the file is cut short");
    refused(file(format), "data: no such chunk");
    refused(file(data(8)), "fmt: no such chunk");
    refused(file(chunk("fmt ", -30, fmt(1, 1, 48000, 16)), data(8)), "fmt: 0 bytes, expected 16");
    refused(file(format, chunk("data", 0)), "data: 0 samples");
    refused(file(chunk("fmt ", 16, fmt(2, 1, 48000, 16)), data(8)), "encoding: ADPCM");
  }

  @Test
  void theSubFormatOfBFormatIsBelievedHereToo() throws IOException {
    byte[] format =
        little(40)
            .put(fmt(0xFFFE, 4, 24_000, 16))
            .putShort((short) 22)
            .putShort((short) 16)
            .putInt(0)
            .putShort((short) 1)
            .put(HexFormat.of().parseHex("00002107d3118644c8c1ca000000"))
            .array();
    Path file = Files.write(folder.resolve("x.w64"), file(chunk("fmt ", 40, format), data(8)));
    assertThat(Foa.read(file).channels())
        .isDeepEqualTo(
            FoaFormat.FUMA.toFoa(new float[][] {{0x1p-15f}, {3 * 0x1p-15f}, {-1}, {2 * 0x1p-15f}}));
  }

  private void refused(byte[] file, String problem) {
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.resolve("x.w64") + ": " + problem)
        .hasMessageContaining("; ");
  }

  private SoundReader open(byte[] bytes) throws IOException {
    Path file = folder.resolve("x.w64");
    Files.write(file, bytes);
    return SoundFile.open(file, Optional::empty);
  }

  private static byte[] data(long length) {
    return chunk("data", length, DATA);
  }

  /**
   * @param length as it is declared, without its head
   */
  private static byte[] chunk(String name, long length, byte... content) {
    return little(24 + (content.length + 7) / 8 * 8)
        .put(name.getBytes(StandardCharsets.US_ASCII))
        .put(HexFormat.of().parseHex(TAIL))
        .putLong(length + 24)
        .put(content)
        .array();
  }

  private static byte[] file(byte[]... chunks) {
    ByteBuffer file = little(1000);
    file.put("riff".getBytes(StandardCharsets.US_ASCII)).put(HexFormat.of().parseHex(WHOLE));
    file.putLong(0).put("wave".getBytes(StandardCharsets.US_ASCII));
    file.put(HexFormat.of().parseHex(TAIL));
    for (byte[] chunk : chunks) {
      file.put(chunk);
    }
    byte[] bytes = new byte[file.position()];
    file.flip().get(bytes);
    return bytes;
  }
}
