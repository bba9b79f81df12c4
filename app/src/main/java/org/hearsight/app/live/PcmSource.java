package org.hearsight.app.live;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.hearsight.core.audio.PcmLayout;
import org.hearsight.core.audio.PcmStream;
import org.hearsight.core.audio.SoundQueue;
import org.hearsight.core.error.InputException;

/**
 * Samples without a header, one frame after the other, as other programs write them to a pipe.
 *
 * @param in where they come from; not closed
 * @param source what refusals call it
 * @param live whether it does not wait for who listens: what cannot be kept is then dropped
 */
public record PcmSource(InputStream in, String source, PcmLayout layout, boolean live)
    implements SoundSource {
  @Override
  public void run(SoundQueue queue) throws InterruptedException {
    PcmStream stream = new PcmStream(layout);
    byte[] buffer = new byte[Math.max(1, layout.rate() / 20) * layout.frameBytes()];
    for (int n = read(buffer); n >= 0; n = read(buffer)) {
      give(queue, stream.push(buffer, n));
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

  private int read(byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw InputException.environment(
          source, "cannot be read: " + e.getMessage(), "see that whoever writes it is running", e);
    }
  }
}
