package org.hearsight.learning.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hearsight.learning.Close.assertClose;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.layer.TorchValue;
import org.hearsight.learning.layer.Value;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlaceHeadIT extends NativeTest {
  private static final int AUDIO = 12;
  private static final int VISUAL = 20;
  private static final int TOKENS = 49;
  private static final int SIDE = 7;

  private PlaceHead head;

  @BeforeEach
  void draw() {
    head = new PlaceHead(new PlaceHead.Config(AUDIO, VISUAL, 16), factory(1));
  }

  private static float[] values(SplittableRandom random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static PlaceFeatures features(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new PlaceFeatures(
        values(random, PlaceFeatures.HEARD * PlaceGrid.AZIMUTHS),
        values(random, PlaceFeatures.SEEN * PlaceGrid.AZIMUTHS),
        values(random, PlaceFeatures.KNOWN));
  }

  private PlaceHead.Input<Value> input(PlaceFeatures f) {
    int azimuths = PlaceGrid.AZIMUTHS;
    return new PlaceHead.Input<>(
            TensorBridge.toArray(manager, f.heard(), 1, PlaceFeatures.HEARD, azimuths),
            TensorBridge.toArray(manager, f.seen(), 1, PlaceFeatures.SEEN, azimuths),
            TensorBridge.toArray(manager, f.known(), 1, PlaceFeatures.KNOWN))
        .map(TorchValue::of);
  }

  private float[] answer(PlaceFeatures f, float[] visual) {
    return answer(input(f), ramp(1, 3, AUDIO), visual);
  }

  private float[] answer(PlaceHead.Input<Value> in, NDArray tokens, float[] visual) {
    boolean pooled = visual.length == VISUAL;
    NDArray sight =
        pooled
            ? TensorBridge.toArray(manager, visual, 1, VISUAL)
            : TensorBridge.toArray(manager, visual, 1, TOKENS, VISUAL);
    NDArray sound = pooled ? tokens.mean(new int[] {1}) : tokens;
    return TorchValue.array(head.forward(in, TorchValue.of(sound), TorchValue.of(sight), pooled))
        .toFloatArray();
  }

  /** Whatever sounds, and whatever its tokens are; what is seen still counts. */
  @Test
  void theDeafHeadHearsNothing() {
    float[] picture = values(new SplittableRandom(4), TOKENS * VISUAL);
    PlaceFeatures scene = features(3);
    PlaceFeatures other = features(6);
    PlaceFeatures otherSound = withSight(other, scene);
    PlaceFeatures otherSight = withSight(scene, other);

    float[] deaf = answer(head.deaf(input(scene)), ramp(1, 3, AUDIO), picture);
    float[] sound = answer(head.deaf(input(otherSound)), ramp(1, 3, AUDIO).mul(-2), picture);
    float[] sight = answer(head.deaf(input(otherSight)), ramp(1, 3, AUDIO), picture);

    assertThat(sound).containsExactly(deaf);
    assertThat(sight).isNotEqualTo(deaf);
    assertThat(answer(scene, picture)).isNotEqualTo(deaf);
  }

  /** What is heard of the one, with what is seen of the other. */
  private static PlaceFeatures withSight(PlaceFeatures heard, PlaceFeatures seen) {
    float[] known = heard.known().clone();
    int last = known.length - 1;
    known[last] = seen.known()[last];
    return new PlaceFeatures(heard.heard(), seen.seen(), known);
  }

  @Test
  void eyesShutInTheNetworkIsASceneWithoutAView() {
    PlaceFeatures scene = features(5);
    float[] nothing = new float[TOKENS * VISUAL];
    assertThat(answer(head.blind(input(scene)), ramp(1, 3, AUDIO), nothing))
        .containsExactly(answer(scene.blind(), nothing));
  }

  /** Each row of seven tokens from right to left. */
  private static float[] mirrored(float[] tokens) {
    float[] out = new float[tokens.length];
    for (int t = 0; t < TOKENS; t++) {
      int other = t - t % SIDE + SIDE - 1 - t % SIDE;
      System.arraycopy(tokens, t * VISUAL, out, other * VISUAL, VISUAL);
    }
    return out;
  }

  /**
   * A kernel's taps to the left and to the right are of their own, so a head mirrors only as well
   * as it has learned to; one whose kernels are symmetrical does exactly, which shows that
   * everything around them is: features, columns of the picture, the circle.
   */
  @Test
  void aMirroredSceneGivesTheMirroredMap() {
    symmetrical();
    PlaceFeatures scene = features(3);
    float[] picture = values(new SplittableRandom(4), TOKENS * VISUAL);

    float[] map = answer(scene, picture);
    float[] other = answer(scene.mirrored(), mirrored(picture));

    float[] expected = PlaceGrid.mirrored(Arrays.copyOf(map, PlaceGrid.CELLS));
    assertThat(Arrays.copyOf(map, PlaceGrid.CELLS)).isNotEqualTo(expected);
    assertClose(
        "map",
        TensorBridge.toArray(manager, Arrays.copyOf(other, PlaceGrid.CELLS), PlaceGrid.CELLS),
        Tensor.of(expected, PlaceGrid.CELLS),
        1e-4);
    assertThat(other[PlaceGrid.CELLS]).isCloseTo(map[PlaceGrid.CELLS], within(1e-4f));
  }

  /** Taps of kernels, and what a step to the left and to the right weighs, made equal. */
  private void symmetrical() {
    head.state()
        .forEach(
            (name, p) -> {
              if (name.startsWith("blocks.") && name.endsWith("weight")) {
                float[] w = p.tensor().floats();
                for (int k = 0; k < w.length; k += 9) {
                  System.arraycopy(w, k, w, k + 6, 3);
                }
                p.set(w);
              }
              if (name.equals("seen.weight")) {
                float[] w = p.tensor().floats();
                for (int o = 0; o < w.length; o += PlaceFeatures.SEEN) {
                  int steps = PlaceFeatures.SEEN_DISTANCES_AT + PlaceFeatures.SEEN_DISTANCES;
                  for (int s = steps; s < PlaceFeatures.SEEN; s += 2) {
                    w[o + s + 1] = w[o + s];
                  }
                }
                p.set(w);
              }
            });
  }

  /** Without a picture no direction is unlike another. */
  @Test
  void aBlindSceneThatIsTurnedGivesTheTurnedMap() {
    PlaceFeatures scene = features(5).blind();
    float[] nothing = new float[TOKENS * VISUAL];

    float[] map = answer(scene, nothing);
    float[] turned = answer(scene.turned(13), nothing);

    float[] expected = PlaceGrid.turned(Arrays.copyOf(map, PlaceGrid.CELLS), 13);
    assertThat(Arrays.copyOf(map, PlaceGrid.CELLS)).isNotEqualTo(expected);
    assertClose(
        "map",
        TensorBridge.toArray(manager, Arrays.copyOf(turned, PlaceGrid.CELLS), PlaceGrid.CELLS),
        Tensor.of(expected, PlaceGrid.CELLS),
        1e-4);
  }

  /** Changed tokens change the map there and, by the convolutions, around; all of them pooled. */
  @Test
  void thePictureMatters() {
    PlaceFeatures scene = features(6);
    float[] picture = values(new SplittableRandom(7), TOKENS * VISUAL);
    float[] other = picture.clone();
    Arrays.fill(other, 24 * VISUAL, 25 * VISUAL, 3);

    assertThat(answer(scene, other)).isNotEqualTo(answer(scene, picture));
    assertThat(answer(scene, Arrays.copyOf(other, VISUAL)))
        .hasSize(PlaceGrid.CELLS + 1)
        .isNotEqualTo(answer(scene, new float[VISUAL]));
  }

  @Test
  void standardisedFeaturesHaveMeanZeroAndDeviationOne() {
    PlaceFeatures scene = features(8);
    float[] before = answer(scene, new float[VISUAL]);
    double[] heardMean = filled(PlaceFeatures.HEARD, 5);
    double[] heardDeviation = filled(PlaceFeatures.HEARD, 3);
    double[] knownMean = filled(PlaceFeatures.KNOWN, -2);
    double[] knownDeviation = filled(PlaceFeatures.KNOWN, 0.5);
    head.standardise(heardMean, heardDeviation, knownMean, knownDeviation);

    PlaceFeatures asTheyWere =
        new PlaceFeatures(
            linear(scene.heard(), 3, 5), scene.seen(), linear(scene.known(), 0.5f, -2));

    assertClose(
        "answer",
        TensorBridge.toArray(manager, answer(asTheyWere, new float[VISUAL]), before.length),
        Tensor.of(before, before.length),
        1e-3);
  }

  private static double[] filled(int n, double value) {
    double[] all = new double[n];
    Arrays.fill(all, value);
    return all;
  }

  private static float[] linear(float[] x, float factor, float term) {
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] * factor + term;
    }
    return y;
  }
}
