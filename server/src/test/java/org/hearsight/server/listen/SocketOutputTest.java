package org.hearsight.server.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SocketOutputTest {
  private final AtomicBoolean cut = new AtomicBoolean();
  private final List<String> begun = new ArrayList<>();

  private SocketOutput output(Duration patience, boolean reads) {
    return new SocketOutput(
        (text, callback) -> {
          begun.add(text);
          if (reads) {
            callback.succeed();
          }
        },
        () -> cut.set(true),
        patience);
  }

  @Test
  void textsGoOutOneAfterTheOther() throws InterruptedException {
    SocketOutput output = output(Duration.ofSeconds(30), true);
    output.send("a");
    output.send("b");
    assertThat(begun).containsExactly("a", "b");
    assertThat(cut).isFalse();
  }

  @Test
  void whoDoesNotReadIsCutOff() {
    SocketOutput output = output(Duration.ofMillis(20), false);
    assertThatThrownBy(() -> output.send("a")).isInstanceOf(CancellationException.class);
    assertThat(begun).containsExactly("a");
    assertThat(cut).isTrue();
  }

  @Test
  void whoIsGoneIsCutOff() {
    SocketOutput output =
        new SocketOutput(
            (text, callback) -> callback.fail(new IllegalStateException("closed")),
            () -> cut.set(true),
            Duration.ofSeconds(30));
    assertThatThrownBy(() -> output.send("a")).isInstanceOf(CancellationException.class);
    assertThat(cut).isTrue();
  }

  @Test
  void whoeverWaitsCanBeInterrupted() {
    SocketOutput output =
        new SocketOutput(
            (text, callback) -> Thread.currentThread().interrupt(),
            () -> cut.set(true),
            Duration.ofSeconds(30));
    assertThatThrownBy(() -> output.send("a")).isInstanceOf(InterruptedException.class);
    assertThat(cut).isFalse();
  }
}
