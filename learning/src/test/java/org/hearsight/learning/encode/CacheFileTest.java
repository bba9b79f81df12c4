package org.hearsight.learning.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CacheFileTest {
  private static final String ONE = "0123456789abcdef".repeat(4);
  private static final String OTHER = "fedcba9876543210".repeat(4);

  @TempDir private Path folder;

  private static void write(Path file) {
    try (RecordFile records = RecordFile.open(file, "of a test", 8)) {
      ByteBuffer record = records.blank();
      record.putLong(7);
      records.append(record);
    }
  }

  @Test
  void cachesAreFoundByNameAndContentAndNothingElseIs() throws IOException {
    Path encoded = CacheFile.place(folder.resolve("data/encoded"), CacheFile.ENCODED, ONE, "");
    Path features = CacheFile.place(folder.resolve("b"), CacheFile.FEATURES, OTHER, "validation");
    write(encoded);
    write(features);
    Path places = CacheFile.place(folder.resolve("c"), CacheFile.PLACES, ONE, "");
    write(places);
    Path before = folder.resolve("encoded-00112233445566aa.bin");
    Files.writeString(before, "Layout[frames=50, audioWidth=128");
    write(folder.resolve("encoded-mine.bin"));
    Files.writeString(folder.resolve("encoded-0123456789abcdef.bin"), "somebody's own");
    Files.createDirectory(folder.resolve("features-0123456789abcdef-train.bin"));

    List<CacheFile> found = CacheFile.under(folder);

    assertThat(found)
        .extracting(CacheFile::file)
        .containsExactly(features, places, encoded, before);
    assertThat(found.get(0).bytes()).isEqualTo(Files.size(features));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linksAreNotFollowed() throws IOException {
    Path data = folder.resolve("data");
    write(CacheFile.place(data, CacheFile.ENCODED, ONE, ""));
    Files.createSymbolicLink(data.resolve("round"), folder);

    assertThat(CacheFile.under(folder)).hasSize(1);
  }

  @Test
  void openingSaysThatItIsOfUse() throws IOException {
    Path file = CacheFile.place(folder, CacheFile.ENCODED, ONE, "");
    write(file);
    Instant then = Instant.now().minus(Duration.ofDays(40));
    Files.setLastModifiedTime(file, FileTime.from(then));
    assertThat(CacheFile.under(folder).get(0).used()).isBefore(then.plusSeconds(60));

    write(file);

    assertThat(CacheFile.under(folder).get(0).used()).isAfter(then.plusSeconds(60));
  }

  @Test
  void oneThatIsOpenStays() {
    Path file = CacheFile.place(folder, CacheFile.ENCODED, ONE, "");
    write(file);
    CacheFile cache = CacheFile.under(folder).get(0);
    try (RecordFile open = RecordFile.open(file, "of a test", 8)) {
      assertThat(open.size()).isEqualTo(1);
      assertThat(cache.clear()).isFalse();
      open.finish();
      assertThat(cache.clear()).isFalse();
    }
    assertThat(file).exists();
    assertThat(cache.clear()).isTrue();
    assertThat(file).doesNotExist();
    assertThat(cache.clear()).as("gone already").isTrue();
  }

  @Test
  void whatIsNoFolderIsRefused() throws IOException {
    Path file = folder.resolve("file");
    Files.write(file, "text".getBytes(StandardCharsets.UTF_8));
    for (Path none : new Path[] {file, folder.resolve("nowhere")}) {
      assertThatThrownBy(() -> CacheFile.under(none))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(none + ": is not a folder; ");
    }
  }
}
