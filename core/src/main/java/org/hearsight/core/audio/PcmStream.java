package org.hearsight.core.audio;

import java.util.Arrays;

/** Bytes of samples without a header, in pieces of any size, to sound at 24 kHz. For one thread. */
public final class PcmStream {
  private final PcmLayout layout;
  private final FoaStream stream;
  private byte[] held = new byte[0];

  /**
   * @throws org.hearsight.core.error.InputException if no sound has this rate
   */
  public PcmStream(PcmLayout layout) {
    this.layout = layout;
    this.stream = new FoaStream(layout.rate(), layout.format());
  }

  /**
   * Takes bytes.
   *
   * @param bytes of which so many are taken
   * @return [4][any number], what they complete
   * @throws org.hearsight.core.error.InputException if they are not sound of this format
   */
  public float[][] push(byte[] bytes, int count) {
    byte[] all = Arrays.copyOf(held, held.length + count);
    System.arraycopy(bytes, 0, all, held.length, count);
    int frames = all.length / layout.frameBytes();
    held = Arrays.copyOfRange(all, frames * layout.frameBytes(), all.length);
    return stream.push(layout.decode(all, frames));
  }

  /** What is left at the end; bytes of a frame that is not whole are not. */
  public float[][] end() {
    return stream.end();
  }
}
