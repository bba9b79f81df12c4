package org.hearsight.datasets.audio;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.hearsight.core.error.InputException;

/**
 * A file that FFmpeg opened: its first stream of sound, what its header says of it, and its
 * packets, which are not decoded here.
 */
final class SoundContainer implements AutoCloseable {
  static final String OGG = "ogg";
  static final String CAF = "caf";
  private static final String MATROSKA = "matroska,webm";

  /** What holds sound and opens no other file, as FFmpeg names its readers of containers. */
  private static final String CONTAINERS =
      "wav,w64,flac,ogg,mp3,aac,mov,caf,aiff,au,matroska,wv,asf,ape,tta,ac3,eac3,amr,voc,"
          + "nistsphere";

  /** Those whose packets say how many samples they are, whatever the codec. */
  private static final Set<String> COUNTED =
      Set.of("wav", "w64", OGG, "mp3", "aac", "mov,mp4,m4a,3gp,3g2,mj2", "aiff", "au");

  /** FFmpeg gives 1 to a file for its ending alone. */
  private static final int LEAST_SCORE = 2;

  private final AVFormatContext context;
  private final int stream;
  private final String note;
  private final long duration;
  private final long samples;
  private final double seconds;

  private SoundContainer(Path file, AVFormatContext context) {
    this.context = context;
    if (context.probe_score() < LEAST_SCORE) {
      throw Refusal.unknown(file);
    }
    int found = 0;
    int first = 0;
    for (int i = context.nb_streams() - 1; i >= 0; i--) {
      if (context.streams(i).codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO) {
        found++;
        first = i;
      }
    }
    if (found == 0) {
      throw new InputException(file, "has no audio stream", "give a file with sound");
    }
    stream = first;
    note = found > 1 ? found + " audio streams: the first is read" : null;
    for (int i = 0; i < context.nb_streams(); i++) {
      if (i != stream) {
        context.streams(i).discard(avcodec.AVDISCARD_ALL);
      }
    }
    duration = context.streams(stream).duration(); // later FFmpeg guesses where there is none
    samples = isIn(CAF) && isFixed() ? context.streams(stream).nb_frames() : 0;
    long whole = context.duration();
    if (avformat.avformat_find_stream_info(context, (AVDictionary) null) < 0) {
      throw Refusal.unknown(file);
    }
    // Matroska says it of all streams together: pictures may last longer than the sound.
    boolean soundAlone = isIn(MATROSKA) && found == context.nb_streams();
    seconds = soundAlone && whole > 0 ? (double) whole / avutil.AV_TIME_BASE : 0;
  }

  /**
   * Opens a file at its beginning.
   *
   * @throws InputException if it holds no sound that FFmpeg knows
   */
  static SoundContainer open(Path file) {
    AVFormatContext context = opened(file);
    boolean known = false;
    try {
      SoundContainer container = new SoundContainer(file, context);
      known = true;
      return container;
    } finally {
      if (!known) {
        avformat.avformat_close_input(context);
      }
    }
  }

  private static AVFormatContext opened(Path file) {
    AVFormatContext context = new AVFormatContext(null);
    AVDictionary options = new AVDictionary(null);
    try (BytePointer url = url(file)) {
      avutil.av_dict_set(options, "format_whitelist", CONTAINERS, 0);
      avutil.av_dict_set(options, "protocol_whitelist", "file", 0);
      if (avformat.avformat_open_input(context, url, null, options) < 0) {
        throw Refusal.unknown(file);
      }
      return context;
    } finally {
      avutil.av_dict_free(options);
    }
  }

  /** As the operating system writes paths, which Java and FFmpeg must agree on. */
  private static BytePointer url(Path file) {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    Charset charset =
        windows
            ? StandardCharsets.UTF_8
            : Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    byte[] name = ("file:" + file).getBytes(charset);
    BytePointer url = new BytePointer(name.length + 1L);
    return url.put(name, 0, name.length).put(name.length, (byte) 0);
  }

  /** Is it of one format, as FFmpeg names it? */
  boolean isIn(String format) {
    return format().equals(format);
  }

  /** Do its packets say how many samples they are? */
  boolean isCounted() {
    return COUNTED.contains(format());
  }

  private String format() {
    return context.iformat().name().getString();
  }

  /** Has every sample the same number of bytes? */
  boolean isFixed() {
    return avcodec.av_get_exact_bits_per_sample(parameters().codec_id()) > 0;
  }

  /** What a decoder must know of the stream. */
  AVCodecParameters parameters() {
    return context.streams(stream).codecpar();
  }

  /** Seconds of one unit of {@link #duration}, {@link #begin} and the times of packets. */
  AVRational unit() {
    return context.streams(stream).time_base();
  }

  /** How long the header says that the sound is, in units; 0 or less if it does not say. */
  long duration() {
    return duration;
  }

  /** The same in samples, of headers that count those; 0 of others. */
  long samples() {
    return samples;
  }

  /** The same in seconds, of headers that round it; 0 of others. */
  double seconds() {
    return seconds;
  }

  /** When the first sample is played, in units. */
  long begin() {
    long begin = context.streams(stream).start_time();
    return begin == avutil.AV_NOPTS_VALUE ? 0 : begin;
  }

  /** What people should know of the streams, as one line; null if there is nothing. */
  String note() {
    return note;
  }

  /**
   * Reads the next packet of the stream.
   *
   * @return FFmpeg's code: negative if there was none to read
   */
  int read(AVPacket packet) {
    int read = avformat.av_read_frame(context, packet);
    while (read >= 0 && packet.stream_index() != stream) {
      avcodec.av_packet_unref(packet);
      read = avformat.av_read_frame(context, packet);
    }
    return read;
  }

  /** Goes to the packet that is played at a time in units, or before it; false if it cannot. */
  boolean seek(long time) {
    return avformat.av_seek_frame(context, stream, time, avformat.AVSEEK_FLAG_BACKWARD) >= 0;
  }

  @Override
  public void close() {
    avformat.avformat_close_input(context);
  }
}
