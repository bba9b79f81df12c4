package org.hearsight.core.audio;

/** How {@link WavWriter} stores a sample. */
public enum Encoding {
  PCM_16(2),
  PCM_24(3),
  FLOAT_32(4);

  private final int bytes;

  Encoding(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one sample. */
  public int bytes() {
    return bytes;
  }

  boolean isFloat() {
    return this == FLOAT_32;
  }
}
