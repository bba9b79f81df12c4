package org.hearsight.core.audio;

import java.nio.file.Path;
import org.hearsight.core.error.InputException;

/**
 * A sound file read from front to back, frame by frame, nominally in [−1, 1), whatever its format;
 * {@link SoundFile#open} finds the right one. For one thread.
 */
public abstract class SoundReader implements AutoCloseable {
  /** 40 dB above full scale: beyond it, floats are integers that nobody scaled, or noise. */
  static final float MAX_MAGNITUDE = 100;

  private final Path file;
  private long next;

  /**
   * @param file what refusals name
   */
  protected SoundReader(Path file) {
    this.file = file;
  }

  public final Path file() {
    return file;
  }

  public abstract int channels();

  /** In Hz. */
  public abstract int sampleRate();

  /** Samples per channel in the whole file: exactly as many can be read. */
  public abstract long frames();

  /** What people should know of how the file was taken, as one line; null if there is nothing. */
  public abstract String note();

  /**
   * Reads frames that are there.
   *
   * @param from number of the first one, no less than those that were read before
   * @param into [channels][at least offset + n]; channels that are null are passed over
   * @throws InputException if they cannot be read
   */
  protected abstract void read(long from, float[][] into, int offset, int n);

  @Override
  public abstract void close();

  /** Samples per channel that have not been read yet. */
  public final long left() {
    return frames() - next;
  }

  /**
   * Passes over frames without giving them out.
   *
   * @param n no more than are left
   */
  public final void skip(long n) {
    if (n < 0 || n > left()) {
      throw new IllegalArgumentException(n + " frames of " + left());
    }
    next += n;
  }

  /**
   * Reads the next frames.
   *
   * @param into [channels][at least offset + n]; channels that are null are passed over
   * @return how many frames were read: {@code n}, fewer before the end, 0 at the end
   * @throws InputException if the file cannot be read or holds a sample that is not a number
   */
  public final int read(float[][] into, int offset, int n) {
    if (into.length != channels()) {
      throw new IllegalArgumentException(into.length + " channels for " + channels());
    }
    int frames = (int) Math.min(n, left());
    if (frames == 0) {
      return 0;
    }
    read(next, into, offset, frames);
    for (int c = 0; c < into.length; c++) {
      for (int i = offset; into[c] != null && i < offset + frames; i++) {
        if (!(Math.abs(into[c][i]) <= MAX_MAGNITUDE)) {
          throw noSample(file.toString(), next + i - offset, c, into[c][i]);
        }
      }
    }
    next += frames;
    return frames;
  }

  /** The refusal of a sample that is not a number, or far from one that sound could have. */
  static InputException noSample(String source, long index, int channel, float v) {
    return new InputException(
        source,
        "data: sample %d of channel %d is %s, expected a number in [-1, 1)"
            .formatted(index, channel + 1, v),
        "export it again, with full scale at 1 or as 16-bit integers");
  }
}
