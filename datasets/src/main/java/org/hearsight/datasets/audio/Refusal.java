package org.hearsight.datasets.audio;

import java.nio.file.Path;
import java.util.Locale;
import org.hearsight.core.error.InputException;

/** Why a sound file cannot be read, and what to do about it. */
final class Refusal {
  private static final String CONVERT =
      "check that it plays, or convert it with: ffmpeg -i IN -c:a pcm_s16le OUT.wav";
  private static final String KEEP =
      "copy it again, or keep what is there with: ffmpeg -i IN -c:a pcm_s16le OUT.wav";

  private Refusal() {}

  static InputException unknown(Path file) {
    return new InputException(file, "is not a sound file of a known format", CONVERT);
  }

  static InputException changed(Path file) {
    return new InputException(file, "data: channels or sample rate change in the middle", CONVERT);
  }

  /**
   * The refusal of data that cannot be decoded.
   *
   * @param seconds of sound before it
   */
  static InputException damaged(Path file, double seconds) {
    return new InputException(
        file,
        String.format(Locale.ROOT, "data: damaged or cut short after %.2f s", Math.max(0, seconds)),
        KEEP);
  }

  /** The refusal of a file that holds fewer samples than it says. */
  static InputException cutShort(Path file, long declared, long there) {
    return new InputException(
        file,
        "data: %d samples are declared, %d are there: the file is cut short"
            .formatted(declared, there),
        KEEP);
  }
}
