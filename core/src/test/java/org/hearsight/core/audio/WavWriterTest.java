package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WavWriterTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("new/x.wav");
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void whatWasReadIsWrittenBackBitForBit(Encoding encoding) throws IOException {
    float[][] channels = {
      Sounds.noise(1, 30_001, 1), Sounds.noise(2, 30_001, 1), Sounds.noise(3, 30_001, 0.01)
    };
    Wav.write(file, new Audio(44_100, channels), encoding);
    byte[] first = Files.readAllBytes(file);
    Audio read = Wav.read(file);
    Wav.write(file, read, encoding);

    assertThat(Files.readAllBytes(file)).isEqualTo(first);
    assertThat(first).hasSizeGreaterThan(30_001 * 3 * encoding.bytes());
    assertThat(read.sampleRate()).isEqualTo(44_100);
    double step = encoding == Encoding.FLOAT_32 ? 0 : Math.scalb(0.5, 1 - 8 * encoding.bytes());
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < 30_001; i++) {
        double error = Math.abs((double) read.channels()[c][i] - channels[c][i]);
        assertThat(error).isLessThanOrEqualTo(channels[c][i] > 1 - step ? 2 * step : step);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0",
    "1.5, 2",
    "2.5, 2",
    "-0.5, 0",
    "-1.5, -2",
    "-2.5, -2",
    "0.50001, 1",
    "32766.5, 32766",
    "32767.5, 32767",
    "32768, 32767",
    "99999, 32767",
    "-32768, -32768",
    "-32769, -32768",
    "-99999, -32768"
  })
  void roundsHalfToEvenAndClips(float steps, int expected) {
    Wav.write(file, new Audio(24000, new float[][] {{steps * 0x1p-15f}}), Encoding.PCM_16);
    assertThat(Wav.read(file).channels()[0][0]).isEqualTo(expected * 0x1p-15f);
  }

  @Test
  void headerIsThePlainOne() throws IOException {
    Wav.write(file, new Audio(24000, new float[][] {{0.5f}, {-0.5f}}), Encoding.PCM_16);
    byte[] expected =
        new WavBytes()
            .chunk("fmt ", WavBytes.fmt(1, 2, 24000, 16))
            .chunk("data", WavBytes.shorts(16384, -16384))
            .riff();
    assertThat(Files.readAllBytes(file)).isEqualTo(expected);
  }

  @Test
  void oddDataIsPadded() throws IOException {
    Wav.write(file, new Audio(24000, new float[][] {{0.5f}}), Encoding.PCM_24);
    byte[] expected =
        new WavBytes()
            .chunk("fmt ", WavBytes.fmt(1, 1, 24000, 24))
            .chunk("data", new byte[] {0, 0, 0x40})
            .riff();
    assertThat(Files.readAllBytes(file)).isEqualTo(expected);
  }

  @Test
  void piecesMakeTheSameFileAsOneWrite() throws IOException {
    float[][] channels = {Sounds.noise(1, 40_000, 1), Sounds.noise(2, 40_000, 1)};
    Wav.write(file, new Audio(24000, channels), Encoding.PCM_24);
    byte[] whole = Files.readAllBytes(file);
    try (WavWriter writer = WavWriter.open(file, 2, 24000, Encoding.PCM_24)) {
      for (int at = 0; at < 40_000; at += 1000) {
        writer.write(channels, at, 1000);
      }
      assertThat(writer.frames()).isEqualTo(40_000);
      writer.commit();
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }

  @Test
  void nothingIsThereBeforeCommitAndNothingStaysWithoutIt() throws IOException {
    try (WavWriter writer = WavWriter.open(file, 1, 24000, Encoding.PCM_16)) {
      writer.write(new float[1][100_000], 0, 100_000);
      assertThat(file).doesNotExist();
    }
    assertThat(file.getParent()).isEmptyDirectory();
  }

  @Test
  void aFailureKeepsTheFormerFile() throws IOException {
    Wav.write(file, new Audio(24000, new float[][] {{0.5f}}), Encoding.PCM_16);
    byte[] former = Files.readAllBytes(file);
    Audio broken = new Audio(24000, new float[][] {{0.1f, Float.NaN}});
    assertThatThrownBy(() -> Wav.write(file, broken, Encoding.PCM_16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThat(Files.readAllBytes(file)).isEqualTo(former);
    assertThat(file.getParent()).isDirectoryNotContaining("glob:**.partial");
  }

  @Test
  void refusesWhereItCannotWrite() throws IOException {
    Files.writeString(folder.resolve("new"), "in the way");
    assertThatThrownBy(() -> WavWriter.open(file, 1, 24000, Encoding.PCM_16))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a file, expected a folder");
  }

  @Test
  void refusesOtherChannelsThanItWasOpenedFor() {
    try (WavWriter writer = WavWriter.open(file, 2, 24000, Encoding.PCM_16)) {
      assertThatThrownBy(() -> writer.write(new float[3][1], 0, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
