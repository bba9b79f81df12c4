package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hearsight.core.audio.WavBytes.UNKNOWN;
import static org.hearsight.core.audio.WavBytes.extensible;
import static org.hearsight.core.audio.WavBytes.fmt;
import static org.hearsight.core.audio.WavBytes.little;
import static org.hearsight.core.audio.WavBytes.shorts;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WavReaderTest {
  private static final byte[] FMT = fmt(1, 1, 24000, 16);
  private static final byte[] DATA = shorts(1, 2, 3, -32768);
  private static final float[] SAMPLES = {0x1p-15f, 2 * 0x1p-15f, 3 * 0x1p-15f, -1};

  @TempDir Path folder;

  static Stream<Arguments> encodings() {
    return Stream.of(
        Arguments.of(fmt(1, 1, 8000, 8), new byte[] {0, (byte) 128, (byte) 255, 64}, 8),
        Arguments.of(fmt(1, 1, 8000, 16), shorts(-32768, 0, 32512, -16384), 8),
        Arguments.of(
            fmt(1, 1, 8000, 24),
            new byte[] {0, 0, -128, 0, 0, 0, 0, 0, 127, 0, 0, (byte) 0xC0},
            24),
        Arguments.of(
            fmt(1, 1, 8000, 32),
            little(16).putInt(1 << 31).putInt(0).putInt(127 << 24).putInt(-(1 << 30)).array(),
            32),
        Arguments.of(fmt(1, 1, 8000, 12, 2), shorts(-32768, 0, 32512, -16384), 12),
        Arguments.of(
            fmt(1, 1, 8000, 48),
            little(24)
                .putShort((short) 0)
                .putInt(1 << 31)
                .putShort((short) 0)
                .putInt(0)
                .putShort((short) 0)
                .putInt(127 << 24)
                .putShort((short) 0)
                .putInt(-(1 << 30))
                .array(),
            48),
        Arguments.of(
            fmt(1, 1, 8000, 64),
            little(32)
                .putLong(1L << 63)
                .putLong(0)
                .putLong(127L << 56)
                .putLong(-(1L << 62))
                .array(),
            64),
        Arguments.of(
            fmt(3, 1, 8000, 32),
            little(16).putFloat(-1).putFloat(0).putFloat(0.9921875f).putFloat(-0.5f).array(),
            32),
        Arguments.of(
            fmt(3, 1, 8000, 64),
            little(32).putDouble(-1).putDouble(0).putDouble(0.9921875).putDouble(-0.5).array(),
            64));
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void readsEveryEncoding(byte[] fmt, byte[] data, int bits) {
    Audio audio = read(new WavBytes().chunk("fmt ", fmt).chunk("data", data).riff());
    assertThat(audio.sampleRate()).isEqualTo(8000);
    assertThat(audio.channels()[0]).as(bits + " bits").containsExactly(-1, 0, 0.9921875f, -0.5f);
  }

  @Test
  void largestThirtyTwoBitSampleStaysBelowOne() {
    byte[] data = little(4).putInt(Integer.MAX_VALUE).array();
    Audio audio =
        read(new WavBytes().chunk("fmt ", fmt(1, 1, 8000, 32)).chunk("data", data).riff());
    assertThat(audio.channels()[0][0]).isLessThan(1).isGreaterThan(0.9999999f);
  }

  static Stream<Arguments> goodFiles() {
    byte[] odd = {1, 2, 3};
    byte[] ds64 = little(28).putLong(0).putLong(8).putLong(4).putInt(0).array();
    return Stream.of(
        Arguments.of("plain", start().chunk("data", DATA).riff()),
        Arguments.of(
            "extensible",
            new WavBytes().chunk("fmt ", extensible(1, 1, 24000, 16)).chunk("data", DATA).riff()),
        Arguments.of(
            "unknown chunks, odd padding",
            new WavBytes()
                .chunk("JUNK", odd)
                .chunk("fmt ", FMT)
                .chunk("LIST", odd)
                .chunk("data", DATA)
                .chunk("id3 ", odd)
                .riff()),
        Arguments.of(
            "streamed, unknown", start().chunk("data", UNKNOWN, DATA).file("RIFF", UNKNOWN)),
        Arguments.of("streamed, zero", start().chunk("data", 0, DATA).file("RIFF", 0)),
        Arguments.of(
            "streamed, SoX", start().chunk("data", 0x7FFFF000L, DATA).file("RIFF", 0x7FFFF024L)),
        Arguments.of("wrong RIFF size", start().chunk("data", DATA).file("RIFF", 12)),
        Arguments.of("half a frame too much", start().chunk("data", Arrays.copyOf(DATA, 9)).riff()),
        Arguments.of(
            "RF64",
            new WavBytes()
                .chunk("ds64", ds64)
                .chunk("fmt ", FMT)
                .chunk("data", UNKNOWN, DATA)
                .chunk("LIST", odd)
                .file("RF64", UNKNOWN)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goodFiles")
  void readsWhatWritersWrite(String name, byte[] file) {
    Audio audio = read(file);
    assertThat(audio.sampleRate()).isEqualTo(24000);
    assertThat(audio.channels()).hasDimensions(1, 4);
    assertThat(audio.channels()[0]).containsExactly(SAMPLES);
  }

  static Stream<Arguments> badFiles() {
    byte[] otherGuid = extensible(1, 1, 24000, 16);
    otherGuid[30]++;
    byte[] ds64 = little(28).putLong(0).putLong(1L << 40).putLong(4).putInt(0).array();
    return Stream.of(
        bad("is empty (0 bytes)", new byte[0]),
        bad("is not a WAV file", "fLaC and more than twelve".getBytes(StandardCharsets.UTF_8)),
        bad("is not a WAV file", new byte[] {'R', 'I', 'F', 'F'}),
        bad("is a RIFF file, but not a WAV", riffAvi()),
        bad("fmt: no such chunk", new WavBytes().riff()),
        bad("fmt: missing before the data", new WavBytes().chunk("data", DATA).riff()),
        bad("fmt: 8 bytes, expected 16", new WavBytes().chunk("fmt ", new byte[8]).riff()),
        bad("data: no such chunk", start().riff()),
        bad("data: no such chunk", start().chunk("LIST", 4000, new byte[4]).riff()),
        bad("data: 0 samples", start().chunk("data", new byte[0]).riff()),
        bad("data: 0 samples", start().chunk("data", new byte[0]).file("RIFF", 0)),
        bad("data: 0 samples", start().chunk("data", 0, new byte[0]).chunk("LIST", DATA).riff()),
        bad("data: 0 samples", start().chunk("data", new byte[1]).riff()),
        bad(
            "data: 9 bytes are claimed, 8 are there",
            start().chunk("data", 9, DATA).file("RIFF", 45)),
        bad("are claimed, 8 are there", start().chunk("data", 1L << 31, DATA).file("RIFF", 12)),
        bad(
            "data: 1099511627776 bytes are claimed",
            new WavBytes()
                .chunk("ds64", ds64)
                .chunk("fmt ", FMT)
                .chunk("data", UNKNOWN, DATA)
                .file("RF64", UNKNOWN)),
        bad("encoding: ADPCM", withFmt(fmt(2, 1, 24000, 4, 1))),
        bad("encoding: A-law", withFmt(fmt(6, 1, 24000, 8))),
        bad("encoding: MPEG", withFmt(fmt(0x55, 1, 24000, 16))),
        bad("encoding: format tag 999", withFmt(fmt(999, 1, 24000, 16))),
        bad("encoding: unknown sub-format", withFmt(otherGuid)),
        bad("fmt: extensible with 16 bytes", withFmt(fmt(0xFFFE, 1, 24000, 16))),
        bad("bits: 65, expected 1 to 64", withFmt(fmt(1, 1, 24000, 65))),
        bad("bits: 16, expected 32 or 64", withFmt(fmt(3, 1, 24000, 16))),
        bad("bits: 0", withFmt(fmt(1, 1, 24000, 0))),
        bad("channels: 0", withFmt(fmt(1, 0, 24000, 16))),
        bad("channels: 65535", withFmt(fmt(1, 65535, 24000, 16))),
        bad("sample rate: 0 Hz", withFmt(fmt(1, 1, 0, 16))),
        bad("sample rate: 4294967295 Hz", withFmt(fmt(1, 1, -1, 16))),
        bad("block align: 3, expected 2", withFmt(fmt(1, 1, 24000, 16, 3))),
        bad("data: sample 1 of channel 1 is NaN", withFloats(0, Float.NaN)),
        bad("data: sample 0 of channel 1 is Infinity", withFloats(Float.POSITIVE_INFINITY)),
        bad("data: sample 0 of channel 1 is -1.0E30", withFloats(-1e30f)),
        bad("data: sample 1 of channel 1 is 16384.0", withFloats(0, 16384)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badFiles")
  void refusesWithOneLineThatNamesFileFieldAndRemedy(String problem, byte[] file) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.resolve("x.wav") + ": ")
        .hasMessageContaining(problem)
        .hasMessageMatching("[^\\n\\r]+; [a-z][^\\n\\r]+");
  }

  @Test
  void refusesWhatIsNoFile() {
    assertThatThrownBy(() -> Wav.read(folder.resolve("none.wav")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("none.wav: does not exist; check the path");
    assertThatThrownBy(() -> Wav.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a folder, expected a file");
  }

  @Test
  void refusesAFileLargerThanMemoryWithoutReadingIt() throws IOException {
    Path file = folder.resolve("x.wav");
    Files.write(file, start().chunk("data", UNKNOWN, DATA).file("RIFF", UNKNOWN));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 40);
    }
    assertThatThrownBy(() -> Wav.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("length: ")
        .hasMessageContaining("do not fit into memory");
  }

  @Test
  void noticesAFileThatShrinksWhileItIsRead() throws IOException {
    Path file = folder.resolve("x.wav");
    Files.write(file, start().chunk("data", DATA).riff());
    try (SoundReader reader = SoundFile.open(file);
        RandomAccessFile same = new RandomAccessFile(file.toFile(), "rw")) {
      same.setLength(46);
      assertThatThrownBy(() -> reader.read(new float[1][4], 0, 4))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("cut short while it was read");
    }
  }

  @Test
  void streamsInPiecesOfAnySize() throws IOException {
    Path file = folder.resolve("x.wav");
    float[][] channels = {Sounds.noise(1, 50_000, 0.9), Sounds.noise(2, 50_000, 0.9)};
    Wav.write(file, new Audio(48000, channels), Encoding.FLOAT_32);
    float[][] read = new float[2][50_000];
    try (SoundReader reader = SoundFile.open(file)) {
      assertThat(reader.channels()).isEqualTo(2);
      assertThat(reader.sampleRate()).isEqualTo(48000);
      assertThat(reader.frames()).isEqualTo(50_000);
      int at = 0;
      for (int n = 1; at < 50_000; n = n * 3 + 1) {
        at += reader.read(read, at, Math.min(n, 50_000 - at));
      }
      assertThat(reader.read(read, 0, 1)).isZero();
      assertThatThrownBy(() -> reader.read(new float[3][1], 0, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(read).isDeepEqualTo(channels);
  }

  @Test
  void damagedFilesAreReadOrRefusedButNothingElse() {
    byte[][] good = {
      start().chunk("data", DATA).riff(),
      withFloats(0, 0.5f, -0.25f),
      new WavBytes()
          .chunk("LIST", new byte[5])
          .chunk("fmt ", extensible(1, 2, 44100, 24))
          .chunk("data", new byte[60])
          .riff(),
      new WavBytes()
          .chunk("ds64", little(28).putLong(0).putLong(8).putLong(4).putInt(0).array())
          .chunk("fmt ", FMT)
          .chunk("data", UNKNOWN, DATA)
          .file("RF64", UNKNOWN)
    };
    SplittableRandom random = new SplittableRandom(20260101);
    int refused = 0;
    int rounds = 4000;
    for (int i = 0; i < rounds; i++) {
      byte[] file = good[i % good.length].clone();
      for (int flips = random.nextInt(1, 5); flips > 0; flips--) {
        byte[] hostile = {0, 1, -1, 127, -128, (byte) random.nextInt()};
        file[random.nextInt(file.length)] = hostile[random.nextInt(hostile.length)];
      }
      if (random.nextInt(4) == 0) {
        file = Arrays.copyOf(file, random.nextInt(file.length));
      }
      try {
        Audio audio = read(file);
        assertThat(audio.samples()).isPositive();
        for (float[] channel : audio.channels()) {
          for (float v : channel) {
            assertThat(Float.isFinite(v)).isTrue();
          }
        }
      } catch (InputException e) {
        assertThat(e.getMessage()).doesNotContain("\n");
        refused++;
      }
    }
    assertThat(refused).isBetween(rounds / 4, rounds - rounds / 10);
  }

  private Audio read(byte[] bytes) {
    Path file = folder.resolve("x.wav");
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (SoundReader reader = SoundFile.open(file, Optional::empty)) {
      return Wav.read(reader, reader.left(), 1, IntStream.range(0, reader.channels()).toArray());
    }
  }

  private static WavBytes start() {
    return new WavBytes().chunk("fmt ", FMT);
  }

  private static byte[] withFmt(byte[] fmt) {
    return new WavBytes().chunk("fmt ", fmt).chunk("data", DATA).riff();
  }

  private static byte[] withFloats(float... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float v : values) {
      data.putFloat(v);
    }
    byte[] fmt = fmt(3, 1, 24000, 32);
    return new WavBytes().chunk("fmt ", fmt).chunk("data", data.array()).riff();
  }

  private static byte[] riffAvi() {
    byte[] file = start().riff();
    file[8] = 'A';
    return file;
  }

  private static Arguments bad(String problem, byte[] file) {
    return Arguments.of(problem, file);
  }
}
