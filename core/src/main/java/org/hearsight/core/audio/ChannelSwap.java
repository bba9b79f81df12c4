package org.hearsight.core.audio;

import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;

/**
 * One of sixteen symmetries of first-order ambisonics: X and Y may change places, and each of X, Y
 * and Z its sign. Sound, labels and picture move together, and every result is a scene that might
 * have been recorded.
 *
 * <p>A direction (x, y, z) becomes (±x, ±y, ±z), or (±y, ±x, ±z) where X and Y change places: a
 * quarter turn, a mirror in the azimuth, a mirror in the elevation, and what they compose to. W
 * stays. Mazzon and others, "First order ambisonics domain spatial augmentation for DNN-based
 * direction of arrival estimation", DCASE 2019.
 *
 * @param swapXy do X and Y change places, before the signs?
 * @param negateX is the new X turned round?
 * @param negateY is the new Y turned round?
 * @param negateZ is the new Z turned round?
 */
public record ChannelSwap(boolean swapXy, boolean negateX, boolean negateY, boolean negateZ) {
  /** Everything stays where it is. */
  public static final ChannelSwap IDENTITY = new ChannelSwap(false, false, false, false);

  private static final List<ChannelSwap> ALL = all();

  /** All sixteen; the first is the identity. */
  public static List<ChannelSwap> values() {
    return ALL;
  }

  private static List<ChannelSwap> all() {
    List<ChannelSwap> all = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      all.add(new ChannelSwap((i & 8) != 0, (i & 4) != 0, (i & 2) != 0, (i & 1) != 0));
    }
    return List.copyOf(all);
  }

  /** Where something stands afterwards. */
  public Vec3 apply(Vec3 v) {
    double x = swapXy ? v.y() : v.x();
    double y = swapXy ? v.x() : v.y();
    return new Vec3(negateX ? -x : x, negateY ? -y : y, negateZ ? -v.z() : v.z());
  }

  /** Where something is seen or heard afterwards. */
  public Direction apply(Direction d) {
    return Direction.of(apply(d.unit()));
  }

  /** The symmetry that undoes this one. */
  public ChannelSwap inverse() {
    return swapXy ? new ChannelSwap(true, negateY, negateX, negateZ) : this;
  }

  /**
   * The sound afterwards.
   *
   * @param foa [4][samples], W, Y, Z, X; it is left as it is
   */
  public float[][] apply(float[][] foa) {
    Foa.requireChannels("audio", foa);
    float[] y = foa[swapXy ? Foa.X : Foa.Y];
    float[] x = foa[swapXy ? Foa.Y : Foa.X];
    float[][] out = new float[Foa.CHANNELS][];
    out[Foa.W] = foa[Foa.W].clone();
    out[Foa.Y] = signed(y, negateY);
    out[Foa.Z] = signed(foa[Foa.Z], negateZ);
    out[Foa.X] = signed(x, negateX);
    return out;
  }

  private static float[] signed(float[] samples, boolean negate) {
    float[] out = samples.clone();
    if (negate) {
      for (int i = 0; i < out.length; i++) {
        out[i] = -out[i];
      }
    }
    return out;
  }

  /**
   * Which feature plane of {@link FoaFeatures} a plane comes from: log-mel of W, Y, Z, X, then the
   * intensity vector's Y, Z, X.
   */
  public int sourcePlane(int plane) {
    if (!swapXy) {
      return plane;
    }
    return switch (plane) {
      case 1 -> 3;
      case 3 -> 1;
      case 4 -> 6;
      case 6 -> 4;
      default -> plane;
    };
  }

  /** Does a feature plane change its sign? Only the intensity vector's planes can. */
  public boolean negates(int plane) {
    return switch (plane) {
      case 4 -> negateY;
      case 5 -> negateZ;
      case 6 -> negateX;
      default -> false;
    };
  }

  /**
   * The {@link FoaFeatures} of the sound afterwards, not standardised.
   *
   * @param features [7, frames, bands] of the sound before; they are left as they are
   */
  public float[] applyToFeatures(float[] features) {
    int plane = features.length / FoaFeatures.PLANES;
    float[] out = new float[features.length];
    for (int p = 0; p < FoaFeatures.PLANES; p++) {
      System.arraycopy(features, sourcePlane(p) * plane, out, p * plane, plane);
      if (negates(p)) {
        for (int i = p * plane; i < (p + 1) * plane; i++) {
          out[i] = -out[i];
        }
      }
    }
    return out;
  }

  /**
   * The column of an equirectangular picture that moves to a column: azimuth falls from +180° at
   * the left edge to −180° at the right.
   *
   * @param width of the picture, a multiple of four
   */
  public int sourceColumn(int column, int width) {
    if (width % 4 != 0) {
      throw new IllegalArgumentException("a picture " + width + " wide has no quarter turn");
    }
    // A column's azimuth in steps of half a column's width, so that all stays whole.
    int turn = 2 * width;
    int azimuth = turn / 2 - (2 * column + 1);
    int quarter = turn / 4;
    // Undo the signs, then the exchange: (x, y) = (cos, sin).
    if (negateX) {
      azimuth = 2 * quarter - azimuth;
    }
    if (negateY) {
      azimuth = -azimuth;
    }
    if (swapXy) {
      azimuth = quarter - azimuth;
    }
    int source = (turn / 2 - azimuth - 1) / 2;
    return Math.floorMod(source, width);
  }

  /** The row of an equirectangular picture that moves to a row; elevation falls downwards. */
  public int sourceRow(int row, int height) {
    return negateZ ? height - 1 - row : row;
  }
}
