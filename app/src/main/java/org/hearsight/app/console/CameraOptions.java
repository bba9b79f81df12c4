package org.hearsight.app.console;

import org.hearsight.core.vision.ViewReader;
import picocli.CommandLine.Option;

/** What a camera's files do not say of themselves. */
public final class CameraOptions {
  @Option(
      names = "--hfov",
      defaultValue = "90",
      paramLabel = "DEGREES",
      description = "Horizontal field of view of picture and depth (default: ${DEFAULT-VALUE}).")
  private double hfov;

  @Option(
      names = "--depth-scale",
      paramLabel = "N",
      description = "Depth value of one metre (default: 1000, 1 for floats; KITTI: 256).")
  private Double depthScale;

  /**
   * How pictures are to be read.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public ViewReader.Options values() {
    ViewReader.Options options = ViewReader.Options.NOTHING.withHfovDegrees(hfov);
    return depthScale == null ? options : options.withDepthScale(depthScale);
  }
}
