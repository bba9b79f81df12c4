package org.hearsight.simulator.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.ToDoubleFunction;
import org.hearsight.simulator.sound.Trains.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrainsTest {
  private static final int SOUNDS = 11;
  private static final int SAMPLES = Synth.samples(4);

  /** The middle of a typical one's energy, and the share of time it sounds. */
  @ParameterizedTest
  @CsvSource({
    "WAGONS, 300, 1100, 0.6, 1",
    "DIESEL, 100, 500, 0.6, 1",
    "ELECTRIC, 300, 1700, 0.9, 1",
    "STEAM, 500, 2000, 0.4, 0.9",
    "HORN, 300, 1200, 0.4, 0.95",
    "WHISTLE, 400, 1300, 0.35, 0.8",
    "CROSSING, 450, 1700, 0.2, 1",
    "BRAKING, 500, 3000, 0.7, 1"
  })
  void soundsHaveThePitchAndPausesOfPractice(
      Kind kind, double low, double high, double least, double most) {
    double[] middle = sorted(kind, Listening::middle);
    double[] sounding = sorted(kind, x -> Listening.sounding(x, 0.2));
    assertThat(Listening.quantile(middle, 0.5)).isBetween(low, high);
    assertThat(Listening.quantile(sounding, 0.5)).isBetween(least, most);
  }

  /** Four beats a turn of wheels of some 1.5 m, from setting off to the speed of a local train. */
  @Test
  void steamEnginesChuffAtTheRateOfTheirWheels() {
    double[] rate = sorted(Kind.STEAM, x -> Listening.beats(x, 1, 40));
    assertThat(rate[0]).isGreaterThanOrEqualTo(1.25);
    assertThat(rate[rate.length - 1]).isLessThan(16);
    assertThat(Listening.quantile(rate, 0.5)).isBetween(2.0, 8.0);
  }

  @Test
  void bellsOfCrossingsAreStruckAtTheRateOfPractice() {
    double[] rate = sorted(Kind.CROSSING, x -> Listening.beats(x, 1, 40));
    assertThat(Listening.quantile(rate, 0.5)).isBetween(1.3, 4.75);
  }

  /** Reeds of horns stand apart from the train: hardly anything below or above them. */
  @ParameterizedTest
  @EnumSource(names = {"HORN", "WHISTLE"})
  void hornsAndWhistlesLieInTheMiddle(Kind kind) {
    double[] share = sorted(kind, x -> Listening.share(x, 200, 3000));
    assertThat(Listening.quantile(share, 0.5)).isGreaterThan(0.9);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theSameDrawsSoundTheSameAndOthersDoNot(Kind kind) {
    Listening.requireOneSoundForEachSeed(24000, draw -> Trains.generate(kind, 24000, draw));
  }

  private static double[] sorted(Kind kind, ToDoubleFunction<float[]> measured) {
    return Listening.sorted(SOUNDS, draw -> Trains.generate(kind, SAMPLES, draw), measured);
  }
}
