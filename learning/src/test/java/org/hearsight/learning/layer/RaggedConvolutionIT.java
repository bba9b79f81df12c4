package org.hearsight.learning.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.Torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Gradients of convolutions whose channels come in no blocks are those of the definition, over a
 * heap that holds NaN wherever no one has written.
 */
class RaggedConvolutionIT extends NativeTest {
  private static final int BATCH = 2;
  private static final int ROWS = 9;
  private static final int COLUMNS = 7;
  private static final int ROUNDS = 12;

  @ParameterizedTest
  @CsvSource({
    "1, 1, 3",
    "3, 5, 3",
    "7, 7, 5",
    "16, 2, 3",
    "8, 4, 3",
    "8, 16, 3",
    "10, 16, 3",
    "12, 12, 3",
    "12, 16, 3",
    "20, 20, 3",
    "24, 40, 3",
    "20, 1, 1",
    "18, 12, 1",
    "60, 64, 3"
  })
  void itsGradientsAreThoseOfTheDefinition(int in, int out, int side) {
    float[] x = values(BATCH * in * ROWS * COLUMNS, 0.3);
    float[] w = values(out * in * side * side, 0.7);
    float[] shares = values(BATCH * out * ROWS * COLUMNS, 1.1);
    float[] ofX = new float[x.length];
    float[] ofW = new float[w.length];
    define(x, w, shares, in, out, side, ofX, ofW);

    for (int round = 0; round < ROUNDS; round++) {
      soil();
      NDArray from = TensorBridge.toArray(manager, x, BATCH, in, ROWS, COLUMNS);
      NDArray weight = TensorBridge.toArray(manager, w, out, in, side, side);
      from.setRequiresGradient(true);
      weight.setRequiresGradient(true);
      try (Gradients gradients = Gradients.record()) {
        Value y = TorchValue.of(from).convolution(TorchValue.of(weight), null, 1, (side - 1) / 2);
        NDArray each = TensorBridge.toArray(manager, shares, BATCH, out, ROWS, COLUMNS);
        gradients.backward(TorchValue.array(y).mul(each).sum());
      }
      assertThat(Torch.gradient(from).toFloatArray()).containsExactly(ofX, within(2e-3f));
      assertThat(Torch.gradient(weight).toFloatArray()).containsExactly(ofW, within(2e-3f));
    }
  }

  private void soil() {
    List<NDArray> freed = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      freed.add(manager.full(new Shape(i * 997L), Float.NaN));
    }
    freed.forEach(NDArray::close);
  }

  private static float[] values(int n, double step) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) Math.sin(1 + i * step);
    }
    return values;
  }

  /** Derivatives of the sum of all outputs, each times its share. */
  private static void define(
      float[] x, float[] w, float[] shares, int in, int out, int side, float[] ofX, float[] ofW) {
    int pad = (side - 1) / 2;
    double[] forX = new double[ofX.length];
    double[] forW = new double[ofW.length];
    for (int b = 0; b < BATCH; b++) {
      for (int o = 0; o < out; o++) {
        for (int r = 0; r < ROWS; r++) {
          for (int c = 0; c < COLUMNS; c++) {
            double share = shares[((b * out + o) * ROWS + r) * COLUMNS + c];
            for (int i = 0; i < in; i++) {
              for (int k = 0; k < side * side; k++) {
                int row = r + k / side - pad;
                int column = c + k % side - pad;
                if (row >= 0 && row < ROWS && column >= 0 && column < COLUMNS) {
                  int atX = ((b * in + i) * ROWS + row) * COLUMNS + column;
                  int atW = (o * in + i) * side * side + k;
                  forX[atX] += share * w[atW];
                  forW[atW] += share * x[atX];
                }
              }
            }
          }
        }
      }
    }
    for (int i = 0; i < ofX.length; i++) {
      ofX[i] = (float) forX[i];
    }
    for (int i = 0; i < ofW.length; i++) {
      ofW[i] = (float) forW[i];
    }
  }
}
