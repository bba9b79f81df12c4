package org.hearsight.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  @TempDir private Path folder;

  @Test
  void aFolderGoesWithAllInItAndWhatALinkPointsAtStays() throws IOException {
    Path kept = Files.createDirectory(folder.resolve("kept"));
    Files.writeString(kept.resolve("file"), "a");
    Path left = folder.resolve("left");
    Files.createDirectories(left.resolve("deep/deeper"));
    Files.writeString(left.resolve("deep/deeper/file"), "a");
    Files.createSymbolicLink(left.resolve("link"), kept);
    Leftovers.add(left);

    assertThat(Leftovers.discard(left)).isTrue();

    assertThat(left).doesNotExist();
    assertThat(kept.resolve("file")).exists();
  }

  @Test
  void whatIsNamedGoesWhenTheProcessEndsAndWhatIsTakenBackStays() throws IOException {
    Path left = Files.writeString(folder.resolve("left"), "a");
    Path done = Files.writeString(folder.resolve("done"), "a");
    Leftovers.add(left);
    Leftovers.add(done);
    Leftovers.remove(done);

    Leftovers.discardAll();

    assertThat(left).doesNotExist();
    assertThat(done).exists();
  }

  @Test
  void whatIsMissingIsNoFailure() {
    assertThat(Leftovers.discard(folder.resolve("none"))).isTrue();
  }
}
