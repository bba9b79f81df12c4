package org.hearsight.datasets.audio;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.hearsight.core.error.InputException;

/**
 * A file's sound, packet by packet or decoded frame by frame, from its beginning or from where it
 * was sought. A frame is what FFmpeg calls so: a block of samples of all channels. One thread
 * decodes.
 */
final class SoundStream implements AutoCloseable {
  private final Path file;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private SoundContainer container;
  private AVCodecContext decoder;
  private int channels;
  private int sampleRate;
  private boolean lossless;
  private long declared;

  /** Of the first sample in {@link #frame}, from where the sound begins. */
  private long frameStart;

  private int frameSamples;
  private boolean sought;

  /** Nothing is open yet: {@link #start} does that. */
  SoundStream(Path file) {
    this.file = file;
  }

  /**
   * Opens the file, or opens it again to read from its beginning.
   *
   * @throws InputException if it holds no sound that FFmpeg knows
   */
  void start() {
    stop();
    container = SoundContainer.open(file);
    long duration = container.duration();
    declared = duration > 0 ? inSamples(duration) : container.samples();
    openDecoder();
    frameStart = 0;
    frameSamples = 0;
    sought = false;
  }

  private void openDecoder() {
    AVCodecParameters parameters = container.parameters();
    AVCodec codec = avcodec.avcodec_find_decoder(parameters.codec_id());
    if (codec == null || codec.isNull()) {
      throw Refusal.unknown(file);
    }
    AVCodecDescriptor kind = avcodec.avcodec_descriptor_get(parameters.codec_id());
    lossless =
        (kind.props() & avcodec.AV_CODEC_PROP_LOSSLESS) != 0
            && (kind.props() & avcodec.AV_CODEC_PROP_LOSSY) == 0;
    decoder = avcodec.avcodec_alloc_context3(codec);
    avcodec.avcodec_parameters_to_context(decoder, parameters);
    decoder.pkt_timebase(container.unit());
    decoder.thread_count(1);
    if (lossless) {
      decoder.err_recognition(avcodec.AV_EF_CRCCHECK | avcodec.AV_EF_EXPLODE);
    } else if (container.isCounted()) {
      // FFmpeg 7.1 takes too much from the end of a short Vorbis file.
      decoder.flags2(decoder.flags2() | avcodec.AV_CODEC_FLAG2_SKIP_MANUAL);
    }
    if (avcodec.avcodec_open2(decoder, codec, (AVDictionary) null) < 0) {
      throw Refusal.unknown(file);
    }
    channels = decoder.ch_layout().nb_channels();
    sampleRate = decoder.sample_rate();
  }

  Path file() {
    return file;
  }

  SoundContainer container() {
    return container;
  }

  int channels() {
    return channels;
  }

  /** In Hz. */
  int sampleRate() {
    return sampleRate;
  }

  boolean isLossless() {
    return lossless;
  }

  boolean isMp3() {
    return decoder.codec_id() == avcodec.AV_CODEC_ID_MP3;
  }

  /** What the header says, in samples; 0 if it says nothing. */
  long declared() {
    return declared;
  }

  /** A time in the container's unit. */
  long inSamples(long time) {
    AVRational unit = container.unit();
    long rate = sampleRate > 0 ? sampleRate : container.parameters().sample_rate();
    return Math.round((double) time * unit.num() * rate / unit.den());
  }

  /** What {@link #nextFrame} decoded last. */
  AVFrame frame() {
    return frame;
  }

  /** The place of its first sample, from where the sound begins. */
  long frameStart() {
    return frameStart;
  }

  int frameSamples() {
    return frameSamples;
  }

  /** The place of the first sample behind the frame. */
  long reached() {
    return frameStart + frameSamples;
  }

  /** Says that so many samples of what was decoded first lie before the sound. */
  void leadBy(long samples) {
    frameStart = -samples;
  }

  /** Goes to the packet with a sample, or before it; false if that cannot be done. */
  boolean seek(long sample) {
    AVRational unit = container.unit();
    if (unit.num() != 1
        || unit.den() != sampleRate
        || !container.seek(container.begin() + sample)) {
      return false;
    }
    avcodec.avcodec_flush_buffers(decoder);
    frameStart = sample;
    frameSamples = 0;
    sought = true;
    return true;
  }

  /**
   * Decodes what comes next.
   *
   * @return false at the end, and where nobody can say what a search has reached
   */
  boolean nextFrame() {
    frameStart += frameSamples;
    frameSamples = 0;
    int got = avcodec.avcodec_receive_frame(decoder, frame);
    while (got == avutil.AVERROR_EAGAIN()) {
      int sent;
      if (nextPacket() != null) {
        sent = avcodec.avcodec_send_packet(decoder, packet);
        avcodec.av_packet_unref(packet);
      } else {
        sent = avcodec.avcodec_send_packet(decoder, null);
      }
      if (sent < 0) {
        throw damaged();
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
      throw Refusal.changed(file);
    }
    if (sought) {
      if (frame.pts() == avutil.AV_NOPTS_VALUE) {
        return false;
      }
      frameStart = inSamples(frame.pts() - container.begin());
      sought = false;
    }
    frameSamples = frame.nb_samples();
    return true;
  }

  /** The next packet, which the caller unreferences; null at the end. */
  AVPacket nextPacket() {
    int read = container.read(packet);
    if (read < 0 && read != avutil.AVERROR_EOF) {
      throw damaged();
    }
    return read < 0 ? null : packet;
  }

  private InputException damaged() {
    return Refusal.damaged(file, (double) frameStart / Math.max(1, sampleRate));
  }

  @Override
  public void close() {
    stop();
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
  }

  private void stop() {
    if (decoder != null) {
      avcodec.avcodec_free_context(decoder);
      decoder = null;
    }
    if (container != null) {
      container.close();
      container = null;
    }
  }
}
