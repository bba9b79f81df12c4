package org.hearsight.learning.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.Tensor;

/**
 * A node in a tree of named parameters: what PyTorch calls a module.
 *
 * <p>Names and order are PyTorch's, so its checkpoints fit: {@link #state()} lists own parameters,
 * own buffers, then children in the order they were added, as {@code state_dict()} does; {@link
 * #parameters()} is {@code named_parameters()}.
 *
 * <p>A layer none of whose parameters requires a gradient is frozen, and a frozen layer infers even
 * while its root trains: its statistics stand still and its dropout passes everything.
 *
 * <p>DJL's {@code Block} is not used: it puts ordinals into names, keeps frozen statistics moving
 * and checks no shapes when it loads.
 */
public abstract class Layer {
  private final Map<String, Parameter> own = new LinkedHashMap<>();
  private final Map<String, Layer> children = new LinkedHashMap<>();
  private boolean training;

  /** Adds a parameter or buffer of this layer. */
  protected final Parameter add(String name, Parameter parameter) {
    if (own.putIfAbsent(name, parameter) != null) {
      throw new IllegalArgumentException("parameter '" + name + "' stands twice");
    }
    return parameter;
  }

  /** Adds a child; {@code name} may hold dots, as in {@code layer1.0}. */
  protected final <L extends Layer> L add(String name, L child) {
    if (children.putIfAbsent(name, child) != null) {
      throw new IllegalArgumentException("child '" + name + "' stands twice");
    }
    return child;
  }

  /** All parameters and buffers of the tree by their full names, in PyTorch's order. */
  public final Map<String, Parameter> state() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    collect("", all);
    return all;
  }

  private void collect(String prefix, Map<String, Parameter> into) {
    own.forEach((n, p) -> putIf(p.isLearnable(), into, prefix + n, p));
    own.forEach((n, p) -> putIf(!p.isLearnable(), into, prefix + n, p));
    children.forEach((n, c) -> c.collect(prefix + n + ".", into));
  }

  private static void putIf(
      boolean condition, Map<String, Parameter> into, String name, Parameter parameter) {
    if (condition) {
      into.put(name, parameter);
    }
  }

  /** The parameters of the tree, without buffers. */
  public final Map<String, Parameter> parameters() {
    Map<String, Parameter> all = state();
    all.values().removeIf(p -> !p.isLearnable());
    return all;
  }

  /** The parameters that training changes now. */
  public final Map<String, Parameter> trainableParameters() {
    Map<String, Parameter> all = state();
    all.values().removeIf(p -> !p.requiresGradient());
    return all;
  }

  /** A copy of every parameter and buffer. */
  public final Map<String, Tensor> save() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    state().forEach((name, p) -> tensors.put(name, p.tensor()));
    return tensors;
  }

  /**
   * Takes values by name; all or, when refused, none.
   *
   * @param source the file they came from, for the message
   * @throws InputException one line that lists what is missing, surplus or misshapen
   */
  public LoadReport load(Map<String, Tensor> tensors, String source, LoadRules rules) {
    Map<String, Parameter> all = state();
    LoadReport report = LoadReport.compare(all, tensors, rules);
    report.requireComplete(source);
    report.taken().forEach(name -> all.get(name).set(tensors.get(name)));
    return report;
  }

  /** As {@link #load(Map, String, LoadRules)}, strictly. */
  public final LoadReport load(Map<String, Tensor> tensors, String source) {
    return load(tensors, source, LoadRules.strict());
  }

  /** Says for the whole tree whether it trains or infers; new layers infer. */
  public final void train(boolean training) {
    this.training = training;
    children.values().forEach(c -> c.train(training));
  }

  /** Is this layer training: set so, and not frozen? */
  public final boolean isTraining() {
    return training && !isFrozen();
  }

  /** Does no parameter of this layer require a gradient? Layers without any count as frozen. */
  public final boolean isFrozen() {
    return own.values().stream().noneMatch(Parameter::requiresGradient)
        && children.values().stream().allMatch(Layer::isFrozen);
  }

  /** Stops training of every parameter in the tree. */
  public final void freeze() {
    parameters().values().forEach(p -> p.requireGradient(false));
  }

  /** Lets training change every parameter in the tree. */
  public final void unfreeze() {
    parameters().values().forEach(p -> p.requireGradient(true));
  }

  /**
   * Freezes all parameters before the {@code split}-th of {@link #parameters()}, frees the rest.
   */
  protected final void unfreezeFrom(List<Parameter> ordered, int split) {
    List<Parameter> list = new ArrayList<>(ordered);
    for (int i = 0; i < list.size(); i++) {
      list.get(i).requireGradient(i >= split);
    }
  }
}
