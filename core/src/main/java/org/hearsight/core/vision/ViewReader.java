package org.hearsight.core.vision;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Median;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Thresholds;

/**
 * Brings a user's pictures of any size and field of view to the model's {@link View}, by projecting
 * every model pixel's ray into the source camera.
 *
 * <ul>
 *   <li>All pictures are turned as their EXIF orientation says, as every viewer shows them; width
 *       and field of view are those of what is shown.
 *   <li>RGB: area average over the pixel's footprint; black outside the source.
 *   <li>Depth: the nearest sample, never a mean; 0 outside the source. 0 and 65535 are unknown: the
 *       smallest and the largest value are what cameras write where they measured nothing. A dense
 *       map (most samples have a neighbour) is searched within the pixel's own footprint only, so
 *       that objects do not grow into the sky. A sparse one (lidar) is searched within one and a
 *       half footprints, at least 3 source pixels.
 *   <li>Occlusion: area average of the given map, or derived from depth: everything but ground,
 *       nearer than 30 m ({@link GroundPlane} finds the ground). Empty depth counts as unknown in a
 *       sparse map and below the horizon, else as open.
 *   <li>Occlusion level: the given one, or the map's mean over the pixels with evidence. Pixels
 *       outside the source have none: they neither add to the level nor lower it, and take the
 *       level as their value in the map.
 *   <li>What is missing altogether is as in {@link View#blind()}, with a note.
 * </ul>
 */
public final class ViewReader {
  /** A depth map is sparse when fewer of its samples have a sample on their right. */
  private static final double DENSE_FROM = 0.75;

  /** What cameras write into 16 bits where they measured nothing, beside 0. */
  private static final int UNKNOWN = 0xFFFF;

  /** Half of a scene is neither nearer nor farther than this, metres. */
  private static final double NEAREST_HALF = 0.1;

  private static final double FARTHEST_HALF = 500;

  private final Options options;
  private final List<String> notes = new ArrayList<>();

  private ViewReader(Options options) {
    this.options = options;
  }

  /**
   * What a user gives; every picture may be null.
   *
   * @param rgb PNG or JPEG
   * @param depth 16-bit grayscale PNG, 0 and 65535 = nothing or unknown, of the picture's size
   * @param occlusion 8-bit grayscale PNG, 255 = occluder, of the same size
   * @param occlusionLevel in [0, 1], overrides the map's mean; null = from the map
   * @param hfovDegrees horizontal field of view of the given pictures, in (1, 179)
   * @param depthScale depth values per metre, in [1, 100000]: 1000 for millimetres, 256 for KITTI
   */
  public record Options(
      Picture rgb,
      Picture depth,
      Picture occlusion,
      Double occlusionLevel,
      double hfovDegrees,
      double depthScale) {
    /** Nothing given; 90° and millimetres. */
    public static final Options NOTHING = new Options(null, null, null, null, 90, 1000);

    public Options {
      if (occlusionLevel != null && !(occlusionLevel >= 0 && occlusionLevel <= 1)) {
        throw new InputException(
            "occlusion level", occlusionLevel + " is not in [0, 1]", "give a share such as 0.4");
      }
      if (!(hfovDegrees > 1 && hfovDegrees < 179)) {
        throw new InputException(
            "hfov", hfovDegrees + " is not between 1 and 179", "give degrees, as in 90");
      }
      if (!(depthScale >= 1 && depthScale <= 100_000)) {
        throw new InputException(
            "depth scale",
            depthScale + " is not in [1, 100000]",
            "give values per metre: 1000 for millimetres, 256 for KITTI");
      }
    }

    /** With the picture of a file. */
    public Options withRgb(Path file) {
      return withRgb(Picture.read(file));
    }

    public Options withRgb(Picture p) {
      return new Options(p, depth, occlusion, occlusionLevel, hfovDegrees, depthScale);
    }

    /** With the depth of a file. */
    public Options withDepth(Path file) {
      return withDepth(Picture.read(file));
    }

    public Options withDepth(Picture p) {
      return new Options(rgb, p, occlusion, occlusionLevel, hfovDegrees, depthScale);
    }

    /** With the occlusion map of a file. */
    public Options withOcclusion(Path file) {
      return withOcclusion(Picture.read(file));
    }

    public Options withOcclusion(Picture p) {
      return new Options(rgb, depth, p, occlusionLevel, hfovDegrees, depthScale);
    }

    public Options withOcclusionLevel(Double level) {
      return new Options(rgb, depth, occlusion, level, hfovDegrees, depthScale);
    }

    public Options withHfovDegrees(double degrees) {
      return new Options(rgb, depth, occlusion, occlusionLevel, degrees, depthScale);
    }

    public Options withDepthScale(double valuesPerMetre) {
      return new Options(rgb, depth, occlusion, occlusionLevel, hfovDegrees, valuesPerMetre);
    }
  }

