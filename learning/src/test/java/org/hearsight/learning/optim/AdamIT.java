package org.hearsight.learning.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.NativeTest;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.layer.Linear;
import org.hearsight.learning.layer.TorchValue;
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
          .hasMessageContaining("odd: is not a state");
    }
  }

  /** AdamW: the weights shrink by rate and decay, then the same step is taken. */
  @Test
  void weightDecayShrinksWhatIsTrained() {
    Linear plain = new Linear(factory(1), 3, 2);
    Linear decayed = new Linear(factory(1), 3, 2);
    float[] start = plain.save().get("weight").floats();
    List<Adam.Group> groups = List.of(new Adam.Group(decayed.parameters(), 1e-2));
    try (Adam without = adam(plain);
        Adam with = new Adam(manager, groups, 0.5, 0)) {
      run(plain, without, 1);
      run(decayed, with, 1);
    }
    float[] expected = plain.save().get("weight").floats();
    float[] found = decayed.save().get("weight").floats();
    for (int i = 0; i < start.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i] - 0.005f * start[i], within(1e-6f));
    }
  }

  /** The first moment after one step is a tenth of the gradient it was given. */
  @Test
  void longGradientsAreScaledDownTogether() {
    double free = norm(0);
    assertThat(norm(free / 2)).isCloseTo(free / 2, within(1e-4 * free));
    assertThat(norm(2 * free)).isEqualTo(free);
  }

  private double norm(double clip) {
    Linear layer = new Linear(factory(1), 3, 2);
    List<Adam.Group> groups = List.of(new Adam.Group(layer.parameters(), 1e-2));
    try (Adam adam = new Adam(manager, groups, 0, clip)) {
      run(layer, adam, 1);
      double squares = 0;
      Map<String, Tensor> state = adam.save();
      for (String name : List.of("weight.exp_avg", "bias.exp_avg")) {
        for (float m : state.get(name).floats()) {
          squares += 100.0 * m * m;
        }
      }
      return Math.sqrt(squares);
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
        g.backward(TorchValue.run(layer::forward, x).square().mean());
        adam.step();
      }
    }
  }

  private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, t) -> assertThat(actual.get(name).bytes()).isEqualTo(t.bytes()));
  }
}
