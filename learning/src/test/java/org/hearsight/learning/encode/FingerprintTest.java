package org.hearsight.learning.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
  @TempDir private Path folder;

  private static Fingerprint plain() {
    return new Fingerprint("test", 1);
  }

  @Test
  void whateverIsAddedCounts() {
    Set<String> all = new HashSet<>();
    all.add(plain().hex());
    all.add(new Fingerprint("test", 2).hex());
    all.add(new Fingerprint("tes", 1).hex());
    all.add(plain().and("a", "b").hex());
    all.add(plain().and("ab", "").hex());
    all.add(plain().and("", "ab").hex());
    all.add(plain().and("a", "b").and("c", "d").hex());
    all.add(plain().and("c", "d").and("a", "b").hex());
    all.add(plain().and("a", "b1 1 cd").hex());
    assertThat(all).hasSize(9);
    assertThat(plain().and("a", "b").hex()).isEqualTo(plain().and("a", "b").hex());
  }

  @Test
  void contentCountsAndOrderButNotTheFilesNames() throws IOException {
    List<Path> files = List.of(folder.resolve("a"), folder.resolve("b"), folder.resolve("c"));
    Files.write(files.get(0), new byte[300_000]);
    Files.write(files.get(1), new byte[] {1});
    Files.write(files.get(2), new byte[] {1});
    String before = contents(files);

    assertThat(contents(List.of(files.get(0), files.get(2), files.get(1)))).isEqualTo(before);
    assertThat(contents(List.of(files.get(1), files.get(0), files.get(2)))).isNotEqualTo(before);
    byte[] changed = new byte[300_000];
    changed[299_999] = 1;
    Files.write(files.get(0), changed);
    assertThat(contents(files)).isNotEqualTo(before);

    Files.delete(files.get(1));
    assertThatThrownBy(() -> contents(files))
        .isInstanceOf(InputException.class)
        .hasMessage(files.get(1) + ": does not exist; look for it");
  }

  private static String contents(List<Path> files) {
    return plain().andContents(files, "look for it", 2, Progress.SILENT).hex();
  }
}
