package org.hearsight.learning.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * A stack of bidirectional GRU layers, batch first: [B, T, in] to [B, T, 2·hidden].
 *
 * <p>Layers run one by one, so a frozen lower part can be cut off and its output cached. Dropout
 * between two layers belongs to the lower one. DJL's {@code GRU} block is not used: it hands
 * libtorch the weights of more than one layer or direction in the wrong order.
 */
public final class Gru extends Layer {
  private final int hidden;
  private final Dropout dropout;
  private final List<List<Parameter>> layers = new ArrayList<>();

  /** Starts uniform in ±1/√hidden, as {@code torch.nn.GRU}. */
  public Gru(ParameterFactory factory, int in, int hidden, int layers, double dropout) {
    this.hidden = hidden;
    this.dropout = new Dropout(dropout);
    double bound = 1 / Math.sqrt(hidden);
    for (int layer = 0; layer < layers; layer++) {
      int width = layer == 0 ? in : 2 * hidden;
      List<Parameter> weights = new ArrayList<>();
      for (String direction : List.of("", "_reverse")) {
        String suffix = "_l" + layer + direction;
        weights.add(add("weight_ih" + suffix, factory.uniform(bound, 3 * hidden, width)));
        weights.add(add("weight_hh" + suffix, factory.uniform(bound, 3 * hidden, hidden)));
        weights.add(add("bias_ih" + suffix, factory.uniform(bound, 3 * hidden)));
        weights.add(add("bias_hh" + suffix, factory.uniform(bound, 3 * hidden)));
      }
      this.layers.add(weights);
    }
  }

  /** How many layers are stacked. */
  public int depth() {
    return layers.size();
  }

  /** Runs the whole stack from a zero state. */
  public Value forward(Value x) {
    Value y = x;
    for (int layer = 0; layer < layers.size(); layer++) {
      y = forward(y, layer);
    }
    return y;
  }

  /** Runs one layer, with the dropout that follows it unless it is the last. */
  public Value forward(Value x, int layer) {
    Value y = x.gru(layers.get(layer).stream().map(x::of).toList(), hidden);
    boolean last = layer == layers.size() - 1;
    return last ? y : dropout.elements(y, isTraining() && trains(layer));
  }

  /** Does any parameter of one layer require a gradient? */
  public boolean trains(int layer) {
    return layers.get(layer).stream().anyMatch(Parameter::requiresGradient);
  }
}