  /**
   * A view and what a user should know about how it came to be.
   *
   * @param notes one line each, for people
   */
  public record Seen(View view, List<String> notes) {
    public Seen {
      notes = List.copyOf(notes);
    }
  }

  /**
   * Reads what is given.
   *
   * @throws InputException if a picture is not a picture, truncated, of absurd size, of wrong bits,
   *     or not of the others' size
   */
  public static Seen read(Options options) {
    ViewReader reader = new ViewReader(options);
    View view = reader.view();
    return new Seen(view, reader.notes);
  }

  private View view() {
    Picture.Rgb rgb = options.rgb() == null ? null : options.rgb().rgb();
    Picture.Gray depth = options.depth() == null ? null : options.depth().depth();
    Picture.Gray map = options.occlusion() == null ? null : options.occlusion().occlusion();
    turned("picture", options.rgb());
    turned("depth", options.depth());
    turned("occlusion", options.occlusion());
    Reprojection way = reprojection(rgb, depth, map);
    float[] colour = new float[3 * View.SIZE * View.SIZE];
    if (rgb == null) {
      note("no picture: the model sees black");
    } else {
      colour = colour(rgb, way);
    }
    Distances distances = null;
    if (depth == null) {
      note("no depth: how far the surfaces are is unknown to the model");
    } else {
      distances = distances(depth, way);
    }
    OcclusionMap occlusion = occlusion(map, distances, way);
    Double given = options.occlusionLevel();
    return new View(
        colour,
        distances == null ? new float[View.SIZE * View.SIZE] : distances.metres,
        occlusion.filled(),
        given == null ? occlusion.level() : given.floatValue());
  }

  private void turned(String field, Picture picture) {
    if (picture != null && !picture.orientation().equals(Orientation.UPRIGHT)) {
      note("%s: turned as its EXIF orientation (%d) says", field, picture.orientation().value());
    }
  }

  /** The way from the source camera; null without any picture. All pictures share one size. */
  private Reprojection reprojection(Picture.Rgb rgb, Picture.Gray depth, Picture.Gray map) {
    int[] size = rgb == null ? null : new int[] {rgb.width(), rgb.height()};
    String first = rgb == null ? null : "picture";
    if (depth != null) {
      checkSize(options.depth(), "depth", depth, first, size);
      if (size == null) {
        size = new int[] {depth.width(), depth.height()};
        first = "depth";
      }
    }
    if (map != null) {
      checkSize(options.occlusion(), "occlusion", map, first, size);
      size = size == null ? new int[] {map.width(), map.height()} : size;
    }
    if (size == null) {
      return null;
    }
    Reprojection way = Reprojection.of(size[0], size[1], options.hfovDegrees());
    double covered = share(way.inside());
    if (covered == 0) {
      throw new InputException(
          "hfov",
          "a %d x %d picture of %s° covers no pixel of the model's view"
              .formatted(size[0], size[1], options.hfovDegrees()),
          "give the camera's horizontal field of view");
    }
    if (covered < 0.995) {
      note(
          "the given camera covers %.0f %% of the model's %.0f° view; the rest is unknown",
          100 * covered, View.HFOV_DEGREES);
    }
    return way;
  }

  private static void checkSize(
      Picture picture, String field, Picture.Gray gray, String other, int[] size) {
    if (size != null && (size[0] != gray.width() || size[1] != gray.height())) {
      throw new InputException(
          picture.name(),
          "%s: %d x %d pixels, but the %s has %d x %d"
              .formatted(field, gray.width(), gray.height(), other, size[0], size[1]),
          "give pictures of one camera and one size, as a viewer shows them");
    }
  }

