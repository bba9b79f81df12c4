package org.hearsight.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void writesAndReplacesAndMakesFolders() throws IOException {
    Path file = folder.resolve("a/b/c.txt");
    AtomicFile.writeText(file, "första");
    AtomicFile.writeText(file, "zweite");
    assertThat(file).hasContent("zweite");
    assertThat(names(file.getParent())).containsExactly("c.txt");
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = folder.resolve("c.txt");
    AtomicFile.writeText(file, "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(1);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(InputException.class)
        .hasMessage(
            file
                + ": cannot be written: No space left on device; check that the folder is writable"
                + " and the disk has room");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      throw new IllegalStateException("a fault of ours");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(file).hasContent("old");
    assertThat(names(folder)).containsExactly("c.txt");
  }

  @Test
  void aDeviceIsWrittenAsItIsAndAFullOneSaysSo() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full on this system");
    assertThatThrownBy(() -> AtomicFile.writeText(full, "x"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("/dev/full: cannot be written: ");
    assertThat(Files.isRegularFile(full)).as("still the device").isFalse();
    AtomicFile.writeText(Path.of("/dev/null"), "x");
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).as("still the device").isFalse();
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> AtomicFile.writeText(file.resolve("below"), "y"))
        .isInstanceOf(InputException.class)
        .hasMessage(file + ": is a file, expected a folder; choose another folder");
    assertThatThrownBy(() -> AtomicFile.writeText(file.resolve("further/below"), "y"))
        .isInstanceOf(InputException.class)
        .hasMessage(file + ": is a file, expected a folder; choose another folder");
    assertThat(file).hasContent("x");
  }

  @Test
  void aFolderIsNotReplaced() throws IOException {
    Path target = Files.createDirectories(folder.resolve("target/full")).getParent();
    assertThatThrownBy(() -> AtomicFile.writeText(target, "y")).isInstanceOf(InputException.class);
    assertThat(target.resolve("full")).isDirectory();
    assertThat(names(folder)).containsExactly("target");
  }

  @Test
  void aFullDiskIsReportedInOneLine() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "no /dev/full here");
    Path target = folder.resolve("big.bin");
    assertThatThrownBy(
            () ->
                AtomicFile.fill(
                    target,
                    temporary -> {
                      Files.createSymbolicLink(temporary, full);
                      try (OutputStream out = Files.newOutputStream(temporary)) {
                        out.write(new byte[1 << 16]);
                      }
                    }))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("No space left on device")
        .hasMessageStartingWith(target.toString());
    assertThat(folder).isEmptyDirectory();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }

  @Test
  void whatKilledProcessesLeftIsDiscarded() throws Exception {
    Process gone =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
            .redirectErrorStream(true)
            .start();
    gone.getInputStream().readAllBytes();
    gone.waitFor();
    Path below = Files.createDirectories(folder.resolve("a/b"));
    String own = WriterId.next();
    String[] id = own.split("-", -1);
    Path left =
        Files.writeString(
            below.resolve(".x.wav.%s-%d-%s-0.partial".formatted(id[0], gone.pid(), id[2])), "half");
    Path earlier =
        Files.writeString(
            below.resolve(".x.wav.%s-%s-1-0.partial".formatted(id[0], id[1])), "number given anew");
    Path inWork = Files.writeString(below.resolve(".y.wav." + own + ".partial"), "in work");
    Path elsewhere =
        Files.writeString(below.resolve(".y.wav.00000000-1-1-1.partial"), "another container's");
    Path other = Files.writeString(below.resolve("notes.12.partial"), "someone's");

    AtomicFile.discardLeftOvers(folder);

    assertThat(left).doesNotExist();
    assertThat(earlier).doesNotExist();
    assertThat(inWork).exists();
    assertThat(elsewhere).exists();
    assertThat(other).exists();
  }

  @Test
  void whatAKilledWriterLeftGoesWithTheNextFileInItsFolder() throws Exception {
    String[] id = WriterId.next().split("-", -1);
    Path left =
        Files.writeString(
            folder.resolve(".model.onnx.%s-%s-1-0.partial".formatted(id[0], id[1])), "half");
    AtomicFile.writeText(folder.resolve("model.onnx"), "whole");
    assertThat(left).doesNotExist();
  }

  @Test
  void theLongestNameHasATemporaryOneAsWell() {
    Path file = folder.resolve("ü".repeat(127) + "x");
    AtomicFile.writeText(file, "x");
    assertThat(file).hasContent("x");
  }

  @Test
  void twoWritersOfOneFileDoNotShareATemporaryOne() throws IOException {
    Path file = folder.resolve("x");
    try (AtomicFile.Pending a = AtomicFile.begin(file);
        AtomicFile.Pending b = AtomicFile.begin(file)) {
      assertThat(a.temporary()).isNotEqualTo(b.temporary());
      Files.writeString(a.temporary(), "a");
      Files.writeString(b.temporary(), "b");
      a.commit();
      assertThat(file).hasContent("a");
      b.commit();
    }
    assertThat(file).hasContent("b");
  }
}
