package org.hearsight.datasets.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.hearsight.core.audio.SoundReader;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;

/**
 * A sound file of any format that FFmpeg knows, decoded block by block.
 *
 * <p>Integers are scaled as WAV's are, so that a lossless file gives the samples of the WAV it was
 * made from. One thread decodes; nothing resamples or mixes. In lossless files what is passed over
 * is not decoded; in others it is, because what a decoder gives depends on what it was given
 * before.
 *
 * <p>How long a file is, its header says where the format is lossless (held against the last
 * block); else the lengths of its packets, which are read and not decoded. What an encoder put
 * before the sound and behind it is left out where the file says how much that is.
 */
final class FfmpegSound extends SoundReader {
  /** What holds sound and opens no other file, as FFmpeg names its readers of containers. */
  private static final String CONTAINERS =
      "wav,w64,flac,ogg,mp3,aac,mov,caf,aiff,au,matroska,wv,asf,ape,tta,ac3,eac3,amr,voc,"
          + "nistsphere";

  private static final String OGG = "ogg";
  private static final String CAF = "caf";
  private static final String MATROSKA = "matroska,webm";

  /** Those whose packets say how many samples they are, whatever the codec. */
  private static final Set<String> COUNTED =
      Set.of("wav", "w64", OGG, "mp3", "aac", "mov,mp4,m4a,3gp,3g2,mj2", "aiff", "au");

  /** Blocks of codecs, and what encoders put before the sound. */
  private static final double ROUNDED_SECONDS = 0.1;

  private static final String CONVERT =
      "check that it plays, or convert it with: ffmpeg -i IN -c:a pcm_s16le OUT.wav";
  private static final String KEEP =
      "copy it again, or keep what is there with: ffmpeg -i IN -c:a pcm_s16le OUT.wav";

  /** FFmpeg gives 1 to a file for its ending alone. */
  private static final int LEAST_SCORE = 2;

  /** Nothing is sought for less: decoding is as fast. */
  private static final int SEEK_SECONDS = 2;

  private static final float BELOW_ONE = Math.nextDown(1f);

  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private AVFormatContext container;
  private AVCodecContext decoder;
  private int stream;
  private int channels;
  private int sampleRate;
  private String note;

  /** Of the end, for people; null if there is none. */
  private String doubt;

  /** What the header says, in samples; 0 if it says nothing. */
  private long declared;

  /** The same of a header that rounds it. */
  private double seconds;

  private boolean lossless;
  private long frames;

  /** Of the first sample in {@link #frame}, from where the sound begins. */
  private long frameStart;

  private int frameSamples;
  private boolean sought;

  private FfmpegSound(Path file) {
    super(file);
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
    FfmpegSound sound = new FfmpegSound(file);
    boolean opened = false;
    try {
      sound.start();
      sound.measure();
      opened = true;
      return sound;
    } finally {
      if (!opened) {
        sound.close();
      }
    }
  }

  /** Opens it, or opens it again to read from its beginning. */
  private void start() {
    stop();
    openContainer();
    chooseStream();
    openDecoder();
    frameStart = 0;
    frameSamples = 0;
    sought = false;
  }

