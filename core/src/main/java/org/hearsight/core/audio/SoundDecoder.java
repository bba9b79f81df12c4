package org.hearsight.core.audio;

import java.nio.file.Path;
import org.hearsight.core.error.InputException;

/**
 * Reads the sound files that {@link WavReader} does not. What does so is native code, which core is
 * free of: it is looked for by {@link java.util.ServiceLoader}, the first time a file needs it.
 */
public interface SoundDecoder {
  /**
   * Opens a regular file.
   *
   * @throws InputException if it holds no sound, or none in a format that is known, or is cut short
   */
  SoundReader open(Path file);
}
