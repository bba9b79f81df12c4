package org.hearsight.core.vision;

import java.util.function.IntToDoubleFunction;

/**
 * A {@link View} as numbers for the visual encoder: [5, SIZE, SIZE] planes, and what each of the 7
 * x 7 visual tokens covers.
 */
public final class VisualPlanes {
  /** Number of planes: red, green, blue, inverse depth, occlusion. */
  public static final int COUNT = 5;

  /** The plane of inverse depth. */
  public static final int INVERSE_DEPTH = 3;

  /** The plane of occlusion. */
  public static final int OCCLUSION = 4;

  /** Visual tokens along one side: ResNet-50 shrinks by 32. */
  public static final int TOKENS_PER_SIDE = View.SIZE / 32;

  /** Visual tokens of a view. */
  public static final int TOKENS = TOKENS_PER_SIDE * TOKENS_PER_SIDE;

  /** Depth at which the inverse-depth plane is 1, metres. */
  public static final float NEAREST = 0.5f;

  /** Statistics of ImageNet that torchvision's ResNet-50 was trained with. */
  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};

  private static final float[] STD = {0.229f, 0.224f, 0.225f};
  private static final int PLANE = View.SIZE * View.SIZE;

  private VisualPlanes() {}

  /** What is subtracted from red, green and blue in [0, 1]. */
  public static float[] mean() {
    return MEAN.clone();
  }

  /** What they are divided by then. */
  public static float[] deviation() {
    return STD.clone();
  }

  /** The encoder's input, [5, SIZE, SIZE]: normalised RGB, inverse depth in [0, 1], occlusion. */
  public static float[] of(View view) {
    float[] planes = new float[COUNT * PLANE];
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < PLANE; i++) {
        planes[c * PLANE + i] = (view.rgb()[c * PLANE + i] - MEAN[c]) / STD[c];
      }
    }
    for (int i = 0; i < PLANE; i++) {
      planes[INVERSE_DEPTH * PLANE + i] = inverse(view.depth()[i]);
    }
    System.arraycopy(view.occlusion(), 0, planes, OCCLUSION * PLANE, PLANE);
    return planes;
  }

  /**
   * Mean occlusion and mean inverse depth of each token's 32 x 32 pixels.
   *
   * @return [49, 2], tokens row by row
   */
  public static float[] tokenGeometry(View view) {
    return tokenGeometry(i -> view.occlusion()[i], i -> inverse(view.depth()[i]));
  }

  /** As {@link #tokenGeometry(View)}, of the encoder's input, [5, SIZE, SIZE]. */
  public static float[] tokenGeometry(float[] planes) {
    return tokenGeometry(
        i -> planes[OCCLUSION * PLANE + i], i -> planes[INVERSE_DEPTH * PLANE + i]);
  }

  private static float[] tokenGeometry(IntToDoubleFunction occlusion, IntToDoubleFunction inverse) {
    int side = TOKENS_PER_SIDE;
    double[] sums = new double[side * side * 2];
    for (int i = 0; i < PLANE; i++) {
      int token = i / View.SIZE / 32 * side + i % View.SIZE / 32;
      sums[2 * token] += occlusion.applyAsDouble(i);
      sums[2 * token + 1] += inverse.applyAsDouble(i);
    }
    float[] geometry = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      geometry[i] = (float) (sums[i] / (32 * 32));
    }
    return geometry;
  }

  private static float inverse(float depth) {
    return depth > 0 ? NEAREST / Math.max(depth, NEAREST) : 0;
  }
}
