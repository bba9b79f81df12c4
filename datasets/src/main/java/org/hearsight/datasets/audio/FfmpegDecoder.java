package org.hearsight.datasets.audio;

import java.nio.file.Path;
import org.hearsight.core.audio.SoundDecoder;
import org.hearsight.core.audio.SoundReader;
import org.hearsight.core.error.InputException;

/** FFmpeg as core finds it; its native code is loaded when the first file is opened. */
public final class FfmpegDecoder implements SoundDecoder {
  @Override
  public SoundReader open(Path file) {
    try {
      return FfmpegSound.open(file);
    } catch (LinkageError e) {
      throw InputException.environment(
          file,
          "is not WAV, and FFmpeg, which reads all else, cannot be loaded: " + e.getMessage(),
          "build with the profile of this system, or convert the file to WAV",
          e);
    }
  }
}
