package org.hearsight.core.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharedWorkTest {
  @ParameterizedTest
  @CsvSource({"0, 1", "0, 4", "1, 4", "7, 1", "7, 2", "1000, 3", "3, 1000"})
  void everyPieceIsDoneOnce(int pieces, int threads) {
    AtomicIntegerArray done = new AtomicIntegerArray(pieces);
    SharedWork.each(pieces, threads, done::incrementAndGet);
    AtomicIntegerArray inBlocks = new AtomicIntegerArray(pieces);
    SharedWork.blocks(
        pieces,
        threads,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            inBlocks.incrementAndGet(i);
          }
        });
    for (int i = 0; i < pieces; i++) {
      assertThat(done.get(i)).as("piece %d", i).isEqualTo(1);
      assertThat(inBlocks.get(i)).as("piece %d in blocks", i).isEqualTo(1);
    }
  }

  /** Pieces behind the first may have begun on another thread, and thrown before it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void whatTheFirstOfThemThrewIsThrown(int threads) {
    CountDownLatch later = new CountDownLatch(threads == 1 ? 0 : 1);
    assertThatThrownBy(
            () ->
                SharedWork.each(
                    100,
                    threads,
                    i -> {
                      if (i == 3) {
                        await(later);
                        throw new IllegalStateException("3");
                      }
                      if (i > 3) {
                        later.countDown();
                        throw new IllegalStateException("later");
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("3");
  }

  @Test
  void piecesBehindOneThatThrewAreNotBegun() {
    AtomicIntegerArray done = new AtomicIntegerArray(100_000);
    assertThatThrownBy(
            () ->
                SharedWork.each(
                    done.length(),
                    2,
                    i -> {
                      done.incrementAndGet(i);
                      if (i == 5) {
                        throw new IllegalStateException();
                      }
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(done.get(done.length() - 1)).isZero();
  }

  @Test
  void needsAThread() {
    assertThatIllegalArgumentException().isThrownBy(() -> SharedWork.each(3, 0, i -> {}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SharedWork.blocks(3, 0, (from, to) -> {}));
  }

  /** Where the pool has no free thread, the calling one does all: nothing waits for ever. */
  private static void await(CountDownLatch latch) {
    try {
      boolean ignored = latch.await(200, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
