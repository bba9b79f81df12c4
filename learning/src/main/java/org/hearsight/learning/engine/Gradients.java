package org.hearsight.learning.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * A span in which this thread records operations, for {@link #backward(NDArray)}; the former mode
 * comes back on {@link #close()}.
 *
 * <p>libtorch keeps the mode per thread and DJL switches it off only in the thread that loads the
 * library, so every training step and every evaluation says what it wants. DJL's own collector
 * allows one in the whole process.
 */
public final class Gradients implements AutoCloseable {
  private final boolean before;

  private Gradients(boolean on) {
    before = JniUtils.isGradMode();
    JniUtils.setGradMode(on);
  }

  /** Records operations on arrays that require a gradient. */
  public static Gradients record() {
    return new Gradients(true);
  }

  /** Computes something without recording. */
  public static <T> T infer(Supplier<T> computation) {
    Gradients span = new Gradients(false);
    try {
      return computation.get();
    } finally {
      span.close();
    }
  }

  /** Does something without recording. */
  public static void pause(Runnable action) {
    infer(
        () -> {
          action.run();
          return null;
        });
  }

  /** Adds the derivatives of a scalar to the gradients of the parameters it came from. */
  public void backward(NDArray scalar) {
    try (NDArray one = scalar.onesLike()) {
      JniUtils.backward((PtNDArray) scalar, (PtNDArray) one, false, false);
    }
  }

  @Override
  public void close() {
    JniUtils.setGradMode(before);
  }
}
