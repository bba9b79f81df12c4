package org.hearsight.simulator.sound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SirensTest {
  private static final int SOUNDS = 7;
  private static final int SAMPLES = Synth.samples(4);

  /** Lowest and highest fundamental in Hz, and how many times a second a sweep or tone returns. */
  @ParameterizedTest
  @CsvSource({
    "WAIL, 400, 1900, 0.13, 0.34",
    "YELP, 400, 1900, 0.66, 5",
    "PIERCER, 400, 1900, 5, 20",
    "HI_LO, 360, 1900, 0.25, 2.1"
  })
  void electronicFormsFollowThePitchesOfPractice(
      Sirens.Form form, double low, double high, double slow, double quick) {
    Set<Long> rates = new HashSet<>();
    for (int seed = 0; seed < 15; seed++) {
      double seconds = 30;
      double[] pitch = Sirens.track(form, Synth.samples(seconds), 450, 1700, Listening.draw(seed));
      double lowest = Arrays.stream(pitch).min().getAsDouble();
      double highest = Arrays.stream(pitch).max().getAsDouble();
      assertThat(lowest).isGreaterThan(low);
      assertThat(highest).isLessThan(high).isGreaterThan(1.08 * lowest);
      double above = Math.sqrt(lowest * highest);
      int turns = 0;
      for (int i = 1; i < pitch.length; i++) {
        turns += pitch[i - 1] < above && pitch[i] >= above ? 1 : 0;
      }
      assertThat(turns / seconds).isBetween(slow - 0.04, quick + 0.04);
      rates.add(Math.round(20 * Math.log(turns)));
    }
    assertThat(rates).hasSizeGreaterThan(4);
  }

  /** Median fundamentals, and the span of what a typical siren passes through in five seconds. */
  @ParameterizedTest
  @CsvSource({
    "WAIL, 400, 1900, 1.3, 3.2",
    "YELP, 400, 1900, 1.3, 3.2",
    "PNEUMATIC, 300, 950, 1.15, 1.55",
    "MECHANICAL, 100, 1300, 1.1, 4",
    "TOWN, 80, 1100, 1, 3.5"
  })
  void soundsHaveTheFundamentalsOfPractice(
      Sirens.Form form, double low, double high, double narrow, double wide) {
    double[] middle = sorted(form, x -> Listening.quantile(pitches(x), 0.5));
    double[] span =
        sorted(
            form, x -> Listening.quantile(pitches(x), 0.9) / Listening.quantile(pitches(x), 0.1));

    assertThat(Listening.quantile(middle, 0.1)).isGreaterThan(low);
    assertThat(Listening.quantile(middle, 0.9)).isLessThan(high);
    assertThat(Listening.quantile(span, 0.5)).isBetween(narrow, wide);
  }

  @ParameterizedTest
  @CsvSource({"YELP, 0.19, 1.6", "PIERCER, 0.045, 0.21"})
  void soundsComeBackAtTheRateOfPractice(Sirens.Form form, double shortest, double longest) {
    double[] period = sorted(form, x -> Listening.period(x, 0.03, 3.5));
    assertThat(Listening.quantile(period, 0.3)).isGreaterThan(shortest);
    assertThat(Listening.quantile(period, 0.6)).isLessThan(longest);
  }

  /** A horn loudspeaker has no bass; a rumbler, now and then, does. */
  @Test
  void loudspeakersLimitTheBandOfElectronicSirens() {
    double[] bass = sorted(Sirens.Form.WAIL, x -> Listening.share(x, 0, 300));
    assertThat(Listening.quantile(bass, 0.7)).isLessThan(0.02);
    double[] more = new double[40];
    for (int seed = 0; seed < more.length; seed++) {
      float[] x = Sirens.dry(Sirens.Form.YELP, 48000, Listening.draw(seed));
      more[seed] = Listening.share(x, 100, 450);
    }
    assertThat(Arrays.stream(more).max().getAsDouble()).isGreaterThan(0.2);
  }

  @ParameterizedTest
  @EnumSource(Sirens.Form.class)
  void theSameDrawsSoundTheSameAndOthersDoNot(Sirens.Form form) {
    Listening.requireOneSoundForEachSeed(24000, draw -> Sirens.dry(form, 24000, draw));
  }

  @Test
  void soundsSpreadOverTheSpectrum() {
    double[] middle = new double[30];
    for (int seed = 0; seed < middle.length; seed++) {
      middle[seed] = Listening.middle(new Sirens().generate(48000, Listening.draw(seed)));
    }
    Arrays.sort(middle);
    assertThat(Listening.quantile(middle, 0.1)).isBetween(300.0, 700.0);
    assertThat(Listening.quantile(middle, 0.5)).isBetween(650.0, 1400.0);
    assertThat(Listening.quantile(middle, 0.9)).isBetween(1200.0, 2800.0);
  }

  private static double[] pitches(float[] x) {
    return Listening.pitches(x, 80, 2000);
  }

  private static double[] sorted(Sirens.Form form, ToDoubleFunction<float[]> measured) {
    return Listening.sorted(SOUNDS, draw -> Sirens.dry(form, SAMPLES, draw), measured);
  }
}
