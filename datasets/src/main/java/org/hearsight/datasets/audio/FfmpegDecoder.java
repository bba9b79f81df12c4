package org.hearsight.datasets.audio;

import java.nio.file.Path;
import org.hearsight.core.audio.SoundDecoder;
import org.hearsight.core.audio.SoundReader;

/** FFmpeg as core finds it; its native code is loaded when the first file is opened. */
public final class FfmpegDecoder implements SoundDecoder {
  @Override
  public SoundReader open(Path file) {
    return FfmpegSound.open(file);
  }
}
