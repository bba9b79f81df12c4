package org.hearsight.simulator.render;

import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.vision.Camera;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Scene;

/**
 * The visible share of a hazard's outline, in [0, 1].
 *
 * <p>The whole outline is what one would see of the hazard's body if nothing else stood there and
 * the view went all around; its parts outside the picture count as not seen. Everything is weighted
 * by solid angle, so that a hazard half outside the picture is not bigger there than inside. Within
 * the picture the rays of the pixels are among those counted: a visibility above zero means that
 * the picture shows at least one pixel of the hazard.
 */
public final class Silhouette {
  private static final int STEPS_OUTSIDE = 48;

  /** Outlines of fewer rows are sampled more finely than the picture. */
  private static final int FINE = 60;

  private Silhouette() {}

  /** The visibility of the scene's hazard; 0 for background. */
  public static double visibility(Scene scene) {
    return visibility(scene, 1);
  }

  /**
   * As {@link #visibility(Scene)} on every {@code stride}-th row and column only, for proposals
   * that are looked at closely later.
   */
  public static double visibility(Scene scene, int stride) {
    if (scene.hazard() == null) {
      return 0;
    }
    Box box = scene.hazard().box();
    Shapes shapes = new Shapes(scene);
    double[] inside = inView(scene, shapes, box, stride);
    double seen = inside[0];
    if (seen == 0) {
      return 0;
    }
    return Math.min(1, seen / (inside[1] + outsideView(shapes, box)));
  }

  /** A stride that still puts about 16 rays across the hazard. */
  public static int coarse(Box box) {
    double reach = Math.max(0.5, box.centre().norm());
    double pixels = box.size().norm() / reach * Camera.SIZE / 2;
    return Math.max(1, (int) (pixels / 16));
  }

  /** Solid angles seen and whole, both within the picture. */
  private static double[] inView(Scene scene, Shapes shapes, Box box, int stride) {
    int firstColumn = 0;
    int lastColumn = Camera.SIZE - 1;
    int firstRow = 0;
    int lastRow = Camera.SIZE - 1;
    double nearest = box.min().x();
    if (box.max().x() <= 0) {
      return new double[2];
    }
    if (nearest > 0.05) {
      firstColumn = Integer.MAX_VALUE;
      firstRow = Integer.MAX_VALUE;
      lastColumn = Integer.MIN_VALUE;
      lastRow = Integer.MIN_VALUE;
      for (Vec3 c : box.corners()) {
        int column = Camera.indexOf(c.y() / c.x());
        int row = Camera.indexOf(c.z() / c.x());
        firstColumn = Math.min(firstColumn, column);
        lastColumn = Math.max(lastColumn, column);
        firstRow = Math.min(firstRow, row);
        lastRow = Math.max(lastRow, row);
      }
      firstColumn = Math.max(0, firstColumn);
      firstRow = Math.max(0, firstRow);
      lastColumn = Math.min(Camera.SIZE - 1, lastColumn);
      lastRow = Math.min(Camera.SIZE - 1, lastRow);
    }
    // A small outline is sampled between the pixels, too; odd, so that pixels' own rays are in it.
    int rays = stride > 1 || lastRow - firstRow > FINE ? 1 : 3;
    double seen = 0;
    double whole = 0;
    boolean shown = false;
    double side = 2 * Camera.EDGE / Camera.SIZE * stride / rays;
    for (int row = firstRow * rays; row < (lastRow + 1) * rays; row += stride) {
      double z = slope(row, rays);
      for (int column = firstColumn * rays; column < (lastColumn + 1) * rays; column += stride) {
        double y = slope(column, rays);
        double depth = shapes.hazardEntry(y, z);
        if (Double.isInfinite(depth)) {
          continue;
        }
        double r2 = 1 + y * y + z * z;
        double angle = side * side / (r2 * Math.sqrt(r2));
        whole += angle;
        if (!hidden(scene, shapes, y, z, depth)) {
          seen += angle;
          shown |= row % rays == rays / 2 && column % rays == rays / 2;
        }
      }
    }
    return new double[] {shown ? seen : 0, whole};
  }

  /** Slope of a ray when there are several to a pixel. */
  private static double slope(int index, int rays) {
    return rays == 1
        ? Camera.slope(index)
        : index % rays == rays / 2
            ? Camera.slope(index / rays)
            : Camera.slope(index + 0.5, Camera.SIZE * rays);
  }

  private static boolean hidden(Scene scene, Shapes shapes, double y, double z, double depth) {
    double ground = scene.groundLevel() / z;
    return (ground > 0 && ground < depth) || shapes.covered(y, z, depth);
  }

  /** Solid angle of what lies outside the picture. */
  private static double outsideView(Shapes shapes, Box box) {
    if (box.corners().stream().allMatch(Camera::sees)) {
      return 0;
    }
    Vec3 centre = box.centre();
    double middle = Math.atan2(centre.y(), centre.x());
    double left = 0;
    double right = 0;
    double reach =
        Math.hypot(nearest(box.min().x(), box.max().x()), nearest(box.min().y(), box.max().y()));
    double low = Math.min(0, Math.atan2(box.min().z(), reach));
    double high = Math.max(0, Math.atan2(box.max().z(), reach));
    for (Vec3 c : box.corners()) {
      double turn = Math.IEEEremainder(Math.atan2(c.y(), c.x()) - middle, 2 * Math.PI);
      left = Math.max(left, turn);
      right = Math.min(right, turn);
    }
    double stepAcross = (left - right) / STEPS_OUTSIDE;
    double stepUp = (high - low) / STEPS_OUTSIDE;
    double sum = 0;
    for (int i = 0; i < STEPS_OUTSIDE; i++) {
      double elevation = low + (i + 0.5) * stepUp;
      double flat = Math.cos(elevation);
      for (int j = 0; j < STEPS_OUTSIDE; j++) {
        double azimuth = middle + right + (j + 0.5) * stepAcross;
        Vec3 ray =
            new Vec3(flat * Math.cos(azimuth), flat * Math.sin(azimuth), Math.sin(elevation));
        if (!Camera.sees(ray) && shapes.hitsHazard(ray.x(), ray.y(), ray.z())) {
          sum += flat * stepAcross * stepUp;
        }
      }
    }
    return sum;
  }

  private static double nearest(double low, double high) {
    return low > 0 ? low : high < 0 ? -high : 0;
  }
}
