package org.hearsight.learning.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.hearsight.core.audio.SpatialCues;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.imagination.ModelInput;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.layer.ParameterFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is withheld from a model has no effect on its answers; everything else still has. */
class WithheldInputsIT extends NativeTest {
  private static final int TOKENS = 49;
  private static final int VISUAL = 32;
  private static final int AUDIO = 8 + SpatialCues.WIDTH;

  /** Single inputs of the networks. */
  private enum Fed {
    TOKENS,
    CUES,
    VISUAL,
    CELL_OCCLUSION,
    CELL_DEPTH,
    OCCLUSION,
    BEAMS,
    HISTOGRAMS,
    ECHOES,
    LEVELS,
    SEEN,
    HEIGHT
  }

  private static final Map<ModelInput, Set<Fed>> WITHHELD =
      Map.of(
          ModelInput.SOUND,
          EnumSet.of(Fed.TOKENS, Fed.CUES, Fed.BEAMS, Fed.HISTOGRAMS, Fed.ECHOES, Fed.LEVELS),
          ModelInput.PICTURE,
          EnumSet.of(
              Fed.VISUAL, Fed.CELL_OCCLUSION, Fed.CELL_DEPTH, Fed.OCCLUSION, Fed.SEEN, Fed.HEIGHT),
          ModelInput.SELD_TOKENS,
          EnumSet.of(Fed.TOKENS),
          ModelInput.PICTURE_TOKENS,
          EnumSet.of(Fed.VISUAL),
          ModelInput.HISTOGRAMS,
          EnumSet.of(Fed.HISTOGRAMS),
          ModelInput.ECHOES,
          EnumSet.of(Fed.ECHOES),
          ModelInput.DEPTH,
          EnumSet.of(Fed.CELL_DEPTH, Fed.SEEN, Fed.HEIGHT),
          ModelInput.OCCLUSION,
          EnumSet.of(Fed.CELL_OCCLUSION, Fed.OCCLUSION));

  private final SplittableRandom random = new SplittableRandom(5);

  @ParameterizedTest
  @EnumSource(ModelInput.class)
  void hasNoEffect(ModelInput withheld) {
    ImaginationModel model = model(Fusion.SPATIAL, withheld);
    Map<String, float[]> given = given();
    Map<String, float[]> before = answer(model, given);
    for (Fed one : Fed.values()) {
      Map<String, float[]> after = answer(model, changed(given, one));
      boolean same =
          before.entrySet().stream()
              .allMatch(e -> Arrays.equals(e.getValue(), after.get(e.getKey())));
      assertThat(same).as("%s without %s", one, withheld).isEqualTo(effectless(withheld, one));
    }
  }

  private static boolean effectless(ModelInput withheld, Fed one) {
    return WITHHELD.get(withheld).contains(one);
  }

  /** Of means of tokens, too; the original design's form of the place needs no map. */
  @Test
  void hasNoEffectOnPooledTokens() {
    ImaginationModel model = model(Fusion.SEED, ModelInput.SELD_TOKENS);
    Map<String, float[]> given = given();
    float[] before = answer(model, given).get("classes");
    assertThat(answer(model, changed(given, Fed.TOKENS)).get("classes")).isEqualTo(before);
    assertThat(answer(model, changed(given, Fed.CUES)).get("classes")).isNotEqualTo(before);
  }

  @Test
  void aPlaneThatIsNotSeenIsLikeAnEmptyOne() {
    ResNet50.Config tiny = new ResNet50.Config(5, 4, List.of(1, 1, 1, 1), 0);
    ResNet50 whole = new ResNet50(tiny, factory(1));
    whole.train(false);
    ResNet50 blind = new ResNet50(tiny, factory(2));
    blind.load(ResNet50.withoutPlanes(whole.save(), List.of(3)), "test");
    blind.train(false);
    int plane = 64 * 64;
    float[] picture = values(5 * plane);
    float[] empty = picture.clone();
    Arrays.fill(empty, 3 * plane, 4 * plane, 0);

    assertThat(features(blind, picture)).isEqualTo(features(blind, empty));
    assertThat(features(blind, picture)).isEqualTo(features(whole, empty));
    assertThat(features(whole, picture)).isNotEqualTo(features(whole, empty));
  }

  /** One of three planes stays whole: it has none of the others. */
  @Test
  void aThreePlaneNetworkHasNothingToHide() {
    ResNet50 rgb = new ResNet50(new ResNet50.Config(3, 4, List.of(1, 1, 1, 1), 0), factory(1));
    Map<String, Tensor> weights = rgb.save();
    assertThat(ResNet50.withoutPlanes(weights, List.of(3, 4)).get("conv1.weight").floats())
        .isEqualTo(weights.get("conv1.weight").floats());
  }

  private float[] features(ResNet50 net, float[] picture) {
    return net.features(TensorBridge.toArray(manager, picture, 1, 5, 64, 64)).toFloatArray();
  }

