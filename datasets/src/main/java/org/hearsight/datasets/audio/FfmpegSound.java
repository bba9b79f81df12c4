package org.hearsight.datasets.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.hearsight.core.audio.SoundReader;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;

/**
 * A sound file of any format that FFmpeg knows, decoded block by block.
 *
 * <p>Integers are scaled as WAV's are, so that a lossless file gives the samples of the WAV it was
 * made from. One thread decodes; nothing resamples or mixes.
 */
final class FfmpegSound extends SoundReader {
  /** What holds sound and opens no other file, as FFmpeg names its readers of containers. */
  private static final String CONTAINERS =
      "wav,w64,flac,ogg,mp3,aac,mov,caf,aiff,au,matroska,wv,asf,ape,tta,ac3,eac3,amr,voc,"
          + "nistsphere";

  private static final String CONVERT =
      "check that it plays, or convert it with: ffmpeg -i IN -c:a pcm_s16le OUT.wav";
  private static final float BELOW_ONE = Math.nextDown(1f);

  private final AVFormatContext container = new AVFormatContext(null);
  private AVCodecContext decoder;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private int stream;
  private int channels;
  private int sampleRate;
  private long frames;
  private String note;

  /** Of the first sample in {@link #frame}. */
  private long frameStart;

  private int frameSamples;

  private FfmpegSound(Path file) {
    super(file);
  }

  /**
   * Opens a file.
   *
   * @throws InputException as {@link InputFile#size}, or if it holds no sound that FFmpeg knows
   */
  static FfmpegSound open(Path file) {
    long unused = InputFile.size(file); // FFmpeg would wait for a pipe without end
    // What is wrong with a file is said here, in one line.
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    FfmpegSound sound = new FfmpegSound(file);
    boolean opened = false;
    try {
      sound.openContainer();
      sound.chooseStream();
      sound.openDecoder();
      sound.measure();
      opened = true;
      return sound;
    } finally {
      if (!opened) {
        sound.close();
      }
    }
  }

