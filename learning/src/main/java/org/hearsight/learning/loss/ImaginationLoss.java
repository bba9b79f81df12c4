package org.hearsight.learning.loss;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Arrays;
import java.util.List;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.metrics.Correctness;
import org.hearsight.core.metrics.Statistics;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.Torch;
import org.hearsight.learning.model.ImaginationModel;

/**
 * The seed's loss: α · cross-entropy of the class + β · location of the hazards + γ · squared error
 * of the confidence.
 */
public final class ImaginationLoss {
  private final Config config;

  /**
   * The weights and the two choices the seed leaves open.
   *
   * @param alpha weight of the class
   * @param beta weight of the location
   * @param gamma weight of the confidence
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Config(
      double alpha, double beta, double gamma, LocationForm location, ConfidenceTarget confidence) {
    public Config {
      if (!(alpha >= 0 && beta >= 0 && gamma >= 0)) {
        throw new IllegalArgumentException("loss: a weight is negative");
      }
      if (location == null || confidence == null) {
        throw new IllegalArgumentException("loss: location or confidence is missing");
      }
    }

    /** The seed's weights: 1, 2, 0.5. */
    public static Config of(LocationForm location, ConfidenceTarget confidence) {
      return new Config(1, 2, 0.5, location, confidence);
    }
  }

  /** Scalars: the weighted total, and its three parts before weighting. */
  public record Parts(
      NDArray total, NDArray classification, NDArray location, NDArray confidence) {}

  public ImaginationLoss(Config config) {
    this.config = config;
  }

  public Config config() {
    return config;
  }

  /** The loss of a batch; {@code targets} holds one entry for each row of the output. */
  public Parts compute(ImaginationModel.Output<NDArray> out, List<HazardTarget> targets) {
    if (targets.size() != out.classLogits().getShape().get(0)) {
      throw new IllegalArgumentException(
          "loss: "
              + targets.size()
              + " targets for a batch of "
              + out.classLogits().getShape().get(0));
    }
    NDArray classification = crossEntropy(out.classLogits(), targets);
    NDArray location = LocationLoss.of(config.location(), out.location(), targets);
    NDArray confidence = out.confidence().sub(confidenceTarget(out, targets)).square().mean();
    NDArray total =
        Torch.times(classification, config.alpha())
            .add(Torch.times(location, config.beta()))
            .add(Torch.times(confidence, config.gamma()));
    return new Parts(total, classification, location, confidence);
  }

  private static NDArray crossEntropy(NDArray logits, List<HazardTarget> targets) {
    int classes = (int) logits.getShape().get(1);
    float[] oneHot = new float[targets.size() * classes];
    for (int i = 0; i < targets.size(); i++) {
      oneHot[i * classes + checked(targets.get(i).classIndex(), classes)] = -1f / targets.size();
    }
    NDArray weights = TensorBridge.toArray(logits.getManager(), oneHot, targets.size(), classes);
    return Torch.logSoftmax(logits, 1).mul(weights).sum();
  }

  private static int checked(int index, int classes) {
    if (index >= classes) {
      throw new IllegalArgumentException("target: class " + index + " of " + classes);
    }
    return index;
  }

  /** What the confidence should have been, [B, 1], without history. */
  private NDArray confidenceTarget(
      ImaginationModel.Output<NDArray> out, List<HazardTarget> targets) {
    NDArray logits = Torch.detach(out.classLogits());
    if (config.confidence() == ConfidenceTarget.SEED) {
      return Torch.softmax(logits, 1).max(new int[] {1}, true);
    }
    boolean[] rights = right(out, targets);
    float[] right = new float[rights.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = rights[i] ? 1 : 0;
    }
    return TensorBridge.toArray(logits.getManager(), right, targets.size(), 1);
  }

  /** Was each answer right, as {@link Correctness} has it? */
  boolean[] right(ImaginationModel.Output<NDArray> out, List<HazardTarget> targets) {
    float[] scores = Torch.detach(out.classLogits()).toFloatArray();
    float[] raw = Torch.detach(out.location()).toFloatArray();
    int classes = scores.length / targets.size();
    int width = config.location().width();
    boolean[] right = new boolean[targets.size()];
    for (int i = 0; i < targets.size(); i++) {
      int best = Statistics.largest(Arrays.copyOfRange(scores, i * classes, (i + 1) * classes));
      float[] place = Arrays.copyOfRange(raw, i * width, (i + 1) * width);
      right[i] = isRight(targets.get(i), best, place);
    }
    return right;
  }

  private boolean isRight(HazardTarget target, int answer, float[] place) {
    return Correctness.of(target.classIndex(), target.location(), answer, located(place));
  }

  /** What the numbers mean; null where they mean no place, as those of a network that diverged. */
  private Location located(float[] place) {
    for (float number : place) {
      if (!Float.isFinite(number)) {
        return null;
      }
    }
    return config.location().decode(place).location();
  }
}
