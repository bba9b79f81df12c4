package org.hearsight.datasets.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.hearsight.core.audio.SoundReader;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;

/**
 * A sound file of any format that FFmpeg knows, decoded block by block.
 *
 * <p>Integers are scaled as WAV's are, so that a lossless file gives the samples of the WAV it was
 * made from. Nothing resamples or mixes. In lossless files what is passed over is not decoded; in
 * others it is, because what a decoder gives depends on what it was given before. {@link
 * SoundLength} says how long a file is.
 */
final class FfmpegSound extends SoundReader {
  /** Nothing is sought for less: decoding is as fast. */
  private static final int SEEK_SECONDS = 2;

  private static final float BELOW_ONE = Math.nextDown(1f);

  private final SoundStream stream;
  private final SoundLength length;
  private final String note;

  private FfmpegSound(SoundStream stream, SoundLength length) {
    super(stream.file());
    this.stream = stream;
    this.length = length;
    note = joined(stream.container().note(), length.doubt());
  }

  private static String joined(String note, String doubt) {
    if (note == null || doubt == null) {
      return note == null ? doubt : note;
    }
    return note + "; " + doubt;
  }

  /**
   * Opens a file.
   *
   * @throws InputException as {@link InputFile#size}, or if it holds no sound that FFmpeg knows, or
   *     is cut short
   */
  static FfmpegSound open(Path file) {
    long unused = InputFile.size(file); // FFmpeg would wait for a pipe without end
    // What is wrong with a file is said here, in one line.
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    SoundStream stream = new SoundStream(file);
    boolean opened = false;
    try {
      stream.start();
      FfmpegSound sound = new FfmpegSound(stream, SoundLength.of(stream));
      opened = true;
      return sound;
    } finally {
      if (!opened) {
        stream.close();
      }
    }
  }

  @Override
  public int channels() {
    return stream.channels();
  }

  @Override
  public int sampleRate() {
    return stream.sampleRate();
  }

  @Override
  public long frames() {
    return length.samples();
  }

  @Override
  public String note() {
    return note;
  }

  @Override
  protected void read(long from, float[][] into, int offset, int n) {
    if (stream.isLossless() && from - stream.reached() > (long) SEEK_SECONDS * sampleRate()) {
      toBlockOf(from);
    }
    int done = 0;
    while (done < n) {
      long at = from + done;
      if (at >= stream.reached()) {
        if (!stream.nextFrame()) {
          requireNearEnd(at);
          silence(into, offset + done, offset + n);
          return;
        }
      } else {
        int first = (int) (at - stream.frameStart());
        int part = Math.min(n - done, stream.frameSamples() - first);
        for (int c = 0; c < into.length; c++) {
          if (into[c] != null) {
            copy(c, first, into[c], offset + done, part);
          }
        }
        done += part;
      }
    }
  }

  /** Passes over what lies before, without decoding it where the container can. */
  private void toBlockOf(long sample) {
    boolean there = stream.seek(sample) && stream.nextFrame() && stream.frameStart() <= sample;
    if (!there) {
      stream.start();
    }
  }

  /** Less than the last frame of a codec may be missing. */
  private void requireNearEnd(long at) {
    if (stream.isLossless() || frames() - at > sampleRate() / 10) {
      throw Refusal.cutShort(file(), Math.max(frames(), stream.declared()), stream.reached());
    }
  }

  private static void silence(float[][] into, int from, int to) {
    for (float[] channel : into) {
      if (channel != null) {
        Arrays.fill(channel, from, to, 0);
      }
    }
  }

  private void copy(int c, int first, float[] into, int offset, int n) {
    AVFrame frame = stream.frame();
    int format = frame.format();
    boolean planar = avutil.av_sample_fmt_is_planar(format) != 0;
    int bytes = avutil.av_get_bytes_per_sample(format);
    int step = bytes * (planar ? 1 : channels());
    int at = first * step + (planar ? 0 : c * bytes);
    ByteBuffer samples =
        frame
            .extended_data(planar ? c : 0)
            .capacity((long) stream.frameSamples() * step)
            .asByteBuffer()
            .order(ByteOrder.nativeOrder());
    switch (avutil.av_get_packed_sample_fmt(format)) {
      case avutil.AV_SAMPLE_FMT_U8 -> {
        for (int i = 0; i < n; i++, at += step) {
          into[offset + i] = ((samples.get(at) & 0xFF) - 128) * 0x1p-7f;
        }
      }
      case avutil.AV_SAMPLE_FMT_S16 -> {
        for (int i = 0; i < n; i++, at += step) {
          into[offset + i] = samples.getShort(at) * 0x1p-15f;
        }
      }
      case avutil.AV_SAMPLE_FMT_S32 -> {
        for (int i = 0; i < n; i++, at += step) {
          into[offset + i] = Math.min(BELOW_ONE, samples.getInt(at) * 0x1p-31f);
        }
      }
      case avutil.AV_SAMPLE_FMT_S64 -> {
        for (int i = 0; i < n; i++, at += step) {
          into[offset + i] = Math.min(BELOW_ONE, samples.getLong(at) * 0x1p-63f);
        }
      }
      case avutil.AV_SAMPLE_FMT_FLT -> {
        for (int i = 0; i < n; i++, at += step) {
          into[offset + i] = samples.getFloat(at);
        }
      }
      case avutil.AV_SAMPLE_FMT_DBL -> {
        for (int i = 0; i < n; i++, at += step) {
          into[offset + i] = (float) samples.getDouble(at);
        }
      }
      default -> throw Refusal.unknown(file());
    }
  }

  @Override
  public void close() {
    stream.close();
  }
}
