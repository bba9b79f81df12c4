package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.hearsight.core.audio.WavBytes.UNKNOWN;
import static org.hearsight.core.audio.WavBytes.fmt;
import static org.hearsight.core.audio.WavBytes.little;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lengths that a header leaves open, or has wrong, as recorders and streams write them. */
class WavSizesTest {
  private static final byte[] FMT = fmt(1, 1, 24000, 16);

  /** 100 kB of noise: more than what may stand behind the sound unread. */
  private static final byte[] SOUND = noise(100_000);

  private static final byte[] TEXT = new byte[301];

  @TempDir Path folder;

  static Stream<Arguments> wholeRecordings() {
    byte[] ds64 = little(28).putLong(0).putLong(0).putLong(0).putInt(0).array();
    return Stream.of(
        file("never finished", start().chunk("data", 0, SOUND).file("RIFF", 36)),
        file("never finished, RIFF right", start().chunk("data", 0, SOUND).riff()),
        file("streamed", start().chunk("data", UNKNOWN, SOUND).file("RIFF", UNKNOWN)),
        file("largest int", start().chunk("data", 0x7FFFFFFFL, SOUND).file("RIFF", 0x7FFFFFFFL)),
        file("less a header", start().chunk("data", UNKNOWN - 44, SOUND).file("RIFF", UNKNOWN - 8)),
        file("SoX", start().chunk("data", 0x7FFFF000L, SOUND).file("RIFF", 0x7FFFF024L)),
        file("counts its header", start().chunk("data", SOUND.length + 44, SOUND).file("RIFF", 0)),
        file("header counted, RIFF right", start().chunk("data", SOUND.length + 44, SOUND).riff()),
        file("double", start().chunk("data", 2L * SOUND.length, SOUND).riff()),
        file(
            "streamed, then metadata",
            start()
                .chunk("data", UNKNOWN, SOUND)
                .chunk("LIST", TEXT)
                .chunk("id3 ", TEXT)
                .file("RIFF", UNKNOWN)),
        file(
            "double, then metadata",
            start().chunk("data", 2L * SOUND.length, SOUND).chunk("bext", TEXT).riff()),
        file(
            "RF64 never finished",
            new WavBytes()
                .chunk("ds64", ds64)
                .chunk("fmt ", FMT)
                .chunk("data", UNKNOWN, SOUND)
                .file("RF64", UNKNOWN)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wholeRecordings")
  void aRecordingWithAnOpenOrWrongLengthIsReadToItsEndAndSaysSo(String name, byte[] file)
      throws IOException {
    try (SoundReader reader = SoundFile.open(write(file))) {
      assertThat(reader.frames()).isEqualTo(SOUND.length / 2);
      assertThat(reader.note()).startsWith("data: ").contains(SOUND.length + " ");
      float[][] read = new float[1][SOUND.length / 2];
      assertThat(reader.read(read, 0, read[0].length)).isEqualTo(read[0].length);
      assertThat(read[0][read[0].length - 1])
          .isEqualTo(little(2).put(SOUND, SOUND.length - 2, 2).getShort(0) * 0x1p-15f);
    }
  }

  static Stream<Arguments> rightHeaders() {
    return Stream.of(
        file("nothing behind", start().chunk("data", SOUND).riff()),
        file("metadata behind", start().chunk("data", SOUND).chunk("LIST", TEXT).riff()),
        file("unknown chunk behind", start().chunk("data", SOUND).chunk("abcd", TEXT).riff()),
        file(
            "much metadata behind",
            start().chunk("data", SOUND).chunk("id3 ", new byte[200_000]).riff()),
        file(
            "odd metadata without padding",
            start().chunk("LIST", 301, TEXT).chunk("data", SOUND).riff()),
        file(
            "odd metadata first, without padding",
            new WavBytes().chunk("bext", 301, TEXT).chunk("fmt ", FMT).chunk("data", SOUND).riff()),
        file(
            "odd unknown chunk without padding",
            start()
                .chunk("abcd", 301, TEXT)
                .chunk("wxyz", new byte[258])
                .chunk("data", SOUND)
                .riff()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rightHeaders")
  void aRightLengthIsTakenWithoutAWord(String name, byte[] file) throws IOException {
    try (SoundReader reader = SoundFile.open(write(file))) {
      assertThat(reader.frames()).isEqualTo(SOUND.length / 2);
      assertThat(reader.note()).isNull();
    }
  }

  @Test
  void aFewStrayBytesBehindTheSoundAreLeftOutAndSaid() throws IOException {
    byte[] file = start().chunk("data", SOUND.length - 4000, SOUND).riff();
    try (SoundReader reader = SoundFile.open(write(file))) {
      assertThat(reader.frames()).isEqualTo(SOUND.length / 2 - 2000);
      assertThat(reader.note())
          .isEqualTo("data: 4000 bytes behind the sound are not a chunk and are not read");
    }
  }

  static Stream<Arguments> unreadable() {
    return Stream.of(
        Arguments.of(
            "data: 1000 bytes are declared, but 99000 more follow that are not chunks: the size is"
                + " wrong; write a new header",
            start().chunk("data", 1000, SOUND).riff()),
        Arguments.of(
            "data: 100 bytes are declared, but 100008 more follow that are not chunks",
            start().chunk("data", new byte[100]).chunk("data", SOUND).riff()),
        Arguments.of(
            "data: 150000 bytes are claimed, 100000 are there: the file is cut short; copy it"
                + " again, or keep what is there with: ffmpeg -i IN -c copy OUT.wav",
            start().chunk("data", 150_000, SOUND).file("RIFF", 150_036)),
        Arguments.of(
            "data: no such chunk, for chunk 'LIST' claims 400 bytes where 301 are left",
            start().chunk("LIST", 400, TEXT).riff()),
        Arguments.of("data: no such chunk, the file ends behind chunk 'fmt '", start().riff()),
        Arguments.of(
            "fmt: no such chunk, the file ends behind its first 12 bytes", new WavBytes().riff()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unreadable")
  void whatHasTwoReadingsIsRefusedWithTheTrueReason(String reason, byte[] file) {
    assertThatThrownBy(() -> SoundFile.open(write(file)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(reason);
  }

  /** Two hours of 48 kHz, 24 bits and four channels, six seconds over 4 GiB; a sparse file. */
  @Test
  void aRecordingBeyondFourGibibytesIsHeardAtItsTrueEnd() throws IOException {
    int frameBytes = 12;
    long bytes = (1L << 32) + 6L * 48_000 * frameBytes;
    bytes -= bytes % (2L * frameBytes);
    byte[] end = noise(48_000 * frameBytes);
    Path file =
        write(
            new WavBytes()
                .chunk("fmt ", fmt(1, 4, 48_000, 24))
                .chunk("data", bytes & UNKNOWN, new byte[0])
                .file("RIFF", bytes + 36 & UNKNOWN));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.seek(44 + bytes - end.length);
      sparse.write(end);
    }
    try (SoundReader reader = SoundFile.open(file)) {
      assertThat(reader.frames()).isEqualTo(bytes / frameBytes);
      assertThat(reader.note()).contains("the size wrapped at 4 GiB");
    }
    List<String> notes = new ArrayList<>();
    Audio heard = Foa.readEnd(file, 24_000, notes::add);
    assertThat(notes).hasSize(2);
    assertThat(Foa.length(file)).isEqualTo(bytes / frameBytes / 2);
    Path alone =
        write(new WavBytes().chunk("fmt ", fmt(1, 4, 48_000, 24)).chunk("data", end).riff());
    float[][] expected = Foa.read(alone).channels();
    for (int c = 0; c < 4; c++) {
      assertThat(heard.channels()[c]).hasSize(24_000).containsExactly(expected[c], within(1e-6f));
    }

    assertThatThrownBy(() -> Foa.read(longFile()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("do not fit into memory; cut it into pieces")
        .hasMessageNotContaining("-Xmx");
  }

  /** A right header, and more samples than an array holds. */
  private Path longFile() throws IOException {
    Path file =
        write(
            new WavBytes()
                .chunk("fmt ", fmt(1, 4, 24_000, 8))
                .chunk("data", UNKNOWN, new byte[0])
                .file("RIFF", UNKNOWN));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 34);
    }
    return file;
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("x.wav"), bytes);
  }

  private static Arguments file(String name, byte[] bytes) {
    return Arguments.of(name, bytes);
  }

  private static WavBytes start() {
    return new WavBytes().chunk("fmt ", FMT);
  }

  private static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    new SplittableRandom(7).nextBytes(noise);
    return noise;
  }
}
