package org.hearsight.learning.pretrain;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.Torch;
import org.hearsight.learning.loss.BinaryCrossEntropy;

/**
 * The weighted sum of six losses: cross-entropy of the class in sight and of the token it is in,
 * absolute errors of its place, of the free distance and of the distance beyond edges (logarithms),
 * and cross-entropy of the edges.
 *
 * <p>What a picture has no answer for (no hazard in sight, no edge, a sector outside of the piece)
 * is left out of its mean; a batch without any gives zero.
 */
final class VisionLoss {
  private VisionLoss() {}

  /** Scalars: the weighted total, and its parts before weighting. */
  record Parts(
      NDArray total,
      NDArray classes,
      NDArray where,
      NDArray place,
      NDArray free,
      NDArray edges,
      NDArray beyond) {
    /** The total first. */
    List<NDArray> all() {
      return List.of(total, classes, where, place, free, edges, beyond);
    }
  }

  static Parts compute(
      VisionNetwork.Output out, List<VisionTargets> targets, VisionConfig.Loss weights) {
    NDArray classes = classes(out.classLogits(), targets);
    NDArray where = where(out.where(), out.rows(), targets);
    NDArray place = place(out.place(), targets);
    NDArray free = free(out.free(), targets);
    NDArray edges = edges(out.edgeLogits(), targets);
    NDArray beyond = beyond(out.beyond(), targets);
    NDArray total =
        weighted(classes, weights.classes())
            .add(weighted(where, weights.where()))
            .add(weighted(place, weights.place()))
            .add(weighted(free, weights.free()))
            .add(weighted(edges, weights.edges()))
            .add(weighted(beyond, weights.beyond()));
    return new Parts(total, classes, where, place, free, edges, beyond);
  }

  private static NDArray weighted(NDArray part, double weight) {
    return weight == 1 ? part : Torch.times(part, weight);
  }

  private static NDArray classes(NDArray logits, List<VisionTargets> targets) {
    int classes = (int) logits.getShape().get(1);
    float[] oneHot = new float[targets.size() * classes];
    for (int i = 0; i < targets.size(); i++) {
      oneHot[i * classes + targets.get(i).classIndex()] = -1f / targets.size();
    }
    NDArray weights = TensorBridge.toArray(logits.getManager(), oneHot, targets.size(), classes);
    return Torch.logSoftmax(logits, 1).mul(weights).sum();
  }

  /** Without it the attention finds the hazard late: a class alone does not say where to look. */
  private static NDArray where(NDArray logShares, int rows, List<VisionTargets> targets) {
    int tokens = (int) logShares.getShape().get(1);
    float[] weights = new float[targets.size() * tokens];
    int count = 0;
    for (int i = 0; i < targets.size(); i++) {
      int token = targets.get(i).token(rows, tokens / rows);
      if (token >= 0) {
        weights[i * tokens + token] = -1;
        count++;
      }
    }
    NDArray picked = TensorBridge.toArray(logShares.getManager(), weights, targets.size(), tokens);
    return Torch.over(logShares.mul(picked).sum(), Math.max(1, count));
  }

  private static NDArray place(NDArray said, List<VisionTargets> targets) {
    float[] truth = new float[targets.size() * VisionTargets.PLACE];
    float[] mask = new float[truth.length];
    for (int i = 0; i < targets.size(); i++) {
      float[] place = targets.get(i).place();
      for (int k = 0; place != null && k < VisionTargets.PLACE; k++) {
        truth[i * VisionTargets.PLACE + k] = place[k];
        mask[i * VisionTargets.PLACE + k] = 1;
      }
    }
    return absolute(said, truth, mask, targets.size(), VisionTargets.PLACE);
  }

  private static NDArray free(NDArray said, List<VisionTargets> targets) {
    int n = VisionTargets.SECTORS;
    float[] truth = new float[targets.size() * n];
    float[] mask = new float[truth.length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = targets.get(i / n).free()[i % n];
      mask[i] = targets.get(i / n).shows(i % n) ? 1 : 0;
    }
    return absolute(said, truth, mask, targets.size(), n);
  }

  private static NDArray beyond(NDArray said, List<VisionTargets> targets) {
    int n = VisionTargets.SECTORS;
    float[] truth = new float[targets.size() * n];
    float[] mask = new float[truth.length];
    for (int i = 0; i < truth.length; i++) {
      if (targets.get(i / n).shows(i % n) && targets.get(i / n).hasEdge(i % n)) {
        truth[i] = targets.get(i / n).beyond()[i % n];
        mask[i] = 1;
      }
    }
    return absolute(said, truth, mask, targets.size(), n);
  }

  /** Mean absolute error where the mask is one. */
  private static NDArray absolute(NDArray said, float[] truth, float[] mask, int rows, int width) {
    float count = 0;
    for (float m : mask) {
      count += m;
    }
    for (int i = 0; i < mask.length; i++) {
      mask[i] /= Math.max(1, count);
    }
    NDArray wanted = TensorBridge.toArray(said.getManager(), truth, rows, width);
    NDArray weights = TensorBridge.toArray(said.getManager(), mask, rows, width);
    return said.sub(wanted).abs().mul(weights).sum();
  }

  /** Binary cross-entropy. */
  private static NDArray edges(NDArray logits, List<VisionTargets> targets) {
    int n = VisionTargets.SECTORS;
    int sides = VisionTargets.SIDES;
    float[] truth = new float[targets.size() * sides * n];
    float[] mask = new float[truth.length];
    float shown = 0;
    for (int i = 0; i < targets.size(); i++) {
      for (int side = 0; side < sides; side++) {
        for (int s = 0; s < n; s++) {
          int at = (i * sides + side) * n + s;
          truth[at] = targets.get(i).edges()[s * sides + side] ? 1 : 0;
          mask[at] = targets.get(i).shows(s) ? 1 : 0;
          shown += mask[at];
        }
      }
    }
    NDArray y = TensorBridge.toArray(logits.getManager(), truth, targets.size(), sides, n);
    NDArray weights =
        Torch.over(
            TensorBridge.toArray(logits.getManager(), mask, targets.size(), sides, n),
            Math.max(1, shown));
    return BinaryCrossEntropy.each(logits, y).mul(weights).sum();
  }
}