  private void openContainer() {
    container = new AVFormatContext(null);
    AVDictionary options = new AVDictionary(null);
    try (BytePointer url = url(file())) {
      avutil.av_dict_set(options, "format_whitelist", CONTAINERS, 0);
      avutil.av_dict_set(options, "protocol_whitelist", "file", 0);
      if (avformat.avformat_open_input(container, url, null, options) < 0) {
        container = null;
        throw unknown();
      }
      if (container.probe_score() < LEAST_SCORE) {
        throw unknown();
      }
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

  private void chooseStream() {
    int found = 0;
    for (int i = container.nb_streams() - 1; i >= 0; i--) {
      if (container.streams(i).codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO) {
        found++;
        stream = i;
      }
    }
    if (found == 0) {
      throw new InputException(file(), "has no audio stream", "give a file with sound");
    }
    note = found > 1 ? found + " audio streams: the first is read" : null;
    for (int i = 0; i < container.nb_streams(); i++) {
      if (i != stream) {
        container.streams(i).discard(avcodec.AVDISCARD_ALL);
      }
    }
    AVStream s = container.streams(stream);
    long duration = s.duration(); // later FFmpeg guesses one where the header has none
    long whole = container.duration();
    long samples = isIn(CAF) && isFixed() ? s.nb_frames() : 0;
    if (avformat.avformat_find_stream_info(container, (AVDictionary) null) < 0) {
      throw unknown();
    }
    declared = duration > 0 ? inSamples(duration) : samples;
    // Matroska says it of all streams together: pictures may last longer than the sound.
    boolean soundAlone = isIn(MATROSKA) && found == container.nb_streams();
    seconds = soundAlone && whole > 0 ? (double) whole / avutil.AV_TIME_BASE : 0;
  }

  private boolean isIn(String format) {
    return container.iformat().name().getString().equals(format);
  }

  /** Has every sample the same number of bytes? */
  private boolean isFixed() {
    int codec = container.streams(stream).codecpar().codec_id();
    return avcodec.av_get_exact_bits_per_sample(codec) > 0;
  }

  private void openDecoder() {
    AVCodecParameters parameters = container.streams(stream).codecpar();
    AVCodec codec = avcodec.avcodec_find_decoder(parameters.codec_id());
    if (codec == null || codec.isNull()) {
      throw unknown();
    }
    AVCodecDescriptor kind = avcodec.avcodec_descriptor_get(parameters.codec_id());
    lossless =
        (kind.props() & avcodec.AV_CODEC_PROP_LOSSLESS) != 0
            && (kind.props() & avcodec.AV_CODEC_PROP_LOSSY) == 0;
    decoder = avcodec.avcodec_alloc_context3(codec);
    avcodec.avcodec_parameters_to_context(decoder, parameters);
    decoder.pkt_timebase(container.streams(stream).time_base());
    decoder.thread_count(1);
    if (lossless) {
      decoder.err_recognition(avcodec.AV_EF_CRCCHECK | avcodec.AV_EF_EXPLODE);
    } else if (isCounted()) {
      // FFmpeg 7.1 takes too much from the end of a short Vorbis file.
      decoder.flags2(decoder.flags2() | avcodec.AV_CODEC_FLAG2_SKIP_MANUAL);
    }
    if (avcodec.avcodec_open2(decoder, codec, (AVDictionary) null) < 0) {
      throw unknown();
    }
    channels = decoder.ch_layout().nb_channels();
    sampleRate = decoder.sample_rate();
  }

  private boolean isCounted() {
    return COUNTED.contains(container.iformat().name().getString());
  }

  /** Finds out how many samples there are. */
  private void measure() {
    if (isIn(OGG) && !OggEnd.isMarked(file())) {
      doubt = "the last page is not marked as such: the file may be cut short";
    }
    if (lossless && declared > 0 && isWhole()) {
      frames = declared;
      return;
    }
    if (!lossless && isCounted()) {
      countPackets();
    } else {
      start(); // the end was looked at
      countSamples();
      start();
    }
    double there = (double) frames / sampleRate;
    if (there < seconds - ROUNDED_SECONDS) { // not refused: some writers have it wrong
      doubt =
          String.format(
              Locale.ROOT,
              "the header says %.2f s, %.2f s are there: the file may be cut short",
              seconds,
              there);
    }
    if (frames <= 0) {
      throw new InputException(file(), "data: 0 samples", "record or export it again");
    }
  }

  /** Does the last block end where the header says? */
  private boolean isWhole() {
    if (!seek(declared - 1)) {
      return false;
    }
    long end = 0;
    while (readPacket()) {
      end = Math.max(end, inSamples(packet.pts() - begin() + packet.duration()));
      avcodec.av_packet_unref(packet);
    }
    return end == declared && seek(0);
  }

  private void countPackets() {
    long begin = Long.MAX_VALUE;
    long end = 0;
    long sum = 0;
    long largest = 0;
    long tail = 0;
    while (readPacket()) {
      sum += packet.duration();
      largest = Math.max(largest, packet.duration());
      if (packet.pts() != avutil.AV_NOPTS_VALUE) {
        begin = Math.min(begin, packet.pts());
        end = Math.max(end, packet.pts() + packet.duration());
      }
      tail = tailOfPacket();
      avcodec.av_packet_unref(packet);
    }
    // FFmpeg takes some packets of Vorbis for shorter than they are, but knows when they are
    // played.
    requireDeclared(inSamples(Math.max(sum, end)), inSamples(largest));
    start();
    boolean unused = nextFrame();
    long lead = leadOfFrame();
    frameStart = -lead;
    // What is played before time 0 is not part of the sound; a stream may begin later than that.
    frames = inSamples(end > 0 ? end - Math.max(0, begin) : sum);
    if (decoder.codec_id() == avcodec.AV_CODEC_ID_MP3) {
      frames -= lead + tail; // elsewhere the times are without them
    }
  }

  /** Samples that are to be left out at the end of a packet. */
  private long tailOfPacket() {
    try (SizeTPointer size = new SizeTPointer(1)) {
      BytePointer data =
          avcodec.av_packet_get_side_data(packet, avcodec.AV_PKT_DATA_SKIP_SAMPLES, size);
      return skip(data, size.get(), Integer.BYTES);
    }
  }

  /** Samples that are to be left out at the beginning of what was decoded first. */
  private long leadOfFrame() {
    AVFrameSideData side = avutil.av_frame_get_side_data(frame, avutil.AV_FRAME_DATA_SKIP_SAMPLES);
    return side == null || side.isNull() ? 0 : skip(side.data(), side.size(), 0);
  }

  private static long skip(BytePointer data, long size, int at) {
    return data == null || data.isNull() || size < 2 * Integer.BYTES
        ? 0
        : data.capacity(size).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getInt(at);
  }

  private void countSamples() {
    int largest = 0;
    while (nextFrame()) {
      frames += frameSamples;
      largest = Math.max(largest, frameSamples);
    }
    requireDeclared(frames, largest);
  }

  /** Some headers round up to whole blocks. */
  private void requireDeclared(long there, long block) {
    long missing = !isFixed() && (!lossless || isIn(CAF)) ? block - 1 : 0;
    if (declared > 0 && there + missing < declared) {
      throw cutShort(there);
    }
  }

  private long inSamples(long time) {
    AVRational unit = container.streams(stream).time_base();
    long rate = sampleRate > 0 ? sampleRate : container.streams(stream).codecpar().sample_rate();
    return Math.round((double) time * unit.num() * rate / unit.den());
  }

  /** When the first sample is played. */
  private long begin() {
    long begin = container.streams(stream).start_time();
    return begin == avutil.AV_NOPTS_VALUE ? 0 : begin;
  }

  /** Goes to the packet with a sample, or before it; false if that cannot be done. */
  private boolean seek(long sample) {
    AVRational unit = container.streams(stream).time_base();
    if (unit.num() != 1
        || unit.den() != sampleRate
        || avformat.av_seek_frame(
                container, stream, begin() + sample, avformat.AVSEEK_FLAG_BACKWARD)
            < 0) {
      return false;
    }
    avcodec.avcodec_flush_buffers(decoder);
    frameStart = sample;
    frameSamples = 0;
    sought = true;
    return true;
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
    if (note == null || doubt == null) {
      return note == null ? doubt : note;
    }
    return note + "; " + doubt;
  }

  @Override
  protected void read(long from, float[][] into, int offset, int n) {
    long reached = frameStart + frameSamples;
    if (lossless && from - reached > (long) SEEK_SECONDS * sampleRate) {
      toBlockOf(from);
    }
    int done = 0;
    while (done < n) {
      long at = from + done;
      if (at >= frameStart + frameSamples) {
        if (!nextFrame()) {
          if (lossless || frames - at > sampleRate / 10) {
            throw cutShort(frameStart + frameSamples);
          }
          // Less than the last frame of a codec: silence.
          for (float[] channel : into) {
            if (channel != null) {
              Arrays.fill(channel, offset + done, offset + n, 0);
            }
          }
          return;
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

  /** Passes over what lies before, without decoding it where the container can. */
  private void toBlockOf(long sample) {
    boolean there = seek(sample) && nextFrame() && frameStart <= sample;
    if (!there) {
      start();
    }
  }

  /** Decodes what comes next; false at the end. */
  private boolean nextFrame() {
    frameStart += frameSamples;
    frameSamples = 0;
    int got = avcodec.avcodec_receive_frame(decoder, frame);
    while (got == avutil.AVERROR_EAGAIN()) {
      int sent;
      if (readPacket()) {
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
      throw new InputException(
          file(), "data: channels or sample rate change in the middle", CONVERT);
    }
    if (sought) {
      if (frame.pts() == avutil.AV_NOPTS_VALUE) {
        return false; // nobody knows what was reached
      }
      frameStart = inSamples(frame.pts() - begin());
      sought = false;
    }
    frameSamples = frame.nb_samples();
    return true;
  }

  /** Reads the next packet of the stream; false at the end. */
  private boolean readPacket() {
    int read = avformat.av_read_frame(container, packet);
    while (read >= 0 && packet.stream_index() != stream) {
      avcodec.av_packet_unref(packet);
      read = avformat.av_read_frame(container, packet);
    }
    if (read < 0 && read != avutil.AVERROR_EOF) {
      throw damaged();
    }
    return read >= 0;
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
        String.format(
            Locale.ROOT,
            "data: damaged or cut short after %.2f s",
            Math.max(0, (double) frameStart / Math.max(1, sampleRate))),
        KEEP);
  }

  private InputException cutShort(long there) {
    return new InputException(
        file(),
        "data: %d samples are declared, %d are there: the file is cut short"
            .formatted(Math.max(frames, declared), there),
        KEEP);
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
      avformat.avformat_close_input(container);
      container = null;
    }
  }
}
