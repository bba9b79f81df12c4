package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SoundQueueTest {
  private final SoundQueue queue = new SoundQueue(100);

  private static float[][] samples(int n) {
    return new float[4][n];
  }

  @Test
  void theOldestGivesWayAndIsCountedOnce() throws InterruptedException {
    Instant now = Instant.ofEpochSecond(5);
    queue.add(samples(40), now);
    queue.add(samples(30), now);
    queue.add(samples(20), now);
    queue.add(samples(45), now.plusSeconds(1)); // 95 with what is left
    SoundQueue.Piece first = queue.take().orElseThrow();
    assertThat(first.dropped()).isEqualTo(40);
    assertThat(first.channels()[0]).hasSize(30);
    assertThat(first.captured()).isEqualTo(now);
    assertThat(queue.take().orElseThrow().dropped()).isZero();
    assertThat(queue.take().orElseThrow().captured()).isEqualTo(now.plusSeconds(1));
  }

  @Test
  void aPieceLargerThanTheQueueIsTakenAlone() throws InterruptedException {
    queue.add(samples(10), null);
    queue.add(samples(500), null);
    assertThat(queue.take().map(SoundQueue.Piece::dropped)).contains(10L);
  }

  @Test
  void whatWaitsForRoomLosesNothing() throws InterruptedException {
    Thread giver =
        new Thread(
            () -> {
              try {
                for (int i = 1; i <= 50; i++) {
                  queue.await(samples(i));
                }
                queue.end();
              } catch (InterruptedException e) {
                queue.fail(new IllegalStateException(e));
              }
            });
    giver.start();
    int taken = 0;
    for (Optional<SoundQueue.Piece> p = queue.take(); p.isPresent(); p = queue.take()) {
      taken++;
      assertThat(p.get().dropped()).isZero();
      assertThat(p.get().channels()[0]).hasSize(taken);
    }
    assertThat(taken).isEqualTo(50);
    giver.join();
  }

  @Test
  void nobodyWaitsForRoomAfterTheEnd() throws InterruptedException {
    queue.await(samples(90));
    CountDownLatch asking = new CountDownLatch(1);
    Thread giver =
        new Thread(
            () -> {
              try {
                asking.countDown();
                queue.await(samples(20)); // waits for room that nobody makes
                queue.await(samples(20)); // comes too late
                queue.add(samples(20), null);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    giver.start();
    asking.await();
    while (giver.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
    queue.end();
    giver.join();
    assertThat(queue.take().orElseThrow().channels()[0]).hasSize(90);
    assertThat(queue.take()).isEmpty();
  }

  @Test
  void aFailureIsLearntAfterWhatCameBefore() throws InterruptedException {
    queue.add(samples(1), null);
    queue.fail(new IllegalStateException("unplugged"));
    assertThat(queue.take()).isPresent();
    assertThatThrownBy(queue::take).hasMessage("unplugged");
  }
}
