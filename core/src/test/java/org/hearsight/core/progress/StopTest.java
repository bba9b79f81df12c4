package org.hearsight.core.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** The process as a whole is asked to end in processes of their own, in the application's tests. */
class StopTest {
  @Test
  void anInterruptEndsTheWorkOfOneThread() {
    Stop.check();
    Thread.currentThread().interrupt();
    try {
      assertThat(Stop.isAsked()).isTrue();
      assertThatThrownBy(Stop::check).isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).as("stays interrupted").isTrue();
    }
    assertThat(Stop.isAsked()).isFalse();
  }
}
