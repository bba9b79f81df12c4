package org.hearsight.learning.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.engine.Gradients;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.Torch;
import org.hearsight.learning.layer.Parameter;

/**
 * Adam as in PyTorch: β 0.9 and 0.999, ε 1e-8; a learning rate for each group. With weight decay it
 * is PyTorch's {@code AdamW}, with clipping its {@code clip_grad_norm_} comes before.
 *
 * <p>DJL's {@code Adam} keeps its moments to itself, so a run on it cannot be resumed. Kingma and
 * Ba, arXiv 1412.6980; Loshchilov and Hutter, arXiv 1711.05101.
 */
public final class Adam implements AutoCloseable {
  // The native update takes float32; correcting the bias by the same rounded values keeps the
  // quotient of the moments exact.
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final double EPS = 1e-8;

  private static final String STEP = ".step";
  private static final String M = ".exp_avg";
  private static final String V = ".exp_avg_sq";

  private final NDManager owner;
  private final List<Group> groups;
  private final double weightDecay;
  private final double gradientClip;
  private final Map<String, Moments> moments = new LinkedHashMap<>();

  /**
   * Parameters that share a learning rate.
   *
   * @param parameters by full name; those that require no gradient are passed over
   */
  public record Group(Map<String, Parameter> parameters, double learningRate) {
    public Group {
      parameters = new LinkedHashMap<>(parameters);
      if (!(learningRate > 0 && Double.isFinite(learningRate))) {
        throw new IllegalArgumentException("learning rate: " + learningRate + " is not positive");
      }
    }
  }

  /** Without weight decay and clipping. */
  public Adam(NDManager parent, List<Group> groups) {
    this(parent, groups, 0, 0);
  }

  /**
   * @param parent the manager of the device that holds the parameters
   * @param weightDecay share of the learning rate by which a step shrinks the weights
   * @param gradientClip greatest Euclidean norm of all gradients together; 0 = any
   */
  public Adam(NDManager parent, List<Group> groups, double weightDecay, double gradientClip) {
    this.owner = parent.newSubManager();
    this.weightDecay = weightDecay;
    this.gradientClip = gradientClip;
    this.groups = List.copyOf(groups);
    List<String> names = new ArrayList<>();
    groups.forEach(g -> names.addAll(g.parameters().keySet()));
    if (names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException("adam: a parameter stands in two groups");
    }
  }

  /** Sets all gradients to zero. */
  public void zeroGradients() {
    for (Group group : groups) {
      group.parameters().values().stream()
          .filter(Parameter::requiresGradient)
          .forEach(p -> Torch.zeroGradient(p.array()));
    }
  }

  /** Moves every parameter that has a gradient. */
  public void step() {
    step(1);
  }

  /**
   * Moves every parameter that has a gradient.
   *
   * @param share of each group's learning rate that this step takes, as a schedule gives it
   */
  public void step(double share) {
    Gradients.pause(
        () -> {
          if (gradientClip > 0) {
            clip();
          }
          for (Group group : groups) {
            group.parameters().forEach((name, p) -> step(name, p, share * group.learningRate()));
          }
        });
  }

  /** Scales all gradients down to the greatest norm, where theirs is greater. */
  private void clip() {
    double squares = 0;
    for (Group group : groups) {
      for (Parameter p : group.parameters().values()) {
        squares += squares(p);
      }
    }
    // PyTorch's: an ε keeps it from dividing by zero.
    float scale = (float) (gradientClip / (Math.sqrt(squares) + 1e-6));
    if (scale < 1) {
      for (Group group : groups) {
        group.parameters().values().forEach(p -> scale(p, scale));
      }
    }
  }

  private static double squares(Parameter parameter) {
    if (!parameter.requiresGradient()) {
      return 0;
    }
    try (NDArray gradient = Torch.gradient(parameter.array())) {
      if (gradient == null) {
        return 0;
      }
      try (NDArray squared = gradient.square();
          NDArray sum = squared.sum()) {
        return sum.getFloat();
      }
    }
  }

