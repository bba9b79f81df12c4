package org.hearsight.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.hearsight.app.Hearsight;
import org.hearsight.learning.encode.CacheFile;
import org.hearsight.learning.encode.RecordFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path used;
  private Path old;

  @BeforeEach
  void caches() throws IOException {
    used = cache("data/encoded", CacheFile.ENCODED, "");
    old = cache("clips/features", CacheFile.FEATURES, "train");
    Instant then = Instant.now().minus(Duration.ofDays(31)).minusSeconds(60);
    Files.setLastModifiedTime(old, FileTime.from(then));
  }

  private Path cache(String name, String kind, String part) {
    Path file = CacheFile.place(folder.resolve(name), kind, "0123456789abcdef", part);
    try (RecordFile records = RecordFile.open(file, "of a test", 100_000)) {
      ByteBuffer record = records.blank();
      records.append(record.position(record.limit()));
    }
    return file;
  }

  private int run(Object... args) {
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    return Hearsight.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(words);
  }

  @Test
  void listsWithSizeAndLastUse() {
    assertThat(run("cache", "list", folder)).isZero();

    assertThat(out.toString().lines())
        .containsExactly(
            "      0.1 MB  used   31 days ago  " + old,
            "      0.1 MB  used    0 days ago  " + used,
            "found 2 caches, 0.2 MB");
  }

  @Test
  void listsAsJson() {
    assertThat(run("cache", "list", folder.resolve("clips"), "--json")).isZero();

    assertThat(out.toString()).contains("\"days_ago\" : 31", "\"bytes\" : 100516");
  }

  @Test
  void clearsWhatIsOld() {
    assertThat(run("cache", "clear", "--older-than", 30, folder)).isZero();

    assertThat(out.toString()).contains("cleared 1 cache, 0.1 MB");
    assertThat(old).doesNotExist();
    assertThat(used).exists();
  }

  @Test
  void namesWhatIsOpenAndClearsTheRest() {
    try (RecordFile open = RecordFile.open(used, "of a test", 100_000)) {
      assertThat(open.size()).isEqualTo(1);
      assertThat(run("cache", "clear", folder)).isEqualTo(1);
    }

    assertThat(err.toString().strip())
        .isEqualTo("hearsight: " + used + ": in use by another run; wait for it to end");
    assertThat(old).doesNotExist();
    assertThat(used).exists();
  }

  @Test
  void clearingWithoutAFolderIsWrongUsage() {
    assertThat(run("cache", "clear")).isEqualTo(2);
    assertThat(run("cache")).isEqualTo(2);
    assertThat(run("cache", "clear", "--older-than", -1, folder)).isEqualTo(2);
    assertThat(used).exists();
  }
}
