package org.hearsight.app.live;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.audio.SoundQueue;

/**
 * A recording, as fast as it is listened to, or at the pace at which it was made.
 *
 * @param format of its channels; null to believe what the file says of itself
 * @param notes takes a line for what is done to the sound
 */
public record FileSource(Path file, FoaFormat format, boolean realtime, Consumer<String> notes)
    implements SoundSource {
  private static final double NANOS = 1e9 / Foa.SAMPLE_RATE;

  @Override
  public void run(SoundQueue queue) throws InterruptedException {
    long start = System.nanoTime();
    long[] given = new long[1];
    try {
      Foa.stream(
          file,
          format,
          notes,
          piece -> {
            given[0] += piece[Foa.W].length;
            give(queue, piece, start + Math.round(given[0] * NANOS));
          });
    } catch (CancellationException e) {
      throw new InterruptedException(e.getMessage());
    }
  }

  /** Gives a piece, once its last sample would have been heard where it is paced. */
  private void give(SoundQueue queue, float[][] piece, long due) {
    try {
      if (realtime) {
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        queue.add(piece, Instant.now());
      } else {
        queue.await(piece);
      }
    } catch (InterruptedException e) {
      throw new CancellationException("stopped");
    }
  }
}
