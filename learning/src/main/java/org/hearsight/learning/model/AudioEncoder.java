package org.hearsight.learning.model;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.layer.BatchNorm2d;
import org.hearsight.learning.layer.Conv2d;
import org.hearsight.learning.layer.Layer;
import org.hearsight.learning.layer.Parameter;
import org.hearsight.learning.layer.TorchValue;
import org.hearsight.learning.layer.Value;

/**
 * A pretrained network's part that turns audio features into tokens, cut into stages.
 *
 * <p>Stages run one after the other, each on what the last one gave. What enters the first
 * trainable stage never changes while the stages below are frozen, so it can be computed once.
 */
public abstract class AudioEncoder extends Layer {
  private final Form form;

  /**
   * What a network is from outside.
   *
   * @param inChannels feature planes it takes
   * @param bands of a feature frame it takes
   * @param framesPerToken feature frames that become one token
   * @param width numbers per token
   * @param stageNames the stages from the input on
   * @param headPrefix what the names of the original output head's parameters begin with
   */
  protected record Form(
      int inChannels,
      int bands,
      int framesPerToken,
      int width,
      List<String> stageNames,
      String headPrefix) {}

  /**
   * Pooling after each convolution block, in time and frequency.
   *
   * @param time factors, one for each block
   * @param bands as many
   */
  protected record Pools(List<Integer> time, List<Integer> bands) {
    /** Feature frames that become one. */
    int ofTime() {
      return time.stream().reduce(1, Math::multiplyExact);
    }

    /** Bands that become one. */
    int ofBands() {
      return bands.stream().reduce(1, Math::multiplyExact);
    }

    /**
     * @throws IllegalArgumentException if blocks or bands do not come out
     */
    void require(String network, int inBands) {
      if (time.isEmpty() || time.size() != bands.size()) {
        throw new IllegalArgumentException(
            network + ": time_pools and band_pools need one number for each block");
      }
      if (inBands / ofBands() < 1) {
        throw new IllegalArgumentException(network + ": band_pools leave no band of " + inBands);
      }
    }

    /** Convolution block {@code i}: convolution, batch norm, rectifier, largest of each window. */
    Value block(int i, Conv2d conv, BatchNorm2d norm, Value x) {
      Value y = norm.forward(conv.forward(x)).relu();
      return y.maxPool(Value.Window.tiles(time.get(i), bands.get(i)));
    }
  }

  protected AudioEncoder(Form form) {
    this.form = form;
  }

  static void requirePositive(String network, int... sizes) {
    if (Arrays.stream(sizes).anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(network + ": every size must be positive");
    }
  }

  /** Numbers per token. */
  public final int width() {
    return form.width();
  }

  /** Feature planes it takes. */
  public final int inChannels() {
    return form.inChannels();
  }

  /** Bands of a feature frame it takes. */
  public final int bands() {
    return form.bands();
  }

  /** Feature frames that become one token. */
  public final int framesPerToken() {
    return form.framesPerToken();
  }

  /** The stages from the input on. */
  public final List<String> stageNames() {
    return form.stageNames();
  }

  /** What the names of the original output head's parameters begin with. */
  public final String headPrefix() {
    return form.headPrefix();
  }

  /** Tokens [B, T', width] to what the original head gives for each, without activation. */
  public abstract Value head(Value encoded);

  /** As {@link #head(Value)}, on libtorch. */
  public final NDArray head(NDArray encoded) {
    return TorchValue.run(this::head, encoded);
  }

  /** Numbers per token after a stage; 0 where frames are not yet tokens. */
  public abstract int widthAfter(int stage);

  /** The encoder's parameters in PyTorch's order, without those of its original output head. */
  public final List<Parameter> encoderParameters() {
    return parameters().entrySet().stream()
        .filter(e -> !e.getKey().startsWith(headPrefix()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** A copy of every parameter and buffer but those of the original output head. */
  public final Map<String, Tensor> saveEncoder() {
    Map<String, Tensor> tensors = save();
    tensors.keySet().removeIf(n -> n.startsWith(headPrefix()));
    return tensors;
  }

  /** Runs one stage. */
  protected abstract Value stage(int stage, Value x);

  /** Does training change any parameter of a stage? */
  protected abstract boolean trains(int stage);

  /** Runs all stages: features [B, C, T, F] to tokens [B, T', width]. */
  public final Value encode(Value features) {
    return encode(features, 0, stageNames().size());
  }

  /** As {@link #encode(Value)}, on libtorch. */
  public final NDArray encode(NDArray features) {
    return encode(features, 0, stageNames().size());
  }

  /** As {@link #encode(Value, int, int)}, on libtorch. */
  public final NDArray encode(NDArray x, int from, int to) {
    return TorchValue.run(value -> encode(value, from, to), x);
  }

  /**
   * Runs the stages {@code from} (in) to {@code to} (out).
   *
   * @param x what stage {@code from} takes
   * @return what stage {@code to − 1} gives; {@code x} itself for no stage
   */
  public final Value encode(Value x, int from, int to) {
    if (from < 0 || to < from || to > stageNames().size()) {
      throw new IllegalArgumentException(
          "stages " + from + " to " + to + " of " + stageNames().size());
    }
    Value y = x;
    for (int stage = from; stage < to; stage++) {
      y = stage(stage, y);
    }
    return y;
  }

  /** The lowest stage that training changes; the number of stages if it changes none. */
  public final int firstTrainableStage() {
    int stage = 0;
    while (stage < stageNames().size() && !trains(stage)) {
      stage++;
    }
    return stage;
  }

  /**
   * Frees the upper part of the encoder and freezes the rest: of n parameters in PyTorch's order,
   * those from ⌊n·ratio⌋ on.
   *
   * @param ratio share that stays frozen, as in the seed's {@code unfreeze_seld_top}
   */
  public final void unfreezeTop(double ratio) {
    if (!(ratio >= 0 && ratio <= 1)) {
      throw new IllegalArgumentException("unfreeze ratio: " + ratio + " is not in [0, 1]");
    }
    List<Parameter> parameters = encoderParameters();
    unfreezeFrom(parameters, (int) (parameters.size() * ratio));
  }
}
