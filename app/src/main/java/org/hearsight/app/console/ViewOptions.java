package org.hearsight.app.console;

import java.nio.file.Path;
import org.hearsight.core.vision.ViewReader;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The files of one view, and what they do not say of themselves. */
public final class ViewOptions {
  @Mixin private CameraOptions camera;

  @Option(
      names = "--rgb",
      paramLabel = "FILE",
      description = "Picture, PNG, JPEG or TIFF, any size.")
  @Reads
  private Path rgb;

  @Option(
      names = "--depth",
      paramLabel = "FILE",
      description =
          "Depth along the optical axis, of the picture's size unless --depth-hfov is given: PNG or"
              + " TIFF of 16 bits, or floats as TIFF, EXR, NPY or PFM; 0, 65535, negative, NaN and"
              + " infinite are unknown.")
  @Reads
  private Path depth;

  @ArgGroup private Occlusion occlusion;

  @Option(
      names = "--depth-hfov",
      paramLabel = "DEGREES",
      description = "Horizontal field of view of a depth camera that is not the picture's.")
  private Double depthHfov;

  /** How much of the view is occluded; derived from depth when neither is given. */
  private static final class Occlusion {
    @Option(
        names = "--occlusion",
        paramLabel = "FILE",
        description = "Occlusion map, 8-bit PNG of the picture's size, 255 = occluder.")
    @Reads
    private Path map;

    @Option(
        names = "--occlusion-level",
        paramLabel = "X",
        description = "Share of the view that is occluded, 0 to 1.")
    private Double level;
  }

  /**
   * What was given beside files.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public ViewReader.Options values() {
    ViewReader.Options options = camera.values();
    if (depthHfov != null) {
      options = options.withDepthHfovDegrees(depthHfov);
      if (depth == null) {
        throw new IllegalArgumentException("--depth-hfov: there is no depth; give --depth FILE");
      }
    }
    return occlusion == null || occlusion.level == null
        ? options
        : options.withOcclusionLevel(occlusion.level);
  }

  /** Was anything of a view given? */
  public boolean isGiven() {
    return rgb != null || depth != null || occlusion != null;
  }

  /**
   * Reads the view.
   *
   * @param values of {@link #values}
   * @throws org.hearsight.core.error.InputException if a file cannot be read
   */
  public ViewReader.Seen read(ViewReader.Options values) {
    ViewReader.Options options = values;
    if (rgb != null) {
      options = options.withRgb(rgb);
    }
    if (depth != null) {
      options = options.withDepth(depth);
    }
    if (occlusion != null && occlusion.map != null) {
      options = options.withOcclusion(occlusion.map);
    }
    return ViewReader.read(options);
  }
}
