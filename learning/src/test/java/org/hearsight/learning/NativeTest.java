package org.hearsight.learning;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.layer.ParameterFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test on one thread of libtorch's CPU, with a manager that is closed after each test. */
public abstract class NativeTest {
  protected final TorchEngine engine = TorchEngine.start(1);
  protected NDManager manager;

  @BeforeEach
  void open() {
    manager = engine.newManager(Device.cpu());
  }

  @AfterEach
  void close() {
    manager.close();
  }

  protected ParameterFactory factory(long seed) {
    return new ParameterFactory(manager, new SplittableRandom(seed));
  }

  protected NDArray array(Tensor tensor) {
    return TensorBridge.toArray(manager, tensor);
  }

  /** Values that differ from each other, without a generator. */
  protected NDArray ramp(int... shape) {
    int n = 1;
    for (int s : shape) {
      n *= s;
    }
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) Math.sin(1 + i * 0.7);
    }
    return array(Tensor.of(values, shape));
  }
}
