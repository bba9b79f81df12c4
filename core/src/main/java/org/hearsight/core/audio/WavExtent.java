package org.hearsight.core.audio;

import java.io.IOException;
import java.nio.file.Path;
import org.hearsight.core.error.InputException;

/**
 * How many bytes of a WAV file are sound: what its header says, checked against what is there.
 *
 * <p>Sizes have 32 bits. Writers that stream, that were stopped, or that wrote beyond 4 GiB leave
 * one that is open, wrong or too small. Where only one reading is possible it is taken, with a
 * note; else the file is refused with a remedy that keeps the recording.
 *
 * @param bytes of sound
 * @param note what was done, for people; null if the header was right
 */
record WavExtent(long bytes, String note) {
  private static final long TWO_GIB = 1L << 31;
  private static final long FOUR_GIB = 1L << 32;

  /** Open sizes are the largest number of 31 or 32 bits, less a header or a rounding. */
  private static final long BELOW = 8192;

  /** More behind the sound than this is likely to be sound. */
  private static final long STRAY = 1 << 16;

  private static final String KEEP =
      "copy it again, or keep what is there with: ffmpeg -i IN -c copy OUT.wav";

  /**
   * Finds the sound's end.
   *
   * @param start of the sound
   * @param said its length as the header says; negative if nobody wrote it down
   * @param whole what the file's length should be, as the header says
   */
  static WavExtent of(Path file, WavChunks chunks, long start, long said, long whole)
      throws IOException {
    long there = chunks.size() - start;
    if (said > 0 && said <= there && isFollowedByChunks(chunks, start, said)) {
      return new WavExtent(said, null);
    }
    if (isOpen(said)) {
      return open(chunks, start, said);
    }
    if (said > there) {
      return tooLarge(file, chunks, start, said, whole);
    }
    for (long longer = said + (there - said) / FOUR_GIB * FOUR_GIB;
        longer > said;
        longer -= FOUR_GIB) {
      if (isFollowedByChunks(chunks, start, longer)) {
        return new WavExtent(
            longer,
            "data: %d bytes are declared, %d are there: the size wrapped at 4 GiB; all are read"
                .formatted(said, longer));
      }
    }
    long behind = there - said;
    if (behind <= STRAY) {
      return new WavExtent(
          said,
          "data: %d bytes behind the sound are not a chunk and are not read".formatted(behind));
    }
    throw new InputException(
        file,
        "data: %d bytes are declared, but %d more follow that are not chunks: the size is wrong"
            .formatted(said, behind),
        "write a new header, for all of it with: ffmpeg -ignore_length 1 -i IN -c copy -rf64 auto"
            + " OUT.wav; for the declared part without -ignore_length 1");
  }

  private static boolean isOpen(long said) {
    return said <= 0
        || (said >= TWO_GIB - BELOW && said < TWO_GIB)
        || (said >= FOUR_GIB - BELOW && said < FOUR_GIB);
  }

  private static WavExtent open(WavChunks chunks, long start, long said) throws IOException {
    if (chunks.isListTo(start)) {
      return new WavExtent(0, null);
    }
    long end = chunks.metadataAtTheEnd(start);
    return new WavExtent(
        end - start,
        "data: the size was left open (%s); all %d bytes up to the %s are read"
            .formatted(
                said < 0 ? "unknown" : String.valueOf(said),
                end - start,
                end < chunks.size() ? "metadata at the end" : "end of the file"));
  }

  /** More is claimed than there is: a file cut short, unless it says elsewhere that it is whole. */
  private static WavExtent tooLarge(Path file, WavChunks chunks, long start, long said, long whole)
      throws IOException {
    long size = chunks.size();
    boolean isWhole = whole == size || (whole == size + 1 && (size & 1) == 1);
    boolean countsItself = said == size || said == size - WavChunks.HEAD;
    if (!isWhole && !countsItself) {
      throw cutShort(file, said, size - start);
    }
    long end = chunks.metadataAtTheEnd(start);
    return new WavExtent(
        end - start,
        "data: %d bytes are claimed, %d are there, and the file is whole; all are read"
            .formatted(said, end - start));
  }

  static InputException cutShort(Path file, long said, long there) {
    return new InputException(
        file,
        "data: %d bytes are claimed, %d are there: the file is cut short".formatted(said, there),
        KEEP);
  }

  /** Does the sound end the file, but for chunks and a few bytes of padding? */
  private static boolean isFollowedByChunks(WavChunks chunks, long start, long length)
      throws IOException {
    long end = start + length;
    if (chunks.size() - end < WavChunks.HEAD) {
      return true;
    }
    return chunks.isListTo(end) || ((length & 1) == 1 && chunks.isListTo(end + 1));
  }
}
