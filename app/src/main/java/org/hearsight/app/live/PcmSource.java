package org.hearsight.app.live;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.audio.FoaStream;
import org.hearsight.core.audio.SoundQueue;
import org.hearsight.core.error.InputException;

/**
 * Samples without a header, one frame after the other, as other programs write them to a pipe.
 *
 * @param in where they come from; not closed
 * @param source what refusals call it
 * @param live whether it does not wait for who listens: what cannot be kept is then dropped
 */
public record PcmSource(InputStream in, String source, Layout layout, boolean live)
    implements SoundSource {
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

  /**
   * How the samples lie.
   *
   * @param rate in Hz
   * @param channels of a frame
   * @param format of the channels
   */
  public record Layout(int rate, int channels, Sample sample, FoaFormat format) {}

  @Override
  public void run(SoundQueue queue) throws InterruptedException {
    FoaStream stream = new FoaStream(layout.rate(), layout.format());
    int frame = layout.channels() * layout.sample().bytes;
    byte[] buffer = new byte[Math.max(1, layout.rate() / 20) * frame];
    int held = 0;
    for (int n = read(buffer, held); n >= 0; n = read(buffer, held)) {
      held += n;
      int frames = held / frame;
      give(queue, stream.push(decode(buffer, frames)));
      held -= frames * frame;
      System.arraycopy(buffer, frames * frame, buffer, 0, held);
    }
    give(queue, stream.end());
  }

  private void give(SoundQueue queue, float[][] foa) throws InterruptedException {
    if (foa[0].length == 0) {
      return;
    }
    if (live) {
      queue.add(foa, Instant.now());
    } else {
      queue.await(foa);
    }
  }

  private int read(byte[] buffer, int held) {
    try {
      return in.read(buffer, held, buffer.length - held);
    } catch (IOException e) {
      throw InputException.environment(
          source, "cannot be read: " + e.getMessage(), "see that whoever writes it is running", e);
    }
  }

  private float[][] decode(byte[] bytes, int frames) {
    int width = layout.sample().bytes;
    float[][] channels = new float[layout.channels()][frames];
    for (int i = 0; i < frames; i++) {
      for (int c = 0; c < channels.length; c++) {
        channels[c][i] = layout.sample().read(bytes, (i * channels.length + c) * width);
      }
    }
    return channels;
  }
}
