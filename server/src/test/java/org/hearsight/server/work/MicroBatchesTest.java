package org.hearsight.server.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hearsight.core.error.InputException;
import org.hearsight.server.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MicroBatchesTest {
  private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  /** Squares; waits with the first batch, and refuses what is negative. */
  private List<Integer> squares(List<Integer> numbers) {
    started.countDown();
    try {
      assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (numbers.stream().anyMatch(n -> n < 0)) {
      throw new InputException("number", "is negative", "give another");
    }
    return numbers.stream().map(n -> n * n).toList();
  }

  @Test
  void whatWaitsMeanwhileBecomesOneBatch() throws Exception {
    try (MicroBatches<Integer, Integer> batches =
        new MicroBatches<>(this::squares, 4, 10, sizes::add)) {
      List<CompletableFuture<Integer>> first = batches.add(List.of(2));
      assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
      List<CompletableFuture<Integer>> rest = batches.add(List.of(3, 4, 5, 6, 7));
      go.countDown();

      assertThat(first.get(0).get(30, TimeUnit.SECONDS)).isEqualTo(4);
      for (int i = 0; i < rest.size(); i++) {
        assertThat(rest.get(i).get(30, TimeUnit.SECONDS)).isEqualTo((i + 3) * (i + 3));
      }
    }
    assertThat(sizes).containsExactly(1, 4, 1);
  }

  @Test
  void oneThatIsRefusedCostsItsNeighboursNothing() {
    go.countDown();
    try (MicroBatches<Integer, Integer> batches =
        new MicroBatches<>(this::squares, 4, 10, sizes::add)) {
      List<Outcome<Integer>> outcomes = batches.outcomes(List.of(1, -1, 3), 30);

      assertThat(outcomes.get(0).orThrow()).isEqualTo(1);
      assertThat(outcomes.get(1).problem().kind()).isEqualTo(Problem.Kind.UNPROCESSABLE);
      assertThat(outcomes.get(2).orThrow()).isEqualTo(9);
    }
  }

  @Test
  void aFullQueueRefusesAllOfARequestAndSaysTheLimit() throws Exception {
    try (MicroBatches<Integer, Integer> batches =
        new MicroBatches<>(this::squares, 1, 2, sizes::add)) {
      List<CompletableFuture<Integer>> first = batches.add(List.of(1));
      assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
      List<CompletableFuture<Integer>> second = batches.add(List.of(2));

      assertThatThrownBy(() -> batches.add(List.of(3, 4)))
          .isInstanceOf(Problem.class)
          .hasMessageContaining("1 scenes wait for the model, at most 2")
          .satisfies(e -> assertThat(((Problem) e).retryAfter()).isPositive());
      assertThat(batches.waiting()).isEqualTo(1);
      go.countDown();
      assertThat(first.get(0).get(30, TimeUnit.SECONDS)).isEqualTo(1);
      assertThat(second.get(0).get(30, TimeUnit.SECONDS)).isEqualTo(4);
    }
  }

  @Test
  void whoDoesNotWaitAnyLongerGivesHisPlaceAway() throws Exception {
    try (MicroBatches<Integer, Integer> batches =
        new MicroBatches<>(this::squares, 1, 1, sizes::add)) {
      List<CompletableFuture<Integer>> first = batches.add(List.of(1));
      assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
      List<CompletableFuture<Integer>> gone = batches.add(List.of(2));
      assertThat(gone.get(0).cancel(false)).isTrue();
      List<CompletableFuture<Integer>> third = batches.add(List.of(3));
      go.countDown();

      assertThat(third.get(0).get(30, TimeUnit.SECONDS)).isEqualTo(9);
      assertThat(first.get(0)).isDone();
    }
    assertThat(sizes).containsExactly(1, 1);
  }

  @Test
  void whateverFailsIsToldAndTheNextIsDone() {
    try (MicroBatches<Integer, Integer> batches =
        new MicroBatches<>(
            numbers -> {
              if (numbers.contains(1)) {
                throw new StackOverflowError();
              }
              if (numbers.contains(2)) {
                throw new IllegalStateException("broken");
              }
              return numbers;
            },
            4,
            10,
            sizes::add)) {
      List<Outcome<Integer>> outcomes = batches.outcomes(List.of(1, 2, 3), 30);

      assertThat(outcomes.get(0).problem().kind()).isEqualTo(Problem.Kind.INTERNAL);
      assertThat(outcomes.get(1).problem().kind()).isEqualTo(Problem.Kind.INTERNAL);
      assertThat(outcomes.get(2).orThrow()).isEqualTo(3);
      assertThat(batches.outcomes(List.of(4), 30).get(0).orThrow()).isEqualTo(4);
    }
  }

  @Test
  void whoIsInterruptedWaitsForNothingMore() {
    try (MicroBatches<Integer, Integer> batches =
        new MicroBatches<>(this::squares, 1, 10, sizes::add)) {
      Thread.currentThread().interrupt();
      List<Outcome<Integer>> outcomes = batches.outcomes(List.of(1, 2, 3), 30);

      assertThat(Thread.interrupted()).as("the interruption stands").isTrue();
      assertThat(outcomes)
          .allSatisfy(o -> assertThat(o.problem().kind()).isEqualTo(Problem.Kind.UNAVAILABLE));
      go.countDown();
    }
  }

  @Test
  void closingDoesWhatWaitsAndTakesNothingMore() {
    go.countDown();
    MicroBatches<Integer, Integer> batches = new MicroBatches<>(this::squares, 4, 10, sizes::add);
    List<CompletableFuture<Integer>> results = batches.add(List.of(1, 2, 3));
    batches.close();

    assertThat(results).allSatisfy(r -> assertThat(r).isCompleted());
    assertThatThrownBy(() -> batches.add(List.of(1)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("stopping");
  }
}
