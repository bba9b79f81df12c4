package org.hearsight.learning.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.Close;
import org.hearsight.learning.Goldens;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.Torch;
import org.junit.jupiter.api.Test;

class AdpitLossIT extends NativeTest {
  private static final int CLASSES = 13;

  @Test
  void lossAndGradientAreTheBaselines() {
    Map<String, Tensor> golden = Goldens.committed("adpit");
    NDArray output = array(golden.get("output"));
    output.setRequiresGradient(true);
    float[] permuted = AdpitLoss.permuted(tracks(golden.get("target")), CLASSES);
    try (Gradients g = Gradients.record()) {
      NDArray loss = AdpitLoss.compute(output, permuted);
      Close.assertClose("loss", loss, golden.get("loss"), 1e-5);
      g.backward(loss);
    }
    Close.assertClose(
        "gradient", TensorBridge.toTensor(Torch.gradient(output)), golden.get("grad_output"), 1e-5);
  }

  @Test
  void anyOrderOfTheTracksIsRight() {
    // Three events of class 0: x is 1, 2, 3.
    float[] tracks = new float[AdpitLoss.DUMMY_TRACKS * AdpitLoss.AXES];
    for (int i = 0; i < 3; i++) {
      tracks[(3 + i) * AdpitLoss.AXES] = i + 1;
    }
    float[] permuted = AdpitLoss.permuted(tracks, 1);
    float[][] orders = {{1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}, {3, 2, 1}};
    for (float[] order : orders) {
      assertThat(loss(order, permuted)).isZero();
    }
    // One track twice instead of the third: (3 − 2)² of twelve numbers.
    assertThat(loss(new float[] {1, 2, 2}, permuted)).isCloseTo(1 / 12f, within(1e-6f));
  }

  @Test
  void oneEventIsWantedFromAllThreeTracks() {
    float[] tracks = new float[AdpitLoss.DUMMY_TRACKS * AdpitLoss.AXES];
    tracks[0] = 1;
    float[] permuted = AdpitLoss.permuted(tracks, 1);
    assertThat(loss(new float[] {1, 1, 1}, permuted)).isZero();
    assertThat(loss(new float[] {1, 0, 0}, permuted)).isCloseTo(2 / 12f, within(1e-6f));
  }

  private float loss(float[] x, float[] permuted) {
    float[] output = new float[AdpitLoss.TRACKS * AdpitLoss.AXES];
    for (int t = 0; t < x.length; t++) {
      output[t * AdpitLoss.AXES] = x[t];
    }
    return AdpitLoss.compute(array(Tensor.of(output, 1, 1, output.length)), permuted)
        .toFloatArray()[0];
  }

  /** [B, T, 6, 5, C] with its activity to [B, T, 6, 4, C]. */
  private static float[] tracks(Tensor target) {
    float[] all = target.floats();
    float[] out = new float[all.length / 5 * 4];
    int block = 5 * CLASSES;
    for (int i = 0; i < all.length / block; i++) {
      for (int axis = 0; axis < 4; axis++) {
        for (int c = 0; c < CLASSES; c++) {
          float active = all[i * block + c];
          out[(i * 4 + axis) * CLASSES + c] = active * all[i * block + (1 + axis) * CLASSES + c];
        }
      }
    }
    return out;
  }
}
