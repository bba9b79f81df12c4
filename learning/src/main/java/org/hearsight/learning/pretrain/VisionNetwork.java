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
import org.hearsight.learning.layer.TorchValue;
import org.hearsight.learning.model.ResNet50;

/**
 * The picture encoder with a head for each of {@link VisionTargets}' parts; the heads are thrown
 * away when the encoder is done.
 *
 * <p>The heads are linear, so that all they ask for has to stand in the features. They read them
 * where the adapter will: token by token with their places. An attention over the tokens finds the
 * hazard, and its place is read off the tokens it lies on; a sector is read off the tokens where it
 * crosses the horizon. Nothing depends on how many tokens there are.
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
    NDArray logits = TorchValue.run(attention::forward, tokens); // [B, hw, 1]
    NDArray weights = Torch.softmax(logits, 1);
    NDArray attended = tokens.mul(weights).sum(new int[] {1}); // [B, D]
    // The largest, not the mean: a whole picture has more tokens than a piece.
    NDArray strongest = tokens.max(new int[] {1}); // [B, D]
    NDArray centre = weights.mul(centres(map.getManager(), h, w)).sum(new int[] {1}); // [B, 3]
    NDArray sectors = sectors(map, cuts); // [B, 4, SECTORS]
    return new Output(
        Torch.logSoftmax(logits.squeeze(2), 1),
        h,
        TorchValue.run(classes::forward, attended.concat(strongest, 1)),
        TorchValue.run(place::forward, attended).add(centre),
        Torch.slice(sectors, 1, 0, 1).squeeze(1),
        Torch.slice(sectors, 1, 1, 1 + VisionTargets.SIDES),
        Torch.slice(sectors, 1, 1 + VisionTargets.SIDES, PER_SECTOR).squeeze(1));
  }

  /** Each sector's own linear reading of where it crosses the horizon, [B, 4, SECTORS]. */
  private NDArray sectors(NDArray map, List<Cut> cuts) {
    int h = (int) map.getShape().get(2);
    int w = (int) map.getShape().get(3);
    NDArray shares = shares(map.getManager(), h, w, cuts); // [B, hw, SECTORS]
    NDArray at = map.flatten(2, 3).matMul(shares); // [B, D, SECTORS]
    NDArray features = at.transpose(0, 2, 1).expandDims(1); // [B, 1, SECTORS, D]
    return features.mul(sectorWeight.array()).sum(new int[] {3}).add(sectorBias.array());
  }

  /** How much of each token a sector takes, by linear interpolation, [B, hw, SECTORS]. */
  private static NDArray shares(NDManager manager, int h, int w, List<Cut> cuts) {
    float[] shares = new float[cuts.size() * h * w * SECTORS];
    for (int b = 0; b < cuts.size(); b++) {
      Place row = Place.at(cuts.get(b).down(0), h);
      for (int s = 0; s < SECTORS; s++) {
        Place column = Place.at(cuts.get(b).across(VisionTargets.middle(s)), w);
        for (int corner = 0; corner < 4; corner++) {
          int r = row.token(corner / 2, h);
          int c = column.token(corner % 2, w);
          float share = row.share(corner / 2) * column.share(corner % 2);
          shares[((b * h + r) * w + c) * SECTORS + s] += share;
        }
      }
    }
    return TensorBridge.toArray(manager, shares, cuts.size(), (long) h * w, SECTORS);
  }

  /**
   * A place between the middles of two neighbouring tokens.
   *
   * @param first the left or upper one
   * @param rest how far it is on the way to the other, 0 to 1
   */
  private record Place(int first, float rest) {
    /** From a share of the piece's side; beyond the last middles it stays on them. */
    static Place at(double share, int tokens) {
      double inside = Math.max(0, Math.min(tokens - 1.0, share * tokens - 0.5));
      int first = (int) inside;
      return new Place(first, (float) (inside - first));
    }

    int token(int which, int tokens) {
      return Math.min(first + which, tokens - 1);
    }

    float share(int which) {
      return which == 0 ? 1 - rest : rest;
    }
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