  private void openContainer() {
    AVDictionary options = new AVDictionary(null);
    try (BytePointer url = url(file())) {
      avutil.av_dict_set(options, "format_whitelist", CONTAINERS, 0);
      avutil.av_dict_set(options, "protocol_whitelist", "file", 0);
      if (avformat.avformat_open_input(container, url, null, options) < 0) {
        throw unknown();
      }
    } finally {
      avutil.av_dict_free(options);
    }
    if (avformat.avformat_find_stream_info(container, (AVDictionary) null) < 0) {
      throw unknown();
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

  private void chooseStream() {
    int found = 0;
    for (int i = container.nb_streams() - 1; i >= 0; i--) {
      boolean sound = container.streams(i).codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO;
      if (sound) {
        found++;
        stream = i;
      }
    }
    if (found == 0) {
      throw new InputException(file(), "has no audio stream", "give a file with sound");
    }
    for (int i = 0; i < container.nb_streams(); i++) {
      if (i != stream) {
        container.streams(i).discard(avcodec.AVDISCARD_ALL);
      }
    }
    if (found > 1) {
      note = found + " audio streams: the first is read";
    }
  }

  private void openDecoder() {
    AVCodecParameters parameters = container.streams(stream).codecpar();
    AVCodec codec = avcodec.avcodec_find_decoder(parameters.codec_id());
    if (codec == null || codec.isNull()) {
      throw unknown();
    }
    decoder = avcodec.avcodec_alloc_context3(codec);
    avcodec.avcodec_parameters_to_context(decoder, parameters);
    decoder.pkt_timebase(container.streams(stream).time_base());
    decoder.thread_count(1);
    if (avcodec.avcodec_open2(decoder, codec, (AVDictionary) null) < 0) {
      throw unknown();
    }
    channels = decoder.ch_layout().nb_channels();
    sampleRate = decoder.sample_rate();
  }

  private void measure() {
    AVStream s = container.streams(stream);
    AVRational unit = s.time_base();
    boolean inSamples = unit.num() == 1 && unit.den() == sampleRate;
    if (inSamples && s.duration() > 0 && s.codecpar().codec_id() == avcodec.AV_CODEC_ID_FLAC) {
      frames = s.duration();
    } else {
      while (nextFrame()) {
        frames += frameSamples;
      }
      rewind();
    }
    if (frames <= 0) {
      throw new InputException(file(), "data: 0 samples", "record or export it again");
    }
  }

  private void rewind() {
    if (avformat.av_seek_frame(container, stream, 0, avformat.AVSEEK_FLAG_BACKWARD) < 0) {
      throw unknown();
    }
    avcodec.avcodec_flush_buffers(decoder);
    frameStart = 0;
    frameSamples = 0;
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public int sampleRate() {
    return sampleRate;
  }

  @Override
  public long frames() {
    return frames;
  }

  @Override
  public String note() {
    return note;
  }

  @Override
  protected void read(long from, float[][] into, int offset, int n) {
    int done = 0;
    while (done < n) {
      long at = from + done;
      if (at >= frameStart + frameSamples) {
        if (!nextFrame()) {
          throw new InputException(
              file(),
              "data: %d samples are declared, %d are there: the file is cut short"
                  .formatted(frames, frameStart + frameSamples),
              "copy it again, or keep what is there with: ffmpeg -i IN OUT.wav");
        }
      } else {
        int first = (int) (at - frameStart);
        int part = Math.min(n - done, frameSamples - first);
        for (int c = 0; c < channels; c++) {
          if (into[c] != null) {
            copy(c, first, into[c], offset + done, part);
          }
        }
        done += part;
      }
    }
  }

  /** Decodes what comes next; false at the end. */
  private boolean nextFrame() {
    frameStart += frameSamples;
    frameSamples = 0;
    int got = avcodec.avcodec_receive_frame(decoder, frame);
    while (got == avutil.AVERROR_EAGAIN()) {
      int read = avformat.av_read_frame(container, packet);
      if (read < 0) {
        if (read != avutil.AVERROR_EOF) {
          throw damaged();
        }
        avcodec.avcodec_send_packet(decoder, null);
      } else {
        int sent =
            packet.stream_index() == stream ? avcodec.avcodec_send_packet(decoder, packet) : 0;
        avcodec.av_packet_unref(packet);
        if (sent < 0) {
          throw damaged();
        }
      }
      got = avcodec.avcodec_receive_frame(decoder, frame);
    }
    if (got == avutil.AVERROR_EOF) {
      return false;
    }
    if (got < 0) {
      throw damaged();
    }
    if (frame.ch_layout().nb_channels() != channels || frame.sample_rate() != sampleRate) {
      throw new InputException(
          file(), "data: channels or sample rate change in the middle", CONVERT);
    }
    frameSamples = frame.nb_samples();
    return true;
  }

  private void copy(int c, int first, float[] into, int offset, int n) {
    int format = frame.format();
    boolean planar = avutil.av_sample_fmt_is_planar(format) != 0;
    int bytes = avutil.av_get_bytes_per_sample(format);
    int step = bytes * (planar ? 1 : channels);
    int at = first * step + (planar ? 0 : c * bytes);
    ByteBuffer samples =
        frame
            .extended_data(planar ? c : 0)
            .capacity((long) frameSamples * step)
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
      default -> throw unknown();
    }
  }

  private InputException unknown() {
    return new InputException(file(), "is not a sound file of a known format", CONVERT);
  }

  private InputException damaged() {
    return new InputException(
        file(),
        "data: damaged after %.2f s".formatted((double) frameStart / sampleRate),
        "copy it again, or keep what can be read with: ffmpeg -i IN OUT.wav");
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    if (decoder != null) {
      avcodec.avcodec_free_context(decoder);
    }
    if (!container.isNull()) {
      avformat.avformat_close_input(container);
    }
  }
}
