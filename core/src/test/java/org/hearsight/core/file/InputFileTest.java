package org.hearsight.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class InputFileTest {
  @TempDir Path folder;

  @Test
  void readsBytesTextAndChecksum() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "\uFEFFabc");
    assertThat(InputFile.bytes(file, 6)).hasSize(6);
    assertThat(InputFile.text(file, 6)).isEqualTo("abc");
    Path plain = Files.writeString(folder.resolve("b.txt"), "abc");
    assertThat(Sha256.of(plain))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        .isEqualTo(Sha256.of("abc".getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void aPipeADeviceAFolderAndNothingAreRefusedAtOnce() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo");
    Path link = Files.createSymbolicLink(folder.resolve("zero"), Path.of("/dev/zero"));
    for (Path file : new Path[] {pipe, link}) {
      assertThatThrownBy(() -> InputFile.bytes(file, InputFile.SMALL))
          .isInstanceOf(InputException.class)
          .hasMessage(
              file + ": is a pipe or a device, expected a regular file; save it as a file first");
      assertThatThrownBy(() -> Sha256.of(file)).isInstanceOf(InputException.class);
    }
    assertThatThrownBy(() -> InputFile.stream(folder))
        .hasMessage(folder + ": is a folder, expected a file; name the file itself");
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> InputFile.size(missing))
        .hasMessage(missing + ": does not exist; check the path");
  }

  @Test
  void whatIsTooLargeOrNoTextIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("a.bin"), new byte[] {(byte) 0xff, 1, 2});
    assertThatThrownBy(() -> InputFile.bytes(file, 2))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is larger than expected");
    assertThatThrownBy(() -> InputFile.text(file, 3))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is not UTF-8 text");
  }
}
