package org.hearsight.learning.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.imagination.UnknownDetector;
import org.junit.jupiter.api.Test;

class UnknownFitTest {
  private static final int WIDTH = 6;

  @Test
  void whatSetsUnknownSoundsApartIsFound() {
    UnknownDetector detector = scenes(1, 40).fit(scenes(2, 40));

    int caught = 0;
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 100; i++) {
      caught += detector.judge(heard(random, true)).said() ? 1 : 0;
    }
    assertThat(caught).isGreaterThan(90);
    // Background and sirens; all unknown sounds, and music, which is all of them.
    assertThat(detector.known()).hasSize(2);
    assertThat(detector.unknown()).hasSize(2);
    assertThat(detector.unknown().get(0)).isEqualTo(detector.unknown().get(1));
    assertThat(detector.unknown().get(0).get(2)).isBetween(4.5f, 5.5f);
    assertThat(detector.known().get(0).get(2)).isBetween(-0.5f, 0.5f);
  }

  @Test
  void theThresholdLeavesFewKnownScenesAboveIt() {
    UnknownFit validation = scenes(5, 60);
    UnknownDetector detector = scenes(4, 40).fit(validation);

    SplittableRandom random = new SplittableRandom(5);
    int said = 0;
    int known = 0;
    for (int i = 0; i < 60; i++) {
      // As scenes() draws them.
      heard(random, true);
      for (int k = 0; k < 3; k++) {
        known++;
        said += detector.judge(heard(random, false)).said() ? 1 : 0;
      }
    }
    assertThat(said).isEqualTo((int) (UnknownFit.KNOWN_SAID * known));
  }

  @Test
  void harmlessSoundsThatAmbienceDrownsAreOfNeitherSide() {
    UnknownFit train = scenes(1, 40);
    UnknownDetector before = train.fit(scenes(2, 40));
    for (int i = 0; i < 40; i++) {
      train.add(scene(null, true), new float[] {9, 9, -9, 9, 9, 9});
    }
    assertThat(train.fit(scenes(2, 40))).isEqualTo(before);
  }

  @Test
  void fewUnknownScenesMakeNoDetector() {
    assertThat(scenes(1, UnknownFit.FEWEST - 1).fit(scenes(2, 40))).isNull();
    assertThat(scenes(1, UnknownFit.FEWEST).fit(scenes(2, 40))).isNotNull();
    assertThat(scenes(1, 40).fit(new UnknownFit())).isNull();
  }

  @Test
  void aNumberThatIsAlwaysTheSameDoesNotMatter() {
    UnknownFit train = new UnknownFit();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 60; i++) {
      boolean unknown = i % 2 == 0;
      float[] heard = heard(random, unknown);
      heard[5] = 7;
      train.add(scene(unknown ? "music" : null, unknown), heard);
    }
    UnknownDetector detector = train.fit(train);
    assertThat(detector.spread().get(5)).isPositive();
    float[] x = heard(random, true);
    x[5] = 7;
    assertThat(detector.judge(x).score()).isFinite().isPositive();
  }

  /** Unknown scenes, and three known ones for each. */
  private static UnknownFit scenes(int seed, int unknown) {
    SplittableRandom random = new SplittableRandom(seed);
    UnknownFit fit = new UnknownFit();
    for (int i = 0; i < unknown; i++) {
      fit.add(scene("music", true), heard(random, true));
      for (int k = 0; k < 3; k++) {
        fit.add(scene(k == 0 ? "" : null, false), heard(random, false));
      }
    }
    return fit;
  }

  private static double scale(int i) {
    return i == 2 ? 1 : 0.2 + 0.1 * i;
  }

  private static float[] heard(SplittableRandom random, boolean unknown) {
    float[] x = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      double shift = i == 2 && unknown ? 5 : 0;
      x[i] = (float) (scale(i) * (random.nextGaussian() + shift));
    }
    return x;
  }

  /**
   * Background.
   *
   * @param kind of the unknown sound; null for none, empty for a hazard instead
   */
  private static Scenario scene(String kind, boolean harmless) {
    boolean hazard = kind != null && kind.isEmpty();
    Scenario.Source source = new Scenario.Source("a", "CC0", "a");
    return new Scenario(
        "a",
        Split.TRAIN,
        hazard ? "siren" : "background",
        hazard ? new Location(0, 0, 10) : null,
        0,
        0,
        null,
        1,
        harmless ? Collections.nCopies(2, source) : List.of(source),
        hazard ? null : kind,
        null,
        new Scenario.Files("a.wav", "a.csv", null, null, null),
        null);
  }
}
