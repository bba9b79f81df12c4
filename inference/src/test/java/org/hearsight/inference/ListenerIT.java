package org.hearsight.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.drift.DriftMonitor;
import org.hearsight.core.drift.DriftReference;
import org.hearsight.core.drift.DriftState;
import org.hearsight.core.drift.Traits;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Calibration;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.vision.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenerIT {
  private static final int SECOND = Foa.SAMPLE_RATE;
  private static final float[][] STREAM = TinyModel.clip(7, 5 * SECOND / 2).foa();

  @TempDir private Path folder;

  private static float[][] part(int from, int to) {
    return Arrays.stream(STREAM).map(c -> Arrays.copyOfRange(c, from, to)).toArray(float[][]::new);
  }

  private static List<LiveAnswer> inChunks(Listener listener, int most, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<LiveAnswer> answers = new ArrayList<>();
    for (int at = 0; at < STREAM[0].length; ) {
      int to = Math.min(STREAM[0].length, at + random.nextInt(most + 1));
      answers.addAll(listener.push(part(at, to)));
      at = to;
    }
    return answers;
  }

  @Test
  void everyHopIsAnsweredAsTheClipThatEndsThere() {
    try (Hearsight hearsight = Hearsight.load(TinyModel.write(folder, 1), 1)) {
      Listener listener = hearsight.listener();
      listener.see(TinyModel.view(1));
      List<LiveAnswer> answers = listener.push(STREAM);
      assertThat(answers).hasSize(25);
      for (int i = 0; i < answers.size(); i++) {
        LiveAnswer answer = answers.get(i);
        int end = (i + 1) * Listener.HOP;
        assertThat(answer.sequence()).isEqualTo(i + 1);
        assertThat(answer.seconds()).isEqualTo((i + 1) / 10.0);
        assertThat(answer.captured()).isNull();
        assertThat(answer.dropped()).isZero();
        Clip clip = Clip.of(part(Math.max(0, end - SECOND), end), SECOND);
        Imagination whole = hearsight.imagine(clip, TinyModel.view(1));
        assertThat(withoutNotes(answer.imagination())).isEqualTo(withoutNotes(whole));
      }
      assertThat(answers.get(8).imagination().notes())
          .contains("audio is 0.9 s long; the model was trained on 1 s");
      assertThat(answers.get(9).imagination().notes()).noneMatch(n -> n.contains(" s long"));
    }
  }

  /** Whether the channels are a sound field is not looked at in every hop. */
  private static Imagination withoutNotes(Imagination a) {
    return new Imagination(
        a.className(),
        a.probabilities(),
        a.location(),
        a.spread(),
        a.places(),
        a.regionLevels(),
        a.confidence(),
        a.unknown(),
        a.reliability(),
        a.occlusionLevel(),
        List.of());
  }

  /** Windows that overlap, are not full or hold dropped sound are not evidence. */
  @Test
  void aMonitorJudgesWholeWindowsThatDoNotOverlap() {
    try (Hearsight hearsight = Hearsight.load(TinyModel.write(folder, 1), 1)) {
      View view = TinyModel.view(1);
      List<Traits> scenes = new ArrayList<>();
      for (int seed = 0; seed < 4; seed++) {
        scenes.add(traits(hearsight, TinyModel.clip(seed, SECOND), TinyModel.view(seed)));
      }
      DriftReference reference =
          DriftReference.of(scenes, new Calibration.FittedOn("calibration", 4, 3, 1, "abc"));
      DriftMonitor whole = new DriftMonitor(reference, DriftState.begin("tiny", 0.01));
      for (int from : new int[] {0, SECOND}) {
        Clip clip = Clip.of(part(from, from + SECOND), SECOND);
        whole.add(traits(hearsight, clip, view), "");
      }

      DriftMonitor monitor = new DriftMonitor(reference, DriftState.begin("tiny", 0.01));
      Listener listener = hearsight.listener().monitoredBy(monitor);
      listener.see(view);
      List<LiveAnswer> answers = listener.push(STREAM);
      assertThat(judged(answers)).containsExactly(1.0, 2.0);
      assertThat(answers.get(19).drift()).isEqualTo(whole.verdict());
      assertThat(monitor.state()).isEqualTo(whole.state());

      listener.drop(SECOND / 10);
      assertThat(judged(listener.push(part(0, 2 * SECOND)))).containsExactly(3.6, 4.6);
    }
  }

  private static Traits traits(Hearsight hearsight, Clip clip, View view) {
    Heard heard = hearsight.hear(clip);
    Seen seen = hearsight.see(view);
    return hearsight.traits(heard, seen, hearsight.answer(heard, seen));
  }

  private static List<Double> judged(List<LiveAnswer> answers) {
    return answers.stream().filter(a -> a.drift() != null).map(LiveAnswer::seconds).toList();
  }

  @Test
  void doubtsAboutTheChannelsAreNotedInEveryAnswer() {
    try (Hearsight hearsight = Hearsight.load(TinyModel.write(folder, 1), 1)) {
      float[][] mono = part(0, 2 * SECOND);
      mono[2] = mono[1];
      List<LiveAnswer> answers = hearsight.listener().push(mono);
      assertThat(answers).hasSize(20);
      assertThat(answers)
          .allMatch(
              a -> a.imagination().notes().stream().anyMatch(n -> n.contains("is channel 2 (Y)")));
    }
  }

  @Test
  void answersDoNotDependOnTheChunks() {
    try (Hearsight hearsight = Hearsight.load(TinyModel.write(folder, 1), 1)) {
      List<LiveAnswer> whole = hearsight.listener().push(STREAM);
      assertThat(inChunks(hearsight.listener(), 100, 1)).isEqualTo(whole);
      assertThat(inChunks(hearsight.listener(), 2400, 2)).isEqualTo(whole);
      assertThat(inChunks(hearsight.listener(), 9000, 3)).isEqualTo(whole);
    }
  }

  @Test
  void aViewHoldsUntilTheNextOne() {
    try (Hearsight hearsight = Hearsight.load(TinyModel.write(folder, 1), 1)) {
      Listener listener = hearsight.listener();
      Imagination blind = listener.push(part(0, SECOND)).get(9).imagination();
      Imagination whole = hearsight.imagine(Clip.of(part(0, SECOND), SECOND), View.blind());
      assertThat(withoutNotes(blind)).isEqualTo(withoutNotes(whole));
      listener.see(TinyModel.view(2));
      for (LiveAnswer answer : listener.push(part(SECOND, 3 * SECOND / 2))) {
        assertThat(answer.imagination().occlusionLevel()).isEqualTo(0.5);
      }
    }
  }

  @Test
  void whatIsDroppedIsSilenceAndCounted() {
    try (Hearsight hearsight = Hearsight.load(TinyModel.write(folder, 1), 1)) {
      Listener listener = hearsight.listener();
      assertThat(listener.push(part(0, SECOND))).hasSize(10);
      listener.drop(5_000);
      listener.drop(0);
      List<LiveAnswer> answers = listener.push(part(SECOND, 2 * SECOND));
      LiveAnswer first = answers.get(0);
      assertThat(first.sequence()).isEqualTo(13);
      assertThat(first.dropped()).isEqualTo(5_000);
      float[][] heard = new float[Foa.CHANNELS][SECOND];
      for (int c = 0; c < heard.length; c++) { // ends 2,200 samples after the gap
        System.arraycopy(STREAM[c], 7_200, heard[c], 0, SECOND - 7_200);
        System.arraycopy(STREAM[c], SECOND, heard[c], SECOND - 2_200, 2_200);
      }
      Imagination whole = hearsight.imagine(Clip.of(heard, SECOND), View.blind());
      assertThat(first.imagination().probabilities()).isEqualTo(whole.probabilities());
      assertThat(first.imagination().notes())
          .contains("sound was dropped in this window and counts as silence");
      listener.drop(10L * SECOND);
      List<LiveAnswer> later = listener.push(part(0, 5 * SECOND / 2));
      LiveAnswer last = later.get(later.size() - 1);
      assertThat(last.dropped()).isEqualTo(5_000 + 10L * SECOND);
      assertThat(last.imagination().notes()).noneMatch(n -> n.contains("dropped"));
    }
  }

  @Test
  void anAnswerKnowsWhenItsSoundWasCaptured() {
    try (Hearsight hearsight = Hearsight.load(TinyModel.write(folder, 1), 1)) {
      Instant now = Instant.ofEpochSecond(100);
      List<LiveAnswer> answers = hearsight.listener().push(part(0, 6000), now);
      assertThat(answers).hasSize(2);
      assertThat(answers.get(1).captured()).isEqualTo(now.minus(Duration.ofMillis(50)));
      assertThat(answers.get(0).captured()).isEqualTo(now.minus(Duration.ofMillis(150)));
    }
  }

  /** Of a model with a map, whose weights cost two more maps; 2 threads as a stream has them. */
  @Test
  void withoutWeightsAllElseIsTheSame() {
    try (Hearsight hearsight = Hearsight.load(Path.of("..", "weights", "default"), 2)) {
      float[][] sound = TinyModel.clip(7, 3 * SECOND / 2).foa();
      for (View view : List.of(View.blind(), TinyModel.view(1))) {
        Listener whole = hearsight.listener();
        Listener quick = hearsight.listener().withoutWeights();
        whole.see(view);
        quick.see(view);
        List<LiveAnswer> expected = whole.push(sound);
        List<LiveAnswer> answers = quick.push(sound);
        assertThat(answers).hasSize(6);
        for (int i = 0; i < answers.size(); i++) {
          Imagination e = expected.get(i).imagination();
          Imagination a = answers.get(i).imagination();
          assertThat(e.reliability()).isNotNull();
          assertThat(a.reliability()).isNull();
          assertThat(a.probabilities()).isEqualTo(e.probabilities());
          assertThat(a.location()).isEqualTo(e.location());
          assertThat(a.places()).isEqualTo(e.places());
          assertThat(a.confidence()).isEqualTo(e.confidence());
        }
      }
    }
  }

  @Test
  void whatIsNoSoundIsRefusedAndAClosedModelDoesNotAnswer() {
    Hearsight hearsight = Hearsight.load(TinyModel.write(folder, 1), 1);
    Listener listener = hearsight.listener();
    assertThatThrownBy(() -> listener.push(new float[3][10])).isInstanceOf(InputException.class);
    hearsight.close();
    assertThatIllegalStateException().isThrownBy(() -> listener.push(STREAM));
    assertThatIllegalStateException().isThrownBy(hearsight::listener);
  }
}
