package org.hearsight.datasets.audio;

import java.nio.ByteOrder;
import java.util.Locale;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.hearsight.core.error.InputException;

/**
 * How many samples a file has: its header says so where the format is lossless (held against the
 * last block); else the lengths of its packets, which are read and not decoded, or of what is
 * decoded of them. What an encoder put before the sound and behind it does not count where the file
 * says how much that is.
 *
 * @param samples per channel
 * @param doubt what there is to be known of the end, for people; null if there is nothing
 */
record SoundLength(long samples, String doubt) {
  /** Blocks of codecs, and what encoders put before the sound. */
  private static final double ROUNDED_SECONDS = 0.1;

  /**
   * Measures a stream that was just started, and leaves it where its sound begins.
   *
   * @throws InputException if it is empty or cut short
   */
  static SoundLength of(SoundStream stream) {
    String doubt = null;
    if (stream.container().isIn(SoundContainer.OGG) && !OggEnd.isMarked(stream.file())) {
      doubt = "the last page is not marked as such: the file may be cut short";
    }
    if (stream.isLossless() && stream.declared() > 0 && isWhole(stream)) {
      return new SoundLength(stream.declared(), doubt);
    }
    long samples;
    if (!stream.isLossless() && stream.container().isCounted()) {
      samples = countPackets(stream);
    } else {
      stream.start(); // the end was looked at
      samples = countSamples(stream);
      stream.start();
    }
    double seconds = stream.container().seconds();
    double there = (double) samples / stream.sampleRate();
    if (there < seconds - ROUNDED_SECONDS) { // not refused: some writers have it wrong
      doubt =
          String.format(
              Locale.ROOT,
              "the header says %.2f s, %.2f s are there: the file may be cut short",
              seconds,
              there);
    }
    if (samples <= 0) {
      throw new InputException(stream.file(), "data: 0 samples", "record or export it again");
    }
    return new SoundLength(samples, doubt);
  }

  /** Does the last block end where the header says? */
  private static boolean isWhole(SoundStream stream) {
    if (!stream.seek(stream.declared() - 1)) {
      return false;
    }
    long begin = stream.container().begin();
    long end = 0;
    for (AVPacket p = stream.nextPacket(); p != null; p = stream.nextPacket()) {
      end = Math.max(end, stream.inSamples(p.pts() - begin + p.duration()));
      avcodec.av_packet_unref(p);
    }
    return end == stream.declared() && stream.seek(0);
  }

  private static long countPackets(SoundStream stream) {
    long begin = Long.MAX_VALUE;
    long end = 0;
    long sum = 0;
    long largest = 0;
    long tail = 0;
    for (AVPacket p = stream.nextPacket(); p != null; p = stream.nextPacket()) {
      sum += p.duration();
      largest = Math.max(largest, p.duration());
      if (p.pts() != avutil.AV_NOPTS_VALUE) {
        begin = Math.min(begin, p.pts());
        end = Math.max(end, p.pts() + p.duration());
      }
      tail = tail(p);
      avcodec.av_packet_unref(p);
    }
    // FFmpeg takes some packets of Vorbis for shorter than they are, but knows when they are
    // played.
    requireDeclared(stream, stream.inSamples(Math.max(sum, end)), stream.inSamples(largest));
    stream.start();
    boolean unused = stream.nextFrame();
    long lead = lead(stream.frame());
    stream.leadBy(lead);
    // What is played before time 0 is not part of the sound; a stream may begin later than that.
    long samples = stream.inSamples(end > 0 ? end - Math.max(0, begin) : sum);
    return stream.isMp3() ? samples - lead - tail : samples; // elsewhere times are without them
  }

  /** Samples that are to be left out at the end of a packet. */
  private static long tail(AVPacket packet) {
    try (SizeTPointer size = new SizeTPointer(1)) {
      BytePointer data =
          avcodec.av_packet_get_side_data(packet, avcodec.AV_PKT_DATA_SKIP_SAMPLES, size);
      return skip(data, size.get(), Integer.BYTES);
    }
  }

  /** Samples that are to be left out at the beginning of what was decoded first. */
  private static long lead(AVFrame first) {
    AVFrameSideData side = avutil.av_frame_get_side_data(first, avutil.AV_FRAME_DATA_SKIP_SAMPLES);
    return side == null || side.isNull() ? 0 : skip(side.data(), side.size(), 0);
  }

  private static long skip(BytePointer data, long size, int at) {
    return data == null || data.isNull() || size < 2 * Integer.BYTES
        ? 0
        : data.capacity(size).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getInt(at);
  }

  private static long countSamples(SoundStream stream) {
    long samples = 0;
    int largest = 0;
    while (stream.nextFrame()) {
      samples += stream.frameSamples();
      largest = Math.max(largest, stream.frameSamples());
    }
    requireDeclared(stream, samples, largest);
    return samples;
  }

  /** Some headers round up to whole blocks. */
  private static void requireDeclared(SoundStream stream, long there, long block) {
    SoundContainer in = stream.container();
    boolean rounded = !in.isFixed() && (!stream.isLossless() || in.isIn(SoundContainer.CAF));
    long missing = rounded ? block - 1 : 0;
    if (stream.declared() > 0 && there + missing < stream.declared()) {
      throw Refusal.cutShort(stream.file(), stream.declared(), there);
    }
  }
}
