package org.hearsight.learning.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.loss.HazardTarget;
import org.hearsight.learning.loss.ImaginationLoss;
import org.hearsight.learning.model.ImaginationModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What libtorch keeps for a gradient must be its own: Java may collect garbage between a step's
 * forward and backward pass, and hand the memory of its buffers to whoever asks next.
 */
class NumbersInGradientsIT extends NativeTest {
  private static final int BUFFERS = 20_000;

  @Test
  void aFactorOutlivesACollection() {
    assertThat(gradient(x -> Torch.times(x, 3))).containsOnly(3);
  }

  @Test
  void aDivisorOutlivesACollection() {
    assertThat(gradient(x -> Torch.over(x, 4))).containsOnly(0.25f);
  }

  @Test
  void boundsOutliveACollection() {
    assertThat(gradient(x -> Torch.clip(x, -1, 1))).containsOnly(1);
  }

  @ParameterizedTest
  @EnumSource(LocationForm.class)
  void aLossHasTheSameGradientAfterACollection(LocationForm form) {
    int classes = 4;
    ImaginationLoss loss =
        new ImaginationLoss(ImaginationLoss.Config.of(form, ConfidenceTarget.CORRECTNESS));
    List<HazardTarget> targets =
        List.of(
            new HazardTarget(1, new Location(40, 5, 6)),
            new HazardTarget(2, new Location(-80, 0, 11)));
    List<List<float[]>> found = new ArrayList<>();
    for (boolean collects : new boolean[] {false, true}) {
      List<NDArray> said =
          List.of(ramp(2, classes), ramp(2, form.width()), ramp(2, 1), ramp(2, 2), ramp(2, 2));
      said.subList(0, 3).forEach(a -> a.setRequiresGradient(true));
      try (Gradients gradients = Gradients.record()) {
        NDArray total =
            loss.compute(
                    new ImaginationModel.Output<>(
                        said.get(0), said.get(1), said.get(2), said.get(3), said.get(4)),
                    targets)
                .total();
        if (collects) {
          collect();
        }
        gradients.backward(total);
      }
      found.add(said.subList(0, 3).stream().map(a -> Torch.gradient(a).toFloatArray()).toList());
    }
    for (int i = 0; i < 3; i++) {
      assertThat(found.get(1).get(i)).containsExactly(found.get(0).get(i));
    }
  }

  private float[] gradient(UnaryOperator<NDArray> function) {
    NDArray x = ramp(2, 3);
    x.setRequiresGradient(true);
    try (Gradients gradients = Gradients.record()) {
      NDArray total = function.apply(x).sum();
      collect();
      gradients.backward(total);
    }
    return Torch.gradient(x).toFloatArray();
  }

  /** Frees the buffers no one holds and writes over the memory that they had. */
  private static void collect() {
    List<ByteBuffer> others = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      System.gc();
      for (int i = 0; i < BUFFERS; i++) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
        buffer.putFloat(0, 7e4f);
        others.add(buffer);
      }
    }
    assertThat(others).hasSize(3 * BUFFERS);
  }
}
