package org.hearsight.core.vision;

import java.nio.file.Path;
import org.hearsight.core.error.InputException;

/** A 360° video opened to look at single moments of it. For one thread. */
public interface VideoFrames extends AutoCloseable {
  /** Length of the video, seconds. */
  double seconds();

  /**
   * The frame that is shown at a moment; which one it is does not depend on what was asked before.
   *
   * @param seconds from the start, not before it; after the end the last frame stays
   * @throws InputException if the video is damaged there
   */
  Panorama at(double seconds);

  @Override
  void close();

  /** Opens videos; the decoder behind it is native code, which core is free of. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens a file.
     *
     * @throws InputException if it is not a video or not twice as wide as high
     */
    VideoFrames open(Path file);
  }
}
