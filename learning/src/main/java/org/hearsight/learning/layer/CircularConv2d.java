package org.hearsight.learning.layer;

/**
 * A convolution with a 3 x 3 kernel over planes whose rows lie in a circle, as azimuths do: after
 * the last comes the first again. [B, in, H, W] to [B, out, H, W]; zeros beyond the ends of a row.
 */
public final class CircularConv2d extends Layer {
  private static final int KERNEL = 3;

  private final Parameter weight;
  private final Parameter bias;
  private final int rows;

  /**
   * Starts uniform in ±1/√fan-in, as {@code torch.nn.Conv2d}.
   *
   * @param rows from one tap to the next, around the circle
   */
  public CircularConv2d(ParameterFactory factory, int in, int out, int rows) {
    double bound = 1 / Math.sqrt((double) in * KERNEL * KERNEL);
    weight = add("weight", factory.uniform(bound, out, in, KERNEL, KERNEL));
    bias = add("bias", factory.uniform(bound, out));
    this.rows = rows;
  }

  /**
   * Convolves.
   *
   * @param height rows of {@code x}
   */
  public Value forward(Value x, int height) {
    Value last = x.slice(2, height - rows, height);
    Value first = x.slice(2, 0, rows);
    Value circle = last.concat(x, 2).concat(first, 2); // [B, in, H + 2·rows, W]
    return circle.dilatedConvolution(x.of(weight), x.of(bias), rows);
  }
}
