package org.hearsight.learning.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.hearsight.learning.engine.TorchEngine;
import org.junit.jupiter.api.Test;

class BinaryCrossEntropyIT {
  @Test
  void itIsTheFormulaAndDoesNotOverflow() {
    TorchEngine engine = TorchEngine.start(1);
    try (NDManager manager = engine.newManager(Device.cpu())) {
      float[] logits = {0, 2, -2, 500, -500, 500};
      float[] truth = {1, 1, 1, 1, 1, 0};
      float[] each =
          BinaryCrossEntropy.each(manager.create(logits), manager.create(truth)).toFloatArray();
      for (int i = 0; i < 3; i++) {
        double p = 1 / (1 + Math.exp(-logits[i]));
        assertThat((double) each[i]).isCloseTo(-Math.log(p), within(1e-6));
      }
      assertThat(each[3]).isZero();
      assertThat(each[4]).isEqualTo(500f);
      assertThat(each[5]).isEqualTo(500f);
    }
  }

  @Test
  void itsGradientIsTheProbabilityLessTheTruth() {
    TorchEngine engine = TorchEngine.start(1);
    try (NDManager manager = engine.newManager(Device.cpu())) {
      NDArray logits = manager.create(new float[] {-1, 0.5f});
      logits.setRequiresGradient(true);
      try (var collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(
            BinaryCrossEntropy.each(logits, manager.create(new float[] {0, 1})).sum());
      }
      float[] g = logits.getGradient().toFloatArray();
      assertThat(g[0]).isCloseTo((float) (1 / (1 + Math.exp(1))), within(1e-6f));
      assertThat(g[1]).isCloseTo((float) (1 / (1 + Math.exp(-0.5)) - 1), within(1e-6f));
    }
  }
}
