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
 *   <li>Depth may come from another camera at the same place, of its own size and field of view.
 *   <li>Depth: the nearest sample, never a mean; 0 outside the source. What is not a distance is
 *       unknown: 0, 65535, negative numbers, NaN, infinity, and more than {@value #FARTHEST} m,
 *       which renderers write for the sky. Whole numbers are millimetres and floats metres unless a
 *       scale is given. A dense map (most samples have a neighbour) is searched within the pixel's
 *       own footprint only, so that objects do not grow into the sky. A sparse one (lidar) is
 *       searched within one and a half footprints, at least 3 source pixels.
 *   <li>Occlusion: area average of the given map, or derived from depth: everything but ground,
 *       nearer than 30 m ({@link GroundPlane} finds the ground). Empty depth counts as unknown in a
 *       sparse map and below the horizon, else as open.
 *   <li>Occlusion level: the given one, or the map's mean over the pixels with evidence. Pixels
 *       outside the source have none: they neither add to the level nor lower it, and take the
 *       level as their value in the map.
 *   <li>What is missing altogether is as in {@link View#blind()}, with a note.
 * </ul>
 *
 * <pre>{@code
 * ViewReader.Seen seen =
 *     ViewReader.read(
 *         ViewReader.Options.NOTHING
 *             .withRgb(Path.of("view.jpg"))
 *             .withDepth(Path.of("lidar.png"))
 *             .withDepthScale(256));
 * seen.notes().forEach(System.out::println);
 * }</pre>
 */
public final class ViewReader {
  /** A depth map is sparse when fewer of its samples have a sample on their right. */
  private static final double DENSE_FROM = 0.75;

  /** No camera measures that far, metres; half precision ends at 65504. */
  private static final double FARTHEST = 50_000;

  /** Values of one metre, where nobody says. */
  private static final double MILLIMETRES = 1000;

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
   * @param rgb PNG, JPEG or TIFF
   * @param depth 16-bit grayscale PNG, TIFF, EXR, NPY or PFM, of the picture's size unless a field
   *     of view of its own is given
   * @param occlusion 8-bit grayscale PNG, 255 = occluder, of the picture's size
   * @param occlusionLevel in [0, 1], overrides the map's mean; null = from the map
   * @param hfovDegrees horizontal field of view of the given pictures, in (1, 179)
   * @param depthHfovDegrees of the depth alone; null = that of the pictures
   * @param depthScale depth values per metre, in [1, 100000]: 1000 for millimetres, 256 for KITTI;
   *     null = 1000 for whole numbers, 1 for floats
   */
  public record Options(
      Picture rgb,
      Picture depth,
      Picture occlusion,
      Double occlusionLevel,
      double hfovDegrees,
      Double depthHfovDegrees,
      Double depthScale) {
    /** Nothing given; 90°. */
    public static final Options NOTHING = new Options(null, null, null, null, 90, null, null);

    public Options {
      if (occlusionLevel != null && !(occlusionLevel >= 0 && occlusionLevel <= 1)) {
        throw new InputException(
            "occlusion level", occlusionLevel + " is not in [0, 1]", "give a share such as 0.4");
      }
      checkAngle("hfov", hfovDegrees);
      if (depthHfovDegrees != null) {
        checkAngle("depth hfov", depthHfovDegrees);
      }
      if (depthScale != null && !(depthScale >= 1 && depthScale <= 100_000)) {
        throw new InputException(
            "depth scale",
            depthScale + " is not in [1, 100000]",
            "give values per metre: 1000 for millimetres, 256 for KITTI");
      }
    }

    private static void checkAngle(String option, double degrees) {
      if (!(degrees > 1 && degrees < 179)) {
        throw new InputException(
            option, degrees + " is not between 1 and 179", "give degrees, as in 90");
      }
    }

    /** With the picture of a file. */
    public Options withRgb(Path file) {
      return withRgb(Picture.read(file));
    }

    public Options withRgb(Picture p) {
      return new Options(
          p, depth, occlusion, occlusionLevel, hfovDegrees, depthHfovDegrees, depthScale);
    }

    /** With the depth of a file. */
    public Options withDepth(Path file) {
      return withDepth(Picture.read(file));
    }

    public Options withDepth(Picture p) {
      return new Options(
          rgb, p, occlusion, occlusionLevel, hfovDegrees, depthHfovDegrees, depthScale);
    }

    /** With the occlusion map of a file. */
    public Options withOcclusion(Path file) {
      return withOcclusion(Picture.read(file));
    }

    public Options withOcclusion(Picture p) {
      return new Options(rgb, depth, p, occlusionLevel, hfovDegrees, depthHfovDegrees, depthScale);
    }

    public Options withOcclusionLevel(Double level) {
      return new Options(rgb, depth, occlusion, level, hfovDegrees, depthHfovDegrees, depthScale);
    }

    public Options withHfovDegrees(double degrees) {
      return new Options(
          rgb, depth, occlusion, occlusionLevel, degrees, depthHfovDegrees, depthScale);
    }

    /** With depth of a camera of another field of view, at the same place. */
    public Options withDepthHfovDegrees(double degrees) {
      return new Options(rgb, depth, occlusion, occlusionLevel, hfovDegrees, degrees, depthScale);
    }

    public Options withDepthScale(double valuesPerMetre) {
      return new Options(
          rgb, depth, occlusion, occlusionLevel, hfovDegrees, depthHfovDegrees, valuesPerMetre);
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
   *     or not of the others' size where one camera is said to have taken them
   */
  public static Seen read(Options options) {
    ViewReader reader = new ViewReader(options);
    View view = reader.view();
    return new Seen(view, reader.notes);
  }

  private View view() {
    Picture.Rgb rgb = options.rgb() == null ? null : options.rgb().rgb();
    DepthMap depth = options.depth() == null ? null : DepthMap.read(options.depth());
    Picture.Gray map = options.occlusion() == null ? null : options.occlusion().occlusion();
    turned("picture", options.rgb());
    turned("depth", options.depth());
    turned("occlusion", options.occlusion());
    Cameras cameras = cameras(rgb, depth, map);
    float[] colour = new float[3 * View.SIZE * View.SIZE];
    if (rgb == null) {
      note("no picture: the model sees black");
    } else {
      colour = colour(rgb, cameras.picture);
      if (rgb.transparent() >= 0.005) {
        note("picture: %.0f %% is transparent, seen as black", 100 * rgb.transparent());
      }
    }
    Distances distances = null;
    if (depth == null) {
      note("no depth: how far the surfaces are is unknown to the model");
    } else {
      distances = distances(depth, cameras.depth);
    }
    OcclusionMap occlusion = occlusion(map, distances, cameras.picture);
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

  /**
   * The ways from the source cameras. Without a field of view of its own, depth is of the picture's
   * camera and must have its size.
   */
  private Cameras cameras(Picture.Rgb rgb, DepthMap depth, Picture.Gray map) {
    boolean one = options.depthHfovDegrees() == null;
    Size size = rgb == null ? null : new Size("picture", rgb.width(), rgb.height());
    if (depth != null && one) {
      Size own = new Size("depth", depth.width(), depth.height());
      size = same(options.depth(), own, size, "or say what the depth camera sees (--depth-hfov)");
    }
    if (map != null) {
      Size own = new Size("occlusion", map.width(), map.height());
      size = same(options.occlusion(), own, size, "as a viewer shows them");
    }
    Reprojection picture =
        size == null
            ? null
            : way("given camera", "hfov", size.width, size.height, options.hfovDegrees());
    if (depth == null || one) {
      return new Cameras(picture, picture);
    }
    double degrees = options.depthHfovDegrees();
    return new Cameras(
        picture, way("depth camera", "depth hfov", depth.width(), depth.height(), degrees));
  }

  /** The size of pictures of one camera. */
  private static Size same(Picture picture, Size own, Size others, String more) {
    if (others != null && (others.width != own.width || others.height != own.height)) {
      throw new InputException(
          picture.name(),
          "%s: %d x %d pixels, but the %s has %d x %d"
              .formatted(
                  own.field, own.width, own.height, others.field, others.width, others.height),
          "give pictures of one camera and one size, " + more);
    }
    return others == null ? own : others;
  }

  private Reprojection way(String camera, String option, int width, int height, double degrees) {
    Reprojection way = Reprojection.of(width, height, degrees);
    double covered = share(way.inside());
    if (covered == 0) {
      throw new InputException(
          option,
          "a %d x %d picture of %s° covers no pixel of the model's view"
              .formatted(width, height, degrees),
          "give the camera's horizontal field of view");
    }
    if (covered < 0.995) {
      note(
          "the %s covers %.0f %% of the model's %.0f° view; the rest is unknown",
          camera, 100 * covered, View.HFOV_DEGREES);
    }
    return way;
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
  private Distances distances(DepthMap depth, Reprojection way) {
    depth.notes().forEach(n -> note("depth: %s", n));
    boolean told = options.depthScale() != null;
    double scale = told ? options.depthScale() : depth.whole() ? MILLIMETRES : 1;
    if (!told) {
      note(
          "depth: %s",
          depth.whole() ? "whole numbers, taken as millimetres" : "floats, taken as metres");
    }
    float[] values = new float[depth.values().length];
    for (int i = 0; i < values.length; i++) {
      double metres = depth.values()[i] / scale;
      values[i] = metres > FARTHEST ? 0 : (float) metres;
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
    double median = median(values);
    if (median < NEAREST_HALF || median > FARTHEST_HALF) {
      String format = median < 1 ? "%.3g" : "%.0f";
      note("depth: half of it is nearer than " + format + " m; is the depth scale right?", median);
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
    float[] metres = way.nearest(values, reach);
    boolean[] evidence = way.inside();
    for (int i = 0; i < metres.length; i++) {
      evidence[i] &= !sparse || metres[i] > 0;
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

  /** The middle one of what is known. */
  private static double median(float[] metres) {
    double[] known = new double[metres.length];
    int n = 0;
    for (float m : metres) {
      if (m > 0) {
        known[n++] = m;
      }
    }
    return Median.withDefaults().evaluate(Arrays.copyOf(known, n));
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

  /** The ways from the pictures' camera, null without any, and from that of depth. */
  private record Cameras(Reprojection picture, Reprojection depth) {}

  /** Of a picture, with the word for it. */
  private record Size(String field, int width, int height) {}

  /** Depth of the model's view, and where it says something. */
  private record Distances(float[] metres, boolean[] evidence) {}
}
