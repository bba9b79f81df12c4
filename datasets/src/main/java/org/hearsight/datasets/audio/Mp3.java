package org.hearsight.datasets.audio;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.hearsight.core.error.InputException;

/**
 * Sound made small as MP3, which every browser plays, and what is left of it. The same sound gives
 * the same bytes.
 */
public final class Mp3 {
  private static final String ENCODER = "libmp3lame";

  private Mp3() {}

  /**
   * Encodes sound.
   *
   * @param channels [1 or 2][samples], nominally in [−1, 1]
   * @param sampleRate in Hz, one of MP3's: 16, 22.05, 24, 32, 44.1 or 48 kHz
   * @param bitRate bits a second, of all channels together
   * @return a file's bytes
   * @throws InputException if this build of FFmpeg does not encode MP3
   */
  public static byte[] encode(float[][] channels, int sampleRate, int bitRate) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Codec codec = Codec.encoder(channels.length, sampleRate, bitRate)) {
      packets(codec, channels).forEach(out::writeBytes);
    }
    return out.toByteArray();
  }

  /**
   * What is left of a channel after encoding and decoding, at the same times. It is 5 % quieter at
   * up to 160 kb/s: LAME makes room for what it adds.
   *
   * @param channel samples, nominally in [−1, 1]
   * @param sampleRate as for {@link #encode}
   * @param bitRate bits a second
   * @return as many samples
   * @throws InputException as {@link #encode}
   */
  public static float[] through(float[] channel, int sampleRate, int bitRate) {
    List<byte[]> packets;
    int delay;
    try (Codec codec = Codec.encoder(1, sampleRate, bitRate)) {
      // Silence behind it pushes out what the encoder holds back.
      float[] longer = Arrays.copyOf(channel, channel.length + 4 * codec.context.frame_size());
      packets = packets(codec, new float[][] {longer});
      delay = codec.context.initial_padding();
    }
    float[] heard = new float[channel.length];
    try (Codec codec = Codec.decoder()) {
      int at = -delay;
      for (byte[] packet : packets) {
        at = decode(codec, packet, heard, at);
      }
    }
    return heard;
  }

  private static List<byte[]> packets(Codec codec, float[][] channels) {
    List<byte[]> packets = new ArrayList<>();
    int size = codec.context.frame_size();
    AVFrame frame = codec.frame;
    for (int from = 0; from < channels[0].length; from += size) {
      int n = Math.min(size, channels[0].length - from);
      frame.nb_samples(n);
      frame.format(codec.context.sample_fmt());
      frame.sample_rate(codec.context.sample_rate());
      avutil.av_channel_layout_copy(frame.ch_layout(), codec.context.ch_layout());
      Codec.require(avutil.av_frame_get_buffer(frame, 0));
      for (int c = 0; c < channels.length; c++) {
        new FloatPointer(frame.data(c)).put(channels[c], from, n);
      }
      frame.pts(from);
      Codec.require(avcodec.avcodec_send_frame(codec.context, frame));
      avutil.av_frame_unref(frame);
      drain(codec, packets);
    }
    Codec.require(avcodec.avcodec_send_frame(codec.context, null));
    drain(codec, packets);
    return packets;
  }

  private static void drain(Codec codec, List<byte[]> packets) {
    while (avcodec.avcodec_receive_packet(codec.context, codec.packet) >= 0) {
      byte[] bytes = new byte[codec.packet.size()];
      codec.packet.data().capacity(bytes.length).get(bytes);
      packets.add(bytes);
      avcodec.av_packet_unref(codec.packet);
    }
  }

  /** Puts a packet's samples to their place, and says where the next ones belong. */
  private static int decode(Codec codec, byte[] packet, float[] into, int at) {
    Codec.require(avcodec.av_new_packet(codec.packet, packet.length));
    codec.packet.data().capacity(packet.length).put(packet);
    Codec.require(avcodec.avcodec_send_packet(codec.context, codec.packet));
    avcodec.av_packet_unref(codec.packet);
    int next = at;
    while (avcodec.avcodec_receive_frame(codec.context, codec.frame) >= 0) {
      int n = codec.frame.nb_samples();
      BytePointer data = codec.frame.data(0);
      float[] samples = new float[n];
      new FloatPointer(data).get(samples);
      for (int i = Math.max(0, -next); i < n && next + i < into.length; i++) {
        into[next + i] = samples[i];
      }
      next += n;
    }
    return next;
  }

  /** A codec with what passes through it. */
  private static final class Codec implements AutoCloseable {
    private final AVCodecContext context;
    private final AVFrame frame = avutil.av_frame_alloc();
    private final AVPacket packet = avcodec.av_packet_alloc();

    private Codec(AVCodec codec) {
      context = avcodec.avcodec_alloc_context3(codec);
    }

    static Codec encoder(int channels, int sampleRate, int bitRate) {
      avutil.av_log_set_level(avutil.AV_LOG_QUIET);
      AVCodec kind = avcodec.avcodec_find_encoder_by_name(ENCODER);
      if (kind == null || kind.isNull()) {
        throw InputException.environment(
            "FFmpeg", "does not encode MP3 (" + ENCODER + ")", "use the build that Maven brings");
      }
      Codec codec = new Codec(kind);
      codec.context.bit_rate(bitRate);
      codec.context.sample_rate(sampleRate);
      codec.context.sample_fmt(avutil.AV_SAMPLE_FMT_FLTP);
      avutil.av_channel_layout_default(codec.context.ch_layout(), channels);
      return codec.opened(kind);
    }

    static Codec decoder() {
      AVCodec kind = avcodec.avcodec_find_decoder_by_name("mp3float");
      return new Codec(kind).opened(kind);
    }

    private Codec opened(AVCodec kind) {
      int result = avcodec.avcodec_open2(context, kind, (AVDictionary) null);
      if (result < 0) {
        close();
        require(result);
      }
      return this;
    }

    static void require(int result) {
      if (result < 0) {
        throw new IllegalStateException("MP3: FFmpeg says " + result);
      }
    }

    @Override
    public void close() {
      avcodec.avcodec_free_context(context);
      avutil.av_frame_free(frame);
      avcodec.av_packet_free(packet);
    }
  }
}
