package org.hearsight.learning.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.hearsight.learning.engine.TensorBridge;
import org.hearsight.learning.engine.Torch;
import org.hearsight.learning.layer.Layer;
import org.hearsight.learning.layer.Linear;
import org.hearsight.learning.layer.Parameter;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.model.ResNet50;

/**
 * The picture encoder with a head for each of {@link VisionTargets}' parts; the heads are thrown
 * away when the encoder is done.
 *
 * <p>The heads are linear, so that all they ask for has to stand in the features. They read them
 * where the adapter will: token by token with their places. An attention over the tokens finds the
 * hazard, and its place is read off the tokens it lies on; a sector is read off the columns of
 * tokens it lies in.
 */
final class VisionNetwork extends Layer {
  /** What is said of a sector: free distance, two sides of edges, distance beyond. */
  private static final int PER_SECTOR = 2 + VisionTargets.SIDES;

  private static final int SECTORS = VisionTargets.SECTORS;

  private final int classCount;
  private final ResNet50 encoder;
  private final Linear attention;
  private final Linear classes;
  private final Linear place;
  private final Parameter sectorWeight;
  private final Parameter sectorBias;

  VisionNetwork(ResNet50.Config config, int classCount, ParameterFactory factory) {
    this.classCount = classCount;
    encoder = add("encoder", new ResNet50(config, factory));
    int width = encoder.width();
    attention = add("attention", new Linear(factory, width, 1));
    classes = add("classes", new Linear(factory, 2 * width, classCount));
    place = add("place", new Linear(factory, width, VisionTargets.PLACE));
    sectorWeight =
        add("sector.weight", factory.uniform(1 / Math.sqrt(width), PER_SECTOR, SECTORS, width));
    sectorBias = add("sector.bias", factory.constant(0, PER_SECTOR, SECTORS));
  }

  /**
   * What the heads say of a batch.
   *
   * @param where [B, tokens] logarithm of the attention
   * @param rows of tokens
   * @param classLogits [B, classes]
   * @param place [B, 3]
   * @param free [B, SECTORS], logarithms
   * @param edgeLogits [B, 2, SECTORS], left sides then right sides
   * @param beyond [B, SECTORS], logarithms
   */
  record Output(
      NDArray where,
      int rows,
      NDArray classLogits,
      NDArray place,
      NDArray free,
      NDArray edgeLogits,
      NDArray beyond) {}

  ResNet50 encoder() {
    return encoder;
  }

  /** The taxonomy's classes; the first stands for none in sight. */
  int classCount() {
    return classCount;
  }

  /**
   * Judges pieces of pictures.
   *
   * @param pictures [B, 5, side, side]
   * @param cuts the B pieces they are
   */
  Output forward(NDArray pictures, List<Cut> cuts) {
    NDArray map = encoder.features(pictures); // [B, D, h, w]
    int h = (int) map.getShape().get(2);
    int w = (int) map.getShape().get(3);
    NDArray tokens = map.flatten(2, 3).transpose(0, 2, 1); // [B, hw, D]
    NDArray logits = attention.forward(tokens); // [B, hw, 1]
    NDArray weights = Torch.softmax(logits, 1);
    NDArray attended = tokens.mul(weights).sum(new int[] {1}); // [B, D]
    NDArray pooled = encoder.pooled(map); // [B, D]
    NDArray centre = weights.mul(centres(map.getManager(), h, w)).sum(new int[] {1}); // [B, 3]
    NDArray sectors = sectors(map, cuts); // [B, 4, SECTORS]
    return new Output(
        Torch.logSoftmax(logits.squeeze(2), 1),
        h,
        classes.forward(attended.concat(pooled, 1)),
        place.forward(attended).add(centre),
        Torch.slice(sectors, 1, 0, 1).squeeze(1),
        Torch.slice(sectors, 1, 1, 1 + VisionTargets.SIDES),
        Torch.slice(sectors, 1, 1 + VisionTargets.SIDES, PER_SECTOR).squeeze(1));
  }

  /** Each sector's own linear reading of the columns it lies in, [B, 4, SECTORS]. */
  private NDArray sectors(NDArray map, List<Cut> cuts) {
    NDArray columns = map.mean(new int[] {2}); // [B, D, w]
    int w = (int) columns.getShape().get(2);
    NDArray at = columns.matMul(shares(map.getManager(), w, cuts)); // [B, D, SECTORS]
    NDArray features = at.transpose(0, 2, 1).expandDims(1); // [B, 1, SECTORS, D]
    return features.mul(sectorWeight.array()).sum(new int[] {3}).add(sectorBias.array());
  }

  /** How much of each column of tokens a sector takes, by linear interpolation, [B, w, SECTORS]. */
  private static NDArray shares(NDManager manager, int w, List<Cut> cuts) {
    float[] shares = new float[cuts.size() * w * SECTORS];
    for (int b = 0; b < cuts.size(); b++) {
      for (int s = 0; s < SECTORS; s++) {
        double at = cuts.get(b).across(VisionTargets.middle(s)) * w - 0.5;
        double inside = Math.max(0, Math.min(w - 1.0, at));
        int left = (int) Math.min(Math.floor(inside), Math.max(0, w - 2));
        float rest = (float) (inside - left);
        shares[(b * w + left) * SECTORS + s] += 1 - rest;
        if (left + 1 < w) {
          shares[(b * w + left + 1) * SECTORS + s] += rest;
        }
      }
    }
    return TensorBridge.toArray(manager, shares, cuts.size(), w, SECTORS);
  }

  /** Column and row of each token's middle in units of half the picture, and 0, [1, hw, 3]. */
  private static NDArray centres(NDManager manager, int h, int w) {
    float[] centres = new float[h * w * VisionTargets.PLACE];
    for (int t = 0; t < h * w; t++) {
      int row = t / w;
      int column = t % w;
      centres[t * VisionTargets.PLACE] = (float) (2 * (column + 0.5) / w - 1);
      centres[t * VisionTargets.PLACE + 1] = (float) (2 * (row + 0.5) / h - 1);
    }
    return TensorBridge.toArray(manager, centres, 1, (long) h * w, VisionTargets.PLACE);
  }
}
