package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reads a file, with and without a decoder. The decoder itself is tested in datasets. */
class SoundFileTest {
  @TempDir private Path folder;

  @Test
  void wavNeedsNoDecoderAndAsksForNone() {
    Path file = folder.resolve("x.flac"); // what it is, its content says
    Wav.write(file, new Audio(24_000, new float[][] {{0.5f, -0.5f}}), Encoding.PCM_16);
    try (SoundReader reader =
        SoundFile.open(
            file,
            () -> {
              throw new AssertionError("asked for");
            })) {
      assertThat(reader.frames()).isEqualTo(2);
    }
  }

  @Test
  void whatIsNotWavGoesToTheDecoder() throws IOException {
    Path file = Files.writeString(folder.resolve("x.wav"), "fLaC and so on");
    Path other = folder.resolve("y.wav");
    Wav.write(other, new Audio(24_000, new float[1][7]), Encoding.PCM_16);
    try (SoundReader reader =
        SoundFile.open(
            file,
            () ->
                Optional.of(
                    given -> {
                      assertThat(given).isEqualTo(file);
                      return SoundFile.open(other);
                    }))) {
      assertThat(reader.frames()).isEqualTo(7);
    }
  }

  @Test
  void withoutADecoderTheArtifactThatBringsItIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("x.flac"), "fLaC and so on");
    assertThatThrownBy(() -> SoundFile.open(file, Optional::empty))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": is not a WAV file (no RIFF header); ")
        .hasMessageContaining("add the artifact org.hearsight:hearsight-datasets")
        .hasMessageMatching("[^\\n\\r]+");
  }

  @Test
  void endingsCountInCapitalsAndSmallLetters() {
    assertThat(SoundFile.isNamedSo(Path.of("a/x.WAV"))).isTrue();
    assertThat(SoundFile.isNamedSo(Path.of("a/x.Flac"))).isTrue();
    assertThat(SoundFile.isNamedSo(Path.of("a.wav/x.txt"))).isFalse();
    assertThat(SoundFile.isNamedSo(Path.of("wav"))).isFalse();
  }
}
