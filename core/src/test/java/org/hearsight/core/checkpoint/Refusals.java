package org.hearsight.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.hearsight.core.error.InputException;

/** What a refusal must be: one line that names the file, soon and with little memory. */
final class Refusals {
  private static final long MOST_BYTES = 256L << 20;

  private Refusals() {}

  static String refusal(Path file) {
    return assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          long before = allocated();
          Throwable thrown = catchThrowable(() -> StateDict.read(file));
          long used = allocated() - before;
          assertThat(thrown).as(file.toString()).isInstanceOf(InputException.class);
          String message = thrown.getMessage();
          checkLine(file, message);
          assertThat(used).as("bytes allocated to refuse " + file).isLessThan(MOST_BYTES);
          return message.substring(file.toString().length() + 2);
        });
  }

  static void checkLine(Path file, String message) {
    assertThat(message)
        .startsWith(file + ": ")
        .contains("; ")
        .hasSizeLessThan(file.toString().length() + 400)
        .doesNotContainPattern("[\\p{Cntrl}\\u2028\\u2029]")
        .doesNotContain("null", "Exception", "java.");
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
