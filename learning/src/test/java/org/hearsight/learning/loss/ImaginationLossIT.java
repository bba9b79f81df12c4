package org.hearsight.learning.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.Goldens;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.Torch;
import org.hearsight.learning.model.ImaginationModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImaginationLossIT extends NativeTest {

  @Test
  void sphericalLossIsTheTextbookDensity() {
    Map<String, Tensor> golden = Goldens.committed("von_mises_fisher");
    double[] azimuth = golden.get("azimuth").doubles();
    double[] elevation = golden.get("elevation").doubles();
    double[] distance = golden.get("distance").doubles();
    double[] expected = golden.get("loss").doubles();
    float[] raw = golden.get("raw").floats();
    for (int i = 0; i < expected.length; i++) {
      NDArray row = array(Tensor.of(Arrays.copyOfRange(raw, 6 * i, 6 * i + 6), 1, 6));
      HazardTarget target =
          new HazardTarget(1, new Location(azimuth[i], elevation[i], distance[i]));
      float found = LocationLoss.of(LocationForm.SPHERICAL, row, List.of(target)).toFloatArray()[0];
      double bound = 1e-4 * Math.max(1, Math.abs(expected[i]));
      assertThat((double) found).as("row " + i).isCloseTo(expected[i], within(bound));
    }
  }

  /**
   * Beside what the answer type says of the same numbers; half a metre off costs 0.3 · 0.5² / 2.
   */
  @ParameterizedTest
  @CsvSource({"0.5, 0.0375", "-3, 0.75"})
  void theMapsLossIsItsCrossEntropyAndTheSmoothedErrorOfTheRise(float off, double cost) {
    Location place = new Location(-131, 12, 7);
    HazardTarget target = new HazardTarget(1, place);
    float[] raw = ramp(LocationForm.MAP.width()).toFloatArray();
    raw[PlaceGrid.CELLS] = (float) PlaceGrid.rise(place) + off;
    double expected =
        PlacePosterior.ofLogits(Arrays.copyOf(raw, PlaceGrid.CELLS), 0).crossEntropy(place);

    NDArray row = array(Tensor.of(raw, 1, raw.length));
    NDArray loss = LocationLoss.of(LocationForm.MAP, row, List.of(target));

    assertThat((double) loss.toFloatArray()[0]).isCloseTo(expected + cost, within(1e-4));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3, 0, 2, 4})
  void directionIntegratesToOneOverTheSphere(double logKappa) {
    // At the mean of log-distance, with variance 1, its density is 1/√(2π).
    NDArray raw = array(Tensor.of(new float[] {0.3f, -0.8f, 0.4f, (float) logKappa, 1, 0}, 1, 6));
    double integral = 0;
    for (int elevation = -88; elevation <= 88; elevation += 4) {
      double band =
          Math.sin(Math.toRadians(elevation + 2)) - Math.sin(Math.toRadians(elevation - 2));
      for (int azimuth = -178; azimuth <= 178; azimuth += 4) {
        HazardTarget target = new HazardTarget(1, new Location(azimuth, elevation, Math.E));
        NDArray loss = LocationLoss.of(LocationForm.SPHERICAL, raw, List.of(target));
        integral += Math.exp(-loss.toFloatArray()[0]) * band * Math.toRadians(4);
      }
    }
    assertThat(integral * Math.sqrt(2 * Math.PI)).isCloseTo(1, within(3e-3));
  }

  @ParameterizedTest
  @EnumSource(LocationForm.class)
  void backgroundOnlyGivesZeroWithoutGradient(LocationForm form) {
    NDArray raw = ramp(4, form.width());
    raw.setRequiresGradient(true);
    try (Gradients g = Gradients.record()) {
      NDArray loss = LocationLoss.of(form, raw, Collections.nCopies(4, new HazardTarget(0, null)));
      g.backward(loss);
      assertThat(loss.toFloatArray()).containsExactly(0);
    }
    for (float d : Torch.gradient(raw).toFloatArray()) {
      assertThat(Math.abs(d)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(LocationForm.class)
  void backgroundRowsDoNotCount(LocationForm form) {
    HazardTarget hazard = new HazardTarget(2, new Location(40, 10, 7));
    NDArray raw = ramp(3, form.width());
    float alone =
        LocationLoss.of(form, Torch.slice(raw, 0, 1, 2), List.of(hazard)).toFloatArray()[0];
    HazardTarget none = new HazardTarget(0, null);
    float among = LocationLoss.of(form, raw, List.of(none, hazard, none)).toFloatArray()[0];
    assertThat(among).isCloseTo(alone, within(1e-5f));
  }

  @Test
  void extremeNumbersStayFinite() {
    for (float v : new float[] {0, 50, -50, 1e4f, -1e4f}) {
      NDArray raw = array(Tensor.of(new float[] {0, 0, 0, v, 1, v}, 1, 6));
      raw.setRequiresGradient(true);
      try (Gradients g = Gradients.record()) {
        NDArray loss =
            LocationLoss.of(
                LocationForm.SPHERICAL,
                raw,
                List.of(new HazardTarget(1, new Location(170, 5, 20))));
        g.backward(loss);
        assertThat(Float.isFinite(loss.toFloatArray()[0])).isTrue();
      }
      for (float d : Torch.gradient(raw).toFloatArray()) {
        assertThat(Float.isFinite(d)).isTrue();
      }
    }
  }

  @Test
  void correctnessAsksForClassDirectionAndDistance() {
    Location truth = new Location(30, 0, 10);
    // right; wrong class; 25° off; 60 % too far; background seen; background missed
    float[] logits = {0, 9, 9, 0, 0, 9, 0, 9, 9, 0, 0, 9};
    float[] location = {
      30 / 180f, 0, 10 / 30f, 30 / 180f, 0, 10 / 30f, 55 / 180f, 0, 10 / 30f, 30 / 180f, 0,
      16 / 30f, 0, 0, 0, 0, 0, 0
    };
    HazardTarget hazard = new HazardTarget(1, truth);
    HazardTarget none = new HazardTarget(0, null);
    List<HazardTarget> targets = List.of(hazard, hazard, hazard, hazard, none, none);
    float[] right = {1, 0, 0, 0, 1, 0};

    // The squared error vanishes only where the confidence equals the target.
    assertThat(confidenceLoss(logits, location, right, targets)).isZero();
    assertThat(confidenceLoss(logits, location, new float[6], targets))
        .isCloseTo(2 / 6f, within(1e-6f));
  }

  /** A network that diverges names no place, which is wrong and nothing worse. */
  @Test
  void whatIsNoPlaceIsWrong() {
    float[] location = new float[6 * 3];
    Arrays.fill(location, Float.NaN);
    List<HazardTarget> targets =
        Collections.nCopies(6, new HazardTarget(1, new Location(30, 0, 10)));
    float[] logits = {0, 9, 0, 9, 0, 9, 0, 9, 0, 9, 0, 9};

    assertThat(confidenceLoss(logits, location, new float[6], targets)).isZero();
  }

  private float confidenceLoss(
      float[] logits, float[] location, float[] confidence, List<HazardTarget> targets) {
    ImaginationModel.Output<NDArray> out =
        new ImaginationModel.Output<>(
            array(Tensor.of(logits, 6, 2)),
            array(Tensor.of(location, 6, 3)),
            array(Tensor.of(confidence, 6, 1)),
            null,
            null);
    return new ImaginationLoss(
            ImaginationLoss.Config.of(LocationForm.SEED, ConfidenceTarget.CORRECTNESS))
        .compute(out, targets)
        .confidence()
        .toFloatArray()[0];
  }

  @Test
  void refusesTargetsThatContradictThemselves() {
    assertThatThrownBy(() -> new HazardTarget(0, new Location(0, 0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HazardTarget(3, null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