  private static void scale(Parameter parameter, float factor) {
    if (parameter.requiresGradient()) {
      try (NDArray gradient = Torch.gradient(parameter.array())) {
        if (gradient != null) {
          Torch.scale(gradient, factor);
        }
      }
    }
  }

  private void step(String name, Parameter parameter, double learningRate) {
    if (!parameter.requiresGradient()) {
      return;
    }
    NDArray weight = parameter.array();
    try (NDArray gradient = Torch.gradient(weight)) {
      if (gradient == null) {
        return;
      }
      Moments state = moments.computeIfAbsent(name, n -> new Moments(weight));
      if (weightDecay > 0) {
        Torch.scale(weight, 1 - learningRate * weightDecay);
      }
      state.step++;
      double correction1 = 1 - Math.pow(BETA1, (double) state.step);
      double correction2 = Math.sqrt(1 - Math.pow(BETA2, (double) state.step));
      Torch.adam(
          weight,
          gradient,
          state.m,
          state.v,
          (float) (learningRate * correction2 / correction1),
          BETA1,
          BETA2,
          (float) (EPS * correction2));
    }
  }

  /** Steps and moments, {@code NAME.step}, {@code NAME.exp_avg} and {@code NAME.exp_avg_sq}. */
  public Map<String, Tensor> save() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    moments.forEach(
        (name, s) -> {
          tensors.put(name + STEP, Tensor.of(new long[] {s.step}));
          tensors.put(name + M, TensorBridge.toTensor(s.m));
          tensors.put(name + V, TensorBridge.toTensor(s.v));
        });
    return tensors;
  }

  /**
   * Goes on where {@link #save()} left off.
   *
   * @throws InputException if a tensor is missing, surplus or of the wrong shape
   */
  public void load(Map<String, Tensor> tensors, String source) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    groups.forEach(g -> parameters.putAll(g.parameters()));
    List<String> names = new ArrayList<>();
    for (String key : tensors.keySet()) {
      String name = key.replaceFirst("\\.(step|exp_avg|exp_avg_sq)$", "");
      Parameter parameter = parameters.get(name);
      if (parameter == null || key.equals(name)) {
        throw refusal(source, key + ": is not a state of a parameter in training");
      }
      if (key.endsWith(STEP)) {
        names.add(name);
        check(tensors.get(name + STEP), new int[0], source, name + STEP);
        check(tensors.get(name + M), parameter.shape(), source, name + M);
        check(tensors.get(name + V), parameter.shape(), source, name + V);
      }
    }
    if (tensors.size() != 3 * names.size()) {
      throw refusal(source, "step: missing for a parameter that has moments");
    }
    moments.values().forEach(Moments::close);
    moments.clear();
    for (String name : names) {
      Moments state = new Moments(tensors.get(name + M), tensors.get(name + V));
      state.step = tensors.get(name + STEP).longs()[0];
      moments.put(name, state);
    }
  }

  private static void check(Tensor tensor, int[] shape, String source, String name) {
    if (tensor == null) {
      throw refusal(source, name + ": missing");
    }
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw refusal(source, name + ": " + tensor.shapeText() + " does not fit its parameter");
    }
  }

  private static InputException refusal(String source, String problem) {
    return new InputException(
        source, problem, "resume with the configuration the run was started with");
  }

  /** Gives the moments' memory back. */
  @Override
  public void close() {
    owner.close();
  }

  /** Running means of one parameter's gradient and its square. */
  private final class Moments {
    private final NDArray m;
    private final NDArray v;
    private long step;

    Moments(NDArray weight) {
      m = owner.zeros(weight.getShape());
      v = owner.zeros(weight.getShape());
    }

    Moments(Tensor m, Tensor v) {
      this.m = TensorBridge.toArray(owner, m);
      this.v = TensorBridge.toArray(owner, v);
    }

    void close() {
      m.close();
      v.close();
    }
  }
}
