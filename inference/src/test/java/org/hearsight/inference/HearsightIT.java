package org.hearsight.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.bundle.ModelBundle;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.vision.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HearsightIT {
  private static final int SECOND = Foa.SAMPLE_RATE;

  @TempDir private Path folder;

  @Test
  void stepsApartAnswerAsOneCall() {
    try (Hearsight hearsight = Hearsight.load(TinyModel.write(folder, 1), 1)) {
      Heard heard = hearsight.hear(TinyModel.clip(1, SECOND));
      for (View view : List.of(TinyModel.view(1), TinyModel.view(2), View.blind())) {
        assertThat(hearsight.answer(heard, hearsight.see(view)))
            .isEqualTo(hearsight.imagine(TinyModel.clip(1, SECOND), view));
      }
      Seen seen = hearsight.see(TinyModel.view(1));
      assertThat(hearsight.answer(hearsight.hear(TinyModel.clip(2, SECOND)), seen))
          .isEqualTo(hearsight.imagine(TinyModel.clip(2, SECOND), TinyModel.view(1)))
          .isNotEqualTo(hearsight.answer(heard, seen));
    }
  }

  /** Forty scenes of four lengths, every fifth without a picture. */
  @Test
  void aBatchAnswersAsSingleCalls() {
    List<Observation> scenes =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    new Observation(
                        TinyModel.clip(i, SECOND / 2 * (1 + i % 4)),
                        i % 5 == 0 ? View.blind() : TinyModel.view(i)))
            .toList();
    try (Hearsight hearsight = Hearsight.load(TinyModel.write(folder, 1), 2)) {
      List<Imagination> together = hearsight.imagine(scenes);

      assertThat(together).hasSameSizeAs(scenes);
      for (int i = 0; i < scenes.size(); i++) {
        assertNear(together.get(i), hearsight.imagine(scenes.get(i).clip(), scenes.get(i).view()));
      }
      assertThat(hearsight.imagine(List.of())).isEmpty();
    }
  }

  private static void assertNear(Imagination actual, Imagination expected) {
    expected
        .probabilities()
        .forEach(
            (name, p) -> assertThat(actual.probabilities().get(name)).isCloseTo(p, within(1e-5)));
    assertThat(actual.confidence()).isCloseTo(expected.confidence(), within(1e-5));
    assertThat(actual.reliability().audio())
        .isCloseTo(expected.reliability().audio(), within(1e-5));
    assertThat(actual.location().direction().angleTo(expected.location().direction()))
        .isLessThan(0.01);
    assertThat(actual.occlusionLevel()).isEqualTo(expected.occlusionLevel());
    assertThat(actual.notes()).isEqualTo(expected.notes());
  }

  @Test
  void whetherASoundIsUnknownIsHeardAlone() {
    try (Hearsight hearsight = Hearsight.load(TinyModel.write(folder, 1), 1)) {
      Clip clip = TinyModel.clip(1, SECOND);
      Imagination.Unknown blind = hearsight.imagine(clip, View.blind()).unknown();

      assertThat(blind.threshold()).isEqualTo(hearsight.card().unknown().threshold());
      assertThat(blind.score()).isFinite().isNotZero();
      assertThat(hearsight.imagine(clip, TinyModel.view(1)).unknown()).isEqualTo(blind);
      assertThat(hearsight.imagine(TinyModel.clip(2, SECOND), View.blind()).unknown())
          .isNotEqualTo(blind);
    }
  }

  @Test
  void afterClosingOnlyTheCardCanBeRead() {
    Hearsight hearsight = Hearsight.load(TinyModel.write(folder, 1), 1);
    hearsight.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> hearsight.read(folder.resolve("none.wav")))
        .withMessage(folder + " is closed");
    assertThat(hearsight.card().taxonomy().size()).isPositive();
  }

  @Test
  void theShortestClipOfABatchIsNamed() {
    try (Hearsight hearsight = Hearsight.load(TinyModel.write(folder, 1), 1)) {
      assertThatThrownBy(
              () ->
                  hearsight.imagine(
                      List.of(
                          new Observation(TinyModel.clip(1, SECOND), View.blind()),
                          new Observation(TinyModel.clip(2, 2399), View.blind()))))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("audio: duration: 0.10 s, expected at least 0.1 s; ");
    }
  }

  @Test
  void manyThreadsGetTheSameAnswers() {
    try (Hearsight hearsight = Hearsight.load(TinyModel.write(folder, 1), 1)) {
      List<Observation> scenes =
          IntStream.range(0, 5)
              .mapToObj(i -> new Observation(TinyModel.clip(i, SECOND), TinyModel.view(i)))
              .toList();
      List<Imagination> alone =
          scenes.stream().map(s -> hearsight.imagine(s.clip(), s.view())).toList();
      List<List<Imagination>> all = new ArrayList<>();
      inThreads(
          8,
          t -> {
            for (int round = 0; round < 5; round++) {
              List<Imagination> mine =
                  scenes.stream().map(s -> hearsight.imagine(s.clip(), s.view())).toList();
              synchronized (all) {
                all.add(mine);
              }
            }
          });
      assertThat(all).hasSize(40).allMatch(alone::equals);
    }
  }

  /** A call either answers rightly or fails by the model's name, whenever it is closed. */
  @Test
  void closingWaitsForCallsInFlight() {
    Path model = TinyModel.write(folder, 1);
    Clip clip = TinyModel.clip(1, SECOND);
    View view = TinyModel.view(1);
    Imagination expected;
    try (Hearsight hearsight = Hearsight.load(model, 1)) {
      expected = hearsight.imagine(clip, view);
    }
    for (int round = 0; round < 40; round++) {
      Hearsight hearsight = Hearsight.load(model, 1);
      List<Throwable> ends = new ArrayList<>();
      int delay = round;
      inThreads(
          9,
          t -> {
            if (t == 8) {
              sleep(delay);
              hearsight.close();
              return;
            }
            try {
              while (true) {
                assertThat(hearsight.imagine(clip, view)).isEqualTo(expected);
              }
            } catch (IllegalStateException e) {
              synchronized (ends) {
                ends.add(e);
              }
            }
          });
      assertThat(ends).hasSize(8).allMatch(e -> e.getMessage().equals(model + " is closed"));
      assertThat(SharedModel.count()).isZero();
    }
  }

  @Test
  void aClosedModelDoesNotAnswer() {
    Hearsight hearsight = Hearsight.load(TinyModel.write(folder, 1), 1);
    Heard heard = hearsight.hear(TinyModel.clip(1, SECOND));
    Seen seen = hearsight.see(View.blind());
    hearsight.close();
    hearsight.close();
    assertClosed(() -> hearsight.imagine(TinyModel.clip(1, SECOND), View.blind()));
    assertClosed(() -> hearsight.imagine(List.of()));
    assertClosed(() -> hearsight.hear(TinyModel.clip(1, SECOND)));
    assertClosed(() -> hearsight.see(View.blind()));
    assertClosed(() -> hearsight.answer(heard, seen));
    assertThat(hearsight.card().taxonomy().size()).isEqualTo(3);
  }

  private void assertClosed(Runnable call) {
    assertThatIllegalStateException().isThrownBy(call::run).withMessage(folder + " is closed");
  }

  @Test
  void aModelLoadedTwiceIsOneUntilBothAreClosed() {
    Path model = TinyModel.write(folder, 1);
    Hearsight first = Hearsight.load(model, 1);
    Hearsight second = Hearsight.load(folder.resolve(".").resolve("../" + folder.getFileName()), 1);
    assertThat(SharedModel.count()).isEqualTo(1);
    Hearsight wider = Hearsight.load(model, 2);
    assertThat(SharedModel.count()).isEqualTo(2);
    wider.close();
    Heard heard = first.hear(TinyModel.clip(1, SECOND));
    first.close();
    assertThat(SharedModel.count()).isEqualTo(1);
    assertThat(second.answer(heard, second.see(View.blind())))
        .isEqualTo(second.imagine(TinyModel.clip(1, SECOND), View.blind()));
    second.close();
    assertThat(SharedModel.count()).isZero();
  }

  @Test
  void threadsThatLoadAtOnceShareOneModel() {
    Path model = TinyModel.write(folder, 1);
    for (int round = 0; round < 20; round++) {
      inThreads(
          8,
          t -> {
            try (Hearsight hearsight = Hearsight.load(model, 1)) {
              assertThat(hearsight.see(View.blind()).occlusionLevel()).isEqualTo(1);
            }
          });
      assertThat(SharedModel.count()).isZero();
    }
  }

  @Test
  void aModelWrittenAnewIsAnotherOne() {
    Clip clip = TinyModel.clip(1, SECOND);
    try (Hearsight old = Hearsight.load(TinyModel.write(folder, 1), 1)) {
      Imagination before = old.imagine(clip, View.blind());
      Heard heard = old.hear(clip);
      try (Hearsight anew = Hearsight.load(TinyModel.write(folder, 2), 1)) {
        assertThat(anew.imagine(clip, View.blind())).isNotEqualTo(before);
        assertThat(old.imagine(clip, View.blind())).isEqualTo(before);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> anew.answer(heard, anew.see(View.blind())))
            .withMessageStartingWith("heard by the model ");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> anew.answer(anew.hear(clip), old.see(View.blind())))
            .withMessageStartingWith("seen by the model ");
      }
    }
  }

  @Test
  void aModelThatDoesNotLoadLeavesNothing() throws IOException {
    assertThatThrownBy(() -> Hearsight.load(folder.resolve("none")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.resolve("none").resolve("model.json") + ": is missing")
        .extracting(e -> ((InputException) e).fault())
        .isEqualTo(InputException.Fault.INPUT);
    Path model = TinyModel.write(folder, 1);
    byte[] head = Files.readAllBytes(ModelBundle.imagination(model));
    head[head.length / 2] ^= 1;
    Files.write(ModelBundle.imagination(model), head);
    inThreads(
        4,
        t ->
            assertThatThrownBy(() -> Hearsight.load(model, 1))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(ModelBundle.imagination(model) + ": is damaged")
                .extracting(e -> ((InputException) e).fault())
                .isEqualTo(InputException.Fault.MODEL));
    assertThat(SharedModel.count()).isZero();
  }

  @Test
  void aRecordingIsReadFromItsEndAndNoted() {
    Path file = folder.resolve("long.wav");
    Clip two = TinyModel.clip(1, 2 * SECOND);
    Wav.write(file, new Audio(Foa.SAMPLE_RATE, two.foa()), Encoding.FLOAT_32);
    try (Hearsight hearsight = Hearsight.load(TinyModel.write(folder.resolve("m"), 1), 1)) {
      Clip end = hearsight.read(file);
      assertThat(end.samples()).isEqualTo(SECOND);
      assertThat(end.notes()).containsExactly("audio is 2.0 s long; its last 1 s are judged");
      assertThat(hearsight.imagine(end.noting(List.of("more")), View.blind()).notes())
          .containsSubsequence("audio is 2.0 s long; its last 1 s are judged", "more");
      assertThat(hearsight.imagine(two, View.blind()).probabilities())
          .isEqualTo(hearsight.imagine(end, View.blind()).probabilities());
    }
  }

  @Test
  void anInterruptedThreadIsNotAnswered() {
    try (Hearsight hearsight = Hearsight.load(TinyModel.write(folder, 1), 1)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> hearsight.imagine(TinyModel.clip(1, SECOND), View.blind()))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(hearsight.imagine(TinyModel.clip(1, SECOND), View.blind()).notes()).isNotNull();
    }
  }

  /** Ended in the middle of calls, a process ends as it was asked to. */
  @Test
  void theProcessEndsInOrderWhileThreadsCall() throws IOException, InterruptedException {
    Path model = TinyModel.write(folder.resolve("model"), 1);
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    for (int round = 0; round < 3; round++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  path,
                  EndsInCalls.class.getName(),
                  model.toString())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isEqualTo(3);
    }
  }

  /** Calls in four threads that nobody waits for, and ends. */
  public static final class EndsInCalls {
    private EndsInCalls() {}

    /**
     * Ends while four threads call.
     *
     * @param args folder of the model
     */
    public static void main(String[] args) throws InterruptedException {
      Hearsight hearsight = Hearsight.load(Path.of(args[0]), 1);
      Clip clip = TinyModel.clip(1, SECOND);
      CountDownLatch called = new CountDownLatch(40);
      for (int i = 0; i < 4; i++) {
        Thread thread =
            new Thread(
                () -> {
                  while (true) {
                    Imagination unused = hearsight.imagine(clip, View.blind());
                    called.countDown();
                  }
                });
        thread.setDaemon(true);
        thread.start();
      }
      called.await();
      System.exit(3);
    }
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs numbered threads to their end; what fails in one fails the test. */
  private static void inThreads(int count, IntConsumer work) {
    List<Throwable> failures = new ArrayList<>();
    List<Thread> threads =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          try {
                            work.accept(i);
                          } catch (Throwable e) {
                            synchronized (failures) {
                              failures.add(e);
                            }
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      try {
        thread.join(60_000);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      assertThat(thread.isAlive()).as("still running").isFalse();
    }
    assertThat(failures).isEmpty();
  }
}
