package org.hearsight.core.audio;

/**
 * How samples without a header lie, one frame after the other, as programs write them to pipes and
 * sockets.
 *
 * @param rate in Hz
 * @param channels of a frame
 * @param sample how one is written
 * @param format of the channels
 */
public record PcmLayout(int rate, int channels, Sample sample, FoaFormat format) {
  /** How a sample is written. */
  public enum Sample {
    /** Two bytes, signed, the lower one first. */
    S16LE(2),
    /** A float of four bytes, the lowest first. */
    F32LE(4);

    private final int bytes;

    Sample(int bytes) {
      this.bytes = bytes;
    }

    private float read(byte[] b, int at) {
      int low = (b[at] & 0xff) | (b[at + 1] & 0xff) << 8;
      if (this == S16LE) {
        return (short) low / 32768f;
      }
      return Float.intBitsToFloat(low | (b[at + 2] & 0xff) << 16 | b[at + 3] << 24);
    }
  }

  /** Bytes of a frame. */
  public int frameBytes() {
    return channels * sample.bytes;
  }

  /**
   * Samples of whole frames.
   *
   * @param bytes that begin with them
   * @param frames how many
   * @return [channels][frames]
   */
  public float[][] decode(byte[] bytes, int frames) {
    float[][] all = new float[channels][frames];
    for (int i = 0; i < frames; i++) {
      for (int c = 0; c < channels; c++) {
        all[c][i] = sample.read(bytes, (i * channels + c) * sample.bytes);
      }
    }
    return all;
  }
}