  private static float[] colour(Picture.Rgb rgb, Reprojection way) {
    int plane = View.SIZE * View.SIZE;
    float[] out = new float[3 * plane];
    float[] source = new float[rgb.pixels().length];
    for (int c = 0; c < 3; c++) {
      int shift = 16 - 8 * c;
      for (int i = 0; i < source.length; i++) {
        source[i] = (rgb.pixels()[i] >> shift & 0xff) / 255f;
      }
      float[] averaged = way.average(source);
      for (int i = 0; i < plane; i++) {
        out[c * plane + i] = Math.max(0, Math.min(1, averaged[i]));
      }
    }
    return out;
  }

  /** Null if nothing is known. */
  private Distances distances(Picture.Gray depth, Reprojection way) {
    int[] values = depth.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] == UNKNOWN ? 0 : values[i];
    }
    long valid = 0;
    long paired = 0;
    for (int i = 0; i < values.length; i++) {
      boolean last = i % depth.width() == depth.width() - 1;
      valid += values[i] > 0 && !last ? 1 : 0;
      paired += values[i] > 0 && !last && values[i + 1] > 0 ? 1 : 0;
    }
    if (valid == 0) {
      note("depth: no pixel is known, so how far the surfaces are is unknown to the model");
      return null;
    }
    int[] known = Arrays.stream(values).filter(v -> v > 0).toArray();
    double median = Median.withDefaults().evaluate(known) / options.depthScale();
    if (median < NEAREST_HALF || median > FARTHEST_HALF) {
      note("depth: half of it is nearer than %.3g m; is the depth scale right?", median);
    }
    double share = (double) valid / values.length;
    boolean sparse = valid > 0 && paired < DENSE_FROM * valid;
    double reach = way.scale() / Math.sqrt(2);
    if (sparse) {
      reach = Math.max(3, 1.5 * way.scale());
      note(
          "depth is sparse (%.0f %% of the pixels): filled from the nearest sample within %.0f"
              + " pixels, unknown elsewhere",
          100 * share, reach);
    } else if (share < 0.99) {
      note(
          "depth is empty in %.0f %% of the picture: taken as open above the horizon",
          100 * (1 - share));
    }
    int[] nearest = way.nearest(values, reach);
    boolean[] evidence = way.inside();
    float[] metres = new float[nearest.length];
    for (int i = 0; i < metres.length; i++) {
      metres[i] = (float) (nearest[i] / options.depthScale());
      evidence[i] &= !sparse || nearest[i] > 0;
    }
    return new Distances(metres, evidence);
  }

  private OcclusionMap occlusion(Picture.Gray map, Distances distances, Reprojection way) {
    if (map != null) {
      float[] source = new float[map.values().length];
      for (int i = 0; i < source.length; i++) {
        source[i] = map.values()[i] / 255f;
      }
      return new OcclusionMap(way.average(source), way.inside());
    }
    if (distances != null) {
      Optional<GroundPlane> ground = GroundPlane.fit(distances.metres, Thresholds.OCCLUDER_RANGE);
      if (ground.isPresent()) {
        note(
            "occlusion derived from depth: ground found %.2f m below the camera",
            ground.get().cameraHeight());
      } else {
        note(
            "occlusion derived from depth: no ground found, every surface nearer than %.0f m"
                + " counts",
            Thresholds.OCCLUDER_RANGE);
      }
      return OcclusionMap.of(distances.metres, distances.evidence, ground);
    }
    if (options.occlusionLevel() == null) {
      note("no occlusion and no depth to derive it from: the view counts as wholly occluded");
      return OcclusionMap.uniform(1);
    }
    return OcclusionMap.uniform(options.occlusionLevel().floatValue());
  }

  private static double share(boolean[] mask) {
    int n = 0;
    for (boolean b : mask) {
      n += b ? 1 : 0;
    }
    return (double) n / mask.length;
  }

  private void note(String format, Object... values) {
    notes.add(String.format(Locale.ROOT, format, values));
  }

  /** Depth of the model's view, and where it says something. */
  private record Distances(float[] metres, boolean[] evidence) {}
}
