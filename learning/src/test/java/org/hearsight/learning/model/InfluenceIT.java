package org.hearsight.learning.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.vision.View;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.layer.ParameterFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a map's weights of hearing and sight mean. */
class InfluenceIT extends NativeTest {
  private static final int AUDIO = 12;
  private static final int VISUAL = 2048;
  private static final int TOKENS = 49;

  private final SplittableRandom random = new SplittableRandom(8);
  private ImaginationModel model;
  private NDArray sound;
  private NDArray picture;
  private NDArray heard;
  private NDArray seen;
  private NDArray known;

  @BeforeEach
  void draw() {
    model =
        new ImaginationModel(
            ImaginationModel.Config.of(Fusion.SPATIAL, AUDIO, 5, LocationForm.MAP),
            new ParameterFactory(manager, random.split()));
    sound = values(2, 3, AUDIO);
    picture = values(2, TOKENS, VISUAL);
    heard = values(2, PlaceFeatures.HEARD, PlaceGrid.AZIMUTHS);
    seen = values(2, PlaceFeatures.SEEN, PlaceGrid.AZIMUTHS);
    known = values(2, PlaceFeatures.KNOWN);
  }

  private NDArray values(long... shape) {
    float[] values = new float[(int) new Shape(shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return TensorBridge.toArray(manager, values, shape);
  }

  private ImaginationModel.Output<NDArray> answer(
      NDArray tokens, NDArray view, NDArray shown, NDArray all, float hears) {
    return model.answer(
        new Adapter.Input<>(
            tokens,
            view,
            manager.zeros(new Shape(2, TOKENS, 2)),
            TensorBridge.toArray(manager, new float[] {0.2f, 0.9f}, 2, 1)),
        new PlaceHead.Input<>(
            heard, shown, all, TensorBridge.toArray(manager, new float[] {hears, hears}, 2, 1)));
  }

  private static PlacePosterior map(ImaginationModel.Output<NDArray> out, int row) {
    float[] raw = out.location().toFloatArray();
    int at = row * (PlaceGrid.CELLS + 1);
    return PlacePosterior.ofLogits(Arrays.copyOfRange(raw, at, at + PlaceGrid.CELLS), 0);
  }

  private static double moved(PlacePosterior from, PlacePosterior to) {
    double sum = 0;
    for (int i = 0; i < PlaceGrid.CELLS; i++) {
      sum += Math.max(0, from.probability(i) - to.probability(i));
    }
    return sum;
  }

  @Test
  void aSenseWeighsWhatMovesWithoutIt() {
    float[] closed = known.toFloatArray();
    for (int row = 1; row <= 2; row++) {
      closed[row * PlaceFeatures.KNOWN - 1] = PlaceFeatures.see(View.blind()).cameraHeight();
    }
    NDArray unseen = TensorBridge.toArray(manager, closed, 2, PlaceFeatures.KNOWN);

    ImaginationModel.Output<NDArray> whole = answer(sound, picture, seen, known, 1);
    ImaginationModel.Output<NDArray> deaf = answer(sound, picture, seen, known, 0);
    ImaginationModel.Output<NDArray> blind = answer(sound, picture.mul(0), seen.mul(0), unseen, 1);

    float[] weights = whole.reliability().toFloatArray();
    for (int row = 0; row < 2; row++) {
      double hearing = moved(map(whole, row), map(deaf, row));
      double sight = moved(map(whole, row), map(blind, row));
      assertThat(hearing).isPositive();
      assertThat(sight).isPositive();
      assertThat((double) weights[2 * row]).isCloseTo(hearing / (hearing + sight), within(1e-3));
      assertThat(weights[2 * row] + weights[2 * row + 1]).isCloseTo(1, within(1e-5f));
    }
    // Whoever has closed its eyes already goes by hearing alone.
    assertThat(blind.reliability().toFloatArray()[0]).isCloseTo(1, within(1e-3f));
    assertThat(deaf.reliability().toFloatArray()[1]).isCloseTo(1, within(1e-3f));
  }

  /** There the adapter's own weights are what learns. */
  @Test
  void inTrainingTheAdaptersWeightsComeOut() {
    model.train(true);
    float[] weights = answer(sound, picture, seen, known, 1).reliability().toFloatArray();
    float[] others =
        answer(sound, picture.mul(0), seen.mul(0), known, 1).reliability().toFloatArray();
    assertThat(others).containsExactly(weights);
  }
}
