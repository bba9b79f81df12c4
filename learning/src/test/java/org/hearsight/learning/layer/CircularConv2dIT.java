package org.hearsight.learning.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hearsight.learning.Close.assertClose;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.engine.TensorBridge;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CircularConv2dIT extends NativeTest {
  private static final int BATCH = 2;
  private static final int IN = 3;
  private static final int OUT = 4;
  private static final int HEIGHT = 12;
  private static final int WIDTH = 5;

  /** Against the sum that defines it, {@code conv2d} of PyTorch's documentation, one by one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void sumsItsTapsAroundTheCircle(int rows) {
    CircularConv2d layer = new CircularConv2d(factory(1), IN, OUT, rows);
    NDArray x = ramp(BATCH, IN, HEIGHT, WIDTH);

    NDArray y = TorchValue.run(v -> layer.forward(v, HEIGHT), x);

    float[] w = layer.state().get("weight").tensor().floats();
    float[] bias = layer.state().get("bias").tensor().floats();
    assertClose("convolution", y, byHand(x.toFloatArray(), w, bias, rows), 1e-5);
  }

  private static Tensor byHand(float[] x, float[] w, float[] bias, int rows) {
    float[] y = new float[BATCH * OUT * HEIGHT * WIDTH];
    for (int at = 0; at < y.length; at++) {
      int column = at % WIDTH;
      int row = at / WIDTH % HEIGHT;
      int o = at / WIDTH / HEIGHT % OUT;
      int b = at / WIDTH / HEIGHT / OUT;
      double sum = bias[o];
      for (int i = 0; i < IN; i++) {
        for (int k = 0; k < 9; k++) {
          int r = Math.floorMod(row + (k / 3 - 1) * rows, HEIGHT);
          int c = column + k % 3 - 1;
          if (c >= 0 && c < WIDTH) {
            sum += x[((b * IN + i) * HEIGHT + r) * WIDTH + c] * w[(o * IN + i) * 9 + k];
          }
        }
      }
      y[at] = (float) sum;
    }
    return Tensor.of(y, BATCH, OUT, HEIGHT, WIDTH);
  }

  /** A scene that is turned gives the answer turned. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void turnsWithItsInput(int rows) {
    CircularConv2d layer = new CircularConv2d(factory(1), IN, OUT, rows);
    NDArray x = ramp(1, IN, HEIGHT, WIDTH);
    float[] y = TorchValue.run(v -> layer.forward(v, HEIGHT), x).toFloatArray();

    float[] turned =
        TorchValue.run(v -> layer.forward(v, HEIGHT), turned(x.toFloatArray(), IN)).toFloatArray();

    assertThat(turned).isNotEqualTo(y);
    assertClose("turned", turned(y, OUT), Tensor.of(turned, 1, OUT, HEIGHT, WIDTH), 1e-5);
  }

  /** Every row in the place of the one before it. */
  private NDArray turned(float[] planes, int channels) {
    float[] out = new float[planes.length];
    int plane = HEIGHT * WIDTH;
    for (int c = 0; c < channels; c++) {
      float[] one = Arrays.copyOfRange(planes, c * plane, (c + 1) * plane);
      System.arraycopy(one, WIDTH, out, c * plane, plane - WIDTH);
      System.arraycopy(one, 0, out, (c + 1) * plane - WIDTH, WIDTH);
    }
    return TensorBridge.toArray(manager, out, 1, channels, HEIGHT, WIDTH);
  }
}
