package org.hearsight.datasets.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.metrics.Correctness;
import org.junit.jupiter.api.Test;

class LevelGuessTest {
  private static final String[] CLASSES = {"siren", "dog", "voice", "background"};

  @Test
  void whatLoudnessTellsIsFound() {
    LevelGuess guess = LevelGuess.of(clips(400, 1, true), clips(200, 2, true));
    assertThat(guess.clips()).isEqualTo(200);
    assertThat(guess.hazards()).isEqualTo(150);
    assertThat(guess.classes()).isEqualTo(1);
    assertThat(guess.constantClasses()).isEqualTo(0.25);
    assertThat(guess.distance()).isLessThan(0.01);
    assertThat(guess.constantDistance()).isGreaterThan(0.2);
    assertThat(guess.text()).contains("class right in 100 % (constant guess 25 %)");
  }

  @Test
  void whatLoudnessDoesNotTellIsNotFound() {
    LevelGuess guess = LevelGuess.of(clips(4000, 1, false), clips(2000, 2, false));
    assertThat(guess.classes()).isBetween(0.2, 0.3);
    assertThat(guess.angle()).isGreaterThan(60);
    assertThat(guess.distance()).isGreaterThan(0.9 * guess.constantDistance());
  }

  /** The guess is straight ahead, 10 m: what is right is what {@link Correctness} calls so. */
  @Test
  void whatIsRightIsWhatTheScoresCallRight() {
    List<LevelGuess.Clip> train = List.of(new LevelGuess.Clip("dog", new Location(0, 0, 10), -30));
    for (double azimuth : new double[] {0, 19.99, 20.01, 90}) {
      for (double distance : new double[] {6, 6.66, 6.67, 10, 20, 40}) {
        Location truth = new Location(azimuth, 0, distance);
        LevelGuess guess = LevelGuess.of(train, List.of(new LevelGuess.Clip("dog", truth, -30)));
        boolean right = Correctness.isPlaced(truth, new Location(0, 0, 10));
        assertThat(guess.located()).as("%s", truth).isEqualTo(right ? 1 : 0);
      }
    }
  }

  private static List<LevelGuess.Clip> clips(int count, long seed, boolean telling) {
    SplittableRandom r = new SplittableRandom(seed);
    List<LevelGuess.Clip> clips = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int c = i % CLASSES.length;
      double azimuth = r.nextDouble(-180, 180);
      double distance = telling ? 2 + 3 * c : r.nextDouble(2, 30);
      Location place = CLASSES[c].equals("background") ? null : new Location(azimuth, 0, distance);
      double level = telling ? -60 + 12 * c : r.nextDouble(-60, -20);
      clips.add(new LevelGuess.Clip(CLASSES[c], place, level));
    }
    return clips;
  }
}