  private ImaginationModel model(Fusion fusion, ModelInput withheld) {
    Adapter.Config adapter = new Adapter.Config(fusion, AUDIO, VISUAL, 16, 2, 4, TOKENS);
    ImaginationModel model =
        new ImaginationModel(
            new ImaginationModel.Config(
                    adapter,
                    new ImaginationHead.Config(32, 16, 8, 4, 4, LocationForm.MAP, 0.3, false),
                    new PlaceHead.Config(AUDIO, VISUAL, 8))
                .without(List.of(withheld), true),
            new ParameterFactory(manager, random.split()));
    double[] heard = deviations(PlaceFeatures.HEARD);
    for (int row = 0; row < heard.length; row++) {
      if ((withheld == ModelInput.HISTOGRAMS && PlaceFeatures.isHistogram(row))
          || (withheld == ModelInput.ECHOES && PlaceFeatures.isEcho(row))) {
        heard[row] = Double.POSITIVE_INFINITY;
      }
    }
    model
        .places()
        .standardise(
            new double[PlaceFeatures.HEARD],
            heard,
            new double[PlaceFeatures.KNOWN],
            deviations(PlaceFeatures.KNOWN));
    model.train(false);
    return model;
  }

  private static double[] deviations(int n) {
    double[] all = new double[n];
    Arrays.fill(all, 1);
    return all;
  }

  private float[] values(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private Map<String, float[]> given() {
    Map<String, float[]> given = new LinkedHashMap<>();
    given.put("audio", values(3 * AUDIO));
    given.put("visual", values(TOKENS * VISUAL));
    given.put("geometry", values(TOKENS * 2));
    given.put("occlusion", values(1));
    given.put("heard", values(PlaceFeatures.HEARD * PlaceGrid.AZIMUTHS));
    given.put("seen", values(PlaceFeatures.SEEN * PlaceGrid.AZIMUTHS));
    given.put("known", values(PlaceFeatures.KNOWN));
    return given;
  }

  /** The same with other numbers in one place. */
  private Map<String, float[]> changed(Map<String, float[]> given, Fed one) {
    Map<String, float[]> changed = new LinkedHashMap<>();
    given.forEach((name, values) -> changed.put(name, values.clone()));
    int cells = PlaceGrid.AZIMUTHS;
    switch (one) {
      case TOKENS -> change(changed.get("audio"), i -> i % AUDIO < 8);
      case CUES -> change(changed.get("audio"), i -> i % AUDIO >= 8);
      case VISUAL -> change(changed.get("visual"), i -> true);
      case CELL_OCCLUSION -> change(changed.get("geometry"), i -> i % 2 == 0);
      case CELL_DEPTH -> change(changed.get("geometry"), i -> i % 2 == 1);
      case OCCLUSION -> change(changed.get("occlusion"), i -> true);
      case BEAMS -> change(changed.get("heard"), i -> i < cells);
      case HISTOGRAMS -> change(changed.get("heard"), i -> PlaceFeatures.isHistogram(i / cells));
      case ECHOES -> change(changed.get("heard"), i -> PlaceFeatures.isEcho(i / cells));
      case LEVELS -> change(changed.get("known"), i -> i < PlaceFeatures.KNOWN - 1);
      case SEEN -> change(changed.get("seen"), i -> true);
      case HEIGHT -> change(changed.get("known"), i -> i == PlaceFeatures.KNOWN - 1);
    }
    return changed;
  }

  private static void change(float[] values, IntPredicate which) {
    for (int i = 0; i < values.length; i++) {
      values[i] += which.test(i) ? 1.5f : 0;
    }
  }

  private Map<String, float[]> answer(ImaginationModel model, Map<String, float[]> given) {
    boolean spatial = model.config().adapter().fusion() == Fusion.SPATIAL;
    NDArray audio = array(given, "audio", 1, 3, AUDIO);
    NDArray visual = array(given, "visual", 1, TOKENS, VISUAL);
    int[] tokens = {1};
    ImaginationModel.Output<NDArray> out =
        model.answer(
            new Adapter.Input<>(
                spatial ? audio : audio.mean(tokens),
                spatial ? visual : visual.mean(tokens),
                spatial ? array(given, "geometry", 1, TOKENS, 2) : null,
                array(given, "occlusion", 1, 1)),
            new PlaceHead.Input<>(
                array(given, "heard", 1, PlaceFeatures.HEARD, PlaceGrid.AZIMUTHS),
                array(given, "seen", 1, PlaceFeatures.SEEN, PlaceGrid.AZIMUTHS),
                array(given, "known", 1, PlaceFeatures.KNOWN)));
    return Map.of(
        "classes", out.classLogits().toFloatArray(),
        "location", out.location().toFloatArray(),
        "confidence", out.confidence().toFloatArray(),
        "reliability", out.reliability().toFloatArray());
  }

  private NDArray array(Map<String, float[]> given, String name, long... shape) {
    assertThat(given.get(name)).hasSize((int) new Shape(shape).size());
    return TensorBridge.toArray(manager, given.get(name), shape);
  }
}
