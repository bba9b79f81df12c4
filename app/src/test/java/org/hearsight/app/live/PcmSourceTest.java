package org.hearsight.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.audio.PcmLayout;
import org.hearsight.core.audio.SoundQueue;
import org.hearsight.core.error.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcmSourceTest {
  private static final int FRAMES = 3001;

  private static float[][] noise() {
    SplittableRandom random = new SplittableRandom(1);
    float[][] sound = new float[4][FRAMES];
    for (float[] channel : sound) {
      for (int i = 0; i < FRAMES; i++) {
        channel[i] = random.nextInt(-32768, 32768) / 32768f;
      }
    }
    return sound;
  }

  private static byte[] bytes(float[][] sound, PcmLayout.Sample sample) {
    boolean isFloat = sample == PcmLayout.Sample.F32LE;
    ByteBuffer out =
        ByteBuffer.allocate(4 * FRAMES * (isFloat ? 4 : 2)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < FRAMES; i++) {
      for (float[] channel : sound) {
        if (isFloat) {
          out.putFloat(channel[i]);
        } else {
          out.putShort((short) (channel[i] * 32768));
        }
      }
    }
    return out.array();
  }

  /** Gives a few bytes at a time, as pipes do, so that frames are cut. */
  private static InputStream pipe(byte[] bytes) {
    SplittableRandom random = new SplittableRandom(2);
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int from, int length) {
        return super.read(into, from, Math.min(length, 1 + random.nextInt(3000)));
      }
    };
  }

  private static float[][] all(SoundSource source) throws InterruptedException {
    SoundQueue queue = new SoundQueue(2000);
    Thread thread = SoundSource.start(source, queue);
    List<float[][]> pieces = new ArrayList<>();
    for (Optional<SoundQueue.Piece> p = queue.take(); p.isPresent(); p = queue.take()) {
      assertThat(p.get().dropped()).isZero();
      assertThat(p.get().captured()).isNull();
      pieces.add(p.get().channels());
    }
    thread.join();
    float[][] all = new float[4][pieces.stream().mapToInt(p -> p[0].length).sum()];
    int at = 0;
    for (float[][] piece : pieces) {
      for (int c = 0; c < 4; c++) {
        System.arraycopy(piece[c], 0, all[c], at, piece[c].length);
      }
      at += piece[0].length;
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"S16LE, 24000, ambix", "F32LE, 48000, fuma", "S16LE, 44100, ambix"})
  void samplesArriveWhereverReadsAreCut(PcmLayout.Sample sample, int rate, String name)
      throws InterruptedException {
    FoaFormat format = FoaFormat.of(name);
    PcmLayout layout = new PcmLayout(rate, 4, sample, format);
    float[][] heard =
        all(new PcmSource(pipe(bytes(noise(), sample)), "standard input", layout, false));
    float[][] expected = Clip.of(noise(), rate, format).foa();
    assertThat(heard[0]).hasSameSizeAs(expected[0]);
    for (int c = 0; c < Foa.CHANNELS; c++) {
      assertThat(heard[c]).containsExactly(expected[c], within(1e-6f));
    }
  }

  @Test
  void whatIsLiveIsStamped() throws InterruptedException {
    PcmLayout layout = new PcmLayout(24_000, 4, PcmLayout.Sample.S16LE, FoaFormat.AMBIX);
    SoundQueue queue = new SoundQueue(FRAMES);
    new PcmSource(pipe(bytes(noise(), PcmLayout.Sample.S16LE)), "standard input", layout, true)
        .run(queue);
    assertThat(queue.take().orElseThrow().captured()).isNotNull();
  }

  @Test
  void aPipeThatBreaksIsNamed() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }

          @Override
          public int read(byte[] into, int from, int length) throws IOException {
            throw new IOException("gone");
          }
        };
    PcmLayout layout = new PcmLayout(24_000, 4, PcmLayout.Sample.S16LE, FoaFormat.AMBIX);
    assertThatThrownBy(() -> all(new PcmSource(broken, "standard input", layout, false)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("standard input: cannot be read: gone; ");
  }
}
