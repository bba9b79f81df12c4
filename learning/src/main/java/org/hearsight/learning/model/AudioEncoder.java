package org.hearsight.learning.model;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.hearsight.core.tensor.Tensor;
import org.hearsight.learning.layer.Layer;
import org.hearsight.learning.layer.Parameter;

/**
 * A pretrained network's part that turns audio features into tokens, cut into stages.
 *
 * <p>Stages run one after the other, each on what the last one gave. What enters the first
 * trainable stage never changes while the stages below are frozen, so it can be computed once.
 */
public abstract class AudioEncoder extends Layer {
  /** Numbers per token. */
  public abstract int width();

  /** Feature planes it takes. */
  public abstract int inChannels();

  /** Bands of a feature frame it takes. */
  public abstract int bands();

  /** Feature frames that become one token. */
  public abstract int framesPerToken();

  /** The stages from the input on. */
  public abstract List<String> stageNames();

  /** What the names of the original output head's parameters begin with. */
  public abstract String headPrefix();

  /** Tokens [B, T', width] to what the original head gives for each, without activation. */
  public abstract NDArray head(NDArray encoded);

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
  protected abstract NDArray stage(int stage, NDArray x);

  /** Does training change any parameter of a stage? */
  protected abstract boolean trains(int stage);

  /** Runs all stages: features [B, C, T, F] to tokens [B, T', width]. */
  public final NDArray encode(NDArray features) {
    return encode(features, 0, stageNames().size());
  }

  /**
   * Runs the stages {@code from} (in) to {@code to} (out).
   *
   * @param x what stage {@code from} takes
   * @return what stage {@code to − 1} gives; {@code x} itself for no stage
   */
  public final NDArray encode(NDArray x, int from, int to) {
    if (from < 0 || to < from || to > stageNames().size()) {
      throw new IllegalArgumentException(
          "stages " + from + " to " + to + " of " + stageNames().size());
    }
    NDArray y = x;
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
