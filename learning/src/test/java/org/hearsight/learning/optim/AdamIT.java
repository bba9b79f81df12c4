package org.hearsight.learning.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.layer.Linear;
import org.junit.jupiter.api.Test;

class AdamIT extends NativeTest {

  @Test
  void resumedEqualsUninterrupted() {
    Linear whole = new Linear(factory(1), 3, 2);
    Linear first = new Linear(factory(1), 3, 2);
    Linear second = new Linear(factory(2), 3, 2);
    try (Adam straight = adam(whole);
        Adam before = adam(first);
        Adam after = adam(second)) {
      run(whole, straight, 5);
      run(first, before, 2);
      second.load(first.save(), "first");
      after.load(before.save(), "first");
      run(second, after, 3);

      assertSame(second.save(), whole.save());
      assertSame(after.save(), straight.save());
    }
  }

  @Test
  void leavesFrozenParametersAlone() {
    Linear layer = new Linear(factory(1), 3, 2);
    Map<String, Tensor> start = layer.save();
    try (Adam adam = adam(layer)) {
      run(layer, adam, 1);
      Map<String, Tensor> moved = layer.save();
      assertThat(moved.get("weight").floats()).isNotEqualTo(start.get("weight").floats());
      layer.freeze();
      adam.step();
      assertSame(layer.save(), moved);
    }
  }

  @Test
  void closingGivesTheMomentsBack() {
    int before = manager.getManagedArrays().size();
    Linear layer = new Linear(factory(1), 3, 2);
    try (Adam adam = adam(layer)) {
      run(layer, adam, 3);
      assertThat(manager.getManagedArrays()).hasSize(before + 2 + 4);
    }
    assertThat(manager.getManagedArrays()).hasSize(before + 2);
  }

  @Test
  void refusesForeignState() {
    Linear layer = new Linear(factory(1), 3, 2);
    try (Adam adam = adam(layer);
        Adam other = adam(new Linear(factory(1), 4, 2))) {
      run(layer, adam, 1);
      Map<String, Tensor> state = adam.save();
      assertThatThrownBy(() -> other.load(state, "s.safetensors"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("weight.exp_avg: [2, 3] does not fit");
      state.remove("bias.step");
      assertThatThrownBy(() -> adam.load(state, "s.safetensors"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("step: missing");
      assertThatThrownBy(
              () -> adam.load(Map.of("odd", Tensor.of(new float[1], 1)), "s.safetensors"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("odd: is no state");
    }
  }

  private Adam adam(Linear layer) {
    return new Adam(manager, List.of(new Adam.Group(layer.parameters(), 1e-2)));
  }

  private void run(Linear layer, Adam adam, int steps) {
    for (int i = 0; i < steps; i++) {
      try (NDManager step = manager.newSubManager();
          Gradients g = Gradients.record()) {
        adam.zeroGradients();
        var x = ramp(4, 3);
        x.attach(step);
        g.backward(layer.forward(x).square().mean());
        adam.step();
      }
    }
  }

  private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, t) -> assertThat(actual.get(name).bytes()).isEqualTo(t.bytes()));
  }
}
