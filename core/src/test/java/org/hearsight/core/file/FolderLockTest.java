package org.hearsight.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FolderLockTest {
  @TempDir Path folder;

  /** Holds a lock until its process is ended. */
  public static final class Holder {
    public static void main(String[] args) throws InterruptedException {
      FolderLock lock = FolderLock.take(Path.of(args[0]), "train");
      System.out.println("held");
      Thread.sleep(600_000);
      lock.close();
    }
  }

  @Test
  void oneAtATimeInThisProcessAndNothingStays() {
    Path made = folder.resolve("a/b");
    try (FolderLock lock = FolderLock.take(made, "simulate")) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> FolderLock.take(made, "train"))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(
              made + ": is being written by another process (simulate, process ")
          .hasMessageEndingWith("; wait for it to end, or choose another folder");
    }
    assertThat(made).as("made for the lock alone").doesNotExist();
    assertThat(folder.resolve("a")).isEmptyDirectory();
    FolderLock.take(made, "train").close();
  }

  @Test
  void anotherProcessIsNamedAndAKilledOneIsNotInTheWay() throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("held");
      assertThatThrownBy(() -> FolderLock.take(folder, "train"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("(train, process " + holder.pid() + " on ");
    } finally {
      holder.destroyForcibly().waitFor();
    }
    assertThat(folder.resolve(FolderLock.NAME)).exists();
    FolderLock.take(folder, "train").close();
    assertThat(folder.resolve(FolderLock.NAME)).doesNotExist();
  }

  @Test
  void manyThreadsNeverHoldItTogether() {
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    IntStream.range(0, 400)
        .parallel()
        .forEach(
            i -> {
              try (FolderLock lock = FolderLock.take(folder, "work " + i)) {
                assertThat(lock).isNotNull();
                assertThat(holders.incrementAndGet()).isEqualTo(1);
                taken.incrementAndGet();
                holders.decrementAndGet();
              } catch (InputException e) {
                assertThat(e).hasMessageContaining("is being written");
              }
            });
    assertThat(taken.get()).isPositive();
    assertThat(Files.exists(folder.resolve(FolderLock.NAME))).isFalse();
  }

  @Test
  void aFolderThatWasThereOrHasSomethingInItStays() throws IOException {
    FolderLock.take(folder, "train").close();
    assertThat(folder).isEmptyDirectory();
    Path made = folder.resolve("made");
    String answer =
        FolderLock.holding(
            made,
            "train",
            () -> {
              AtomicFile.writeText(made.resolve("file"), "text");
              return "done";
            });
    assertThat(answer).isEqualTo("done");
    assertThat(made.resolve("file")).exists();
    assertThat(made.resolve(FolderLock.NAME)).doesNotExist();
  }
}
