package org.hearsight.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thread that was asked to stop ends what it is at: no file fails under it. */
class InterruptedFilesTest {
  @TempDir private Path folder;

  @Test
  void filesAreWrittenReadAndSummedAndTheRequestStays() throws IOException {
    Path file = folder.resolve("new/text.txt");
    Thread.currentThread().interrupt();
    try {
      FolderLock.take(folder.resolve("new"), "test").close();
      AtomicFile.writeText(file, "text");
      assertThat(InputFile.text(file, InputFile.SMALL)).isEqualTo("text");
      assertThat(Sha256.of(file)).isEqualTo(Sha256.of("text".getBytes(StandardCharsets.UTF_8)));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }
}
