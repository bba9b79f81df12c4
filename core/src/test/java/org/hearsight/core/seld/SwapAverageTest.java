package org.hearsight.core.seld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.audio.ChannelSwap;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.junit.jupiter.api.Test;

class SwapAverageTest {
  private static final int CLASSES = 2;
  private static final int FRAMES = 3;
  private static final int TRACK = AccddoaDecoder.AXES * CLASSES;
  private static final int ROW = AccddoaDecoder.TRACKS * TRACK;
  private static final List<ChannelSwap> ALL = ChannelSwap.values();

  /** A network that turns with its sound, whatever the order of its tracks, is left as it is. */
  @Test
  void answersThatTurnWithTheSoundAgree() {
    SplittableRandom random = new SplittableRandom(5);
    float[] said = random(random);
    List<float[]> answers = new ArrayList<>();
    for (int i = 0; i < ALL.size(); i++) {
      answers.add(turned(said, ALL.get(i), i % AccddoaDecoder.TRACKS));
    }

    float[] mean = new SwapAverage(ALL, CLASSES).of(answers);

    for (int i = 0; i < mean.length; i++) {
      assertThat(mean[i]).as("number " + i).isCloseTo(said[i], within(1e-6f));
    }
  }

  /** A network that leans the same way in every orientation points right on average. */
  @Test
  void aLeanIsAveragedAway() {
    Vec3 truth = new Direction(40, 15).unit();
    Vec3 lean = new Vec3(0.1, -0.2, 0.15);
    List<float[]> answers = new ArrayList<>();
    for (ChannelSwap swap : ALL) {
      float[] answer = new float[ROW];
      put(answer, 0, 1, swap.apply(truth).plus(lean), 3);
      answers.add(answer);
    }
    assertThat(Direction.of(vector(answers.get(0), 0, 1)).angleTo(Direction.of(truth)))
        .isGreaterThan(5);

    float[] mean = new SwapAverage(ALL, CLASSES).of(answers);

    Vec3 heard = vector(mean, 0, 1);
    assertThat(heard.minus(truth).norm()).isLessThan(1e-6);
    assertThat(mean[3 * CLASSES + 1]).isEqualTo(3);
  }

  /** Those that hear nothing say 0 m, as ADPIT teaches them; they have no say. */
  @Test
  void whoHearsItSaysHowFarItIs() {
    List<float[]> answers = new ArrayList<>();
    for (int i = 0; i < ALL.size(); i++) {
      float[] answer = new float[ROW];
      Vec3 heard = new Direction(40, 15).unit().times(i % 2 == 0 ? 1 : 0);
      put(answer, 0, 1, ALL.get(i).apply(heard), i % 2 == 0 ? 4 : 0);
      answers.add(answer);
    }

    float[] mean = new SwapAverage(ALL, CLASSES).of(answers);

    assertThat(vector(mean, 0, 1).norm()).isCloseTo(0.5, within(1e-6));
    assertThat(mean[3 * CLASSES + 1]).isCloseTo(4, within(1e-5f));
    assertThat(mean[3 * CLASSES]).as("a class that nobody hears").isZero();
  }

  @Test
  void oneSwapIsTheAnswerItself() {
    float[] said = random(new SplittableRandom(2));
    float[] same = new SwapAverage(ALL.subList(0, 1), CLASSES).of(List.of(said.clone()));
    assertThat(same).containsExactly(said);
  }

  @Test
  void everySwapWantsItsAnswer() {
    assertThatThrownBy(() -> new SwapAverage(List.of(), CLASSES)).hasMessageContaining("swaps");
    SwapAverage average = new SwapAverage(ALL, CLASSES);
    assertThatThrownBy(() -> average.of(List.of(new float[ROW])))
        .hasMessageContaining("1 answers to 16");
  }

  private static float[] random(SplittableRandom random) {
    float[] said = new float[FRAMES * ROW];
    for (int i = 0; i < said.length; i++) {
      said[i] = (float) random.nextDouble(-1, 1);
    }
    return said;
  }

  /** The answer to the swapped sound, its tracks moved on by some. */
  private static float[] turned(float[] said, ChannelSwap swap, int by) {
    float[] out = new float[said.length];
    for (int frame = 0; frame < FRAMES; frame++) {
      for (int t = 0; t < AccddoaDecoder.TRACKS; t++) {
        int from = frame * AccddoaDecoder.TRACKS + t;
        int to = frame * AccddoaDecoder.TRACKS + (t + by) % AccddoaDecoder.TRACKS;
        for (int c = 0; c < CLASSES; c++) {
          float distance = said[from * TRACK + 3 * CLASSES + c];
          put(out, to, c, swap.apply(vector(said, from, c)), distance);
        }
      }
    }
    return out;
  }

  private static void put(float[] output, int track, int c, Vec3 v, float distance) {
    int at = track * TRACK + c;
    output[at] = (float) v.x();
    output[at + CLASSES] = (float) v.y();
    output[at + 2 * CLASSES] = (float) v.z();
    output[at + 3 * CLASSES] = distance;
  }

  private static Vec3 vector(float[] output, int track, int c) {
    int at = track * TRACK + c;
    return new Vec3(output[at], output[at + CLASSES], output[at + 2 * CLASSES]);
  }
}
