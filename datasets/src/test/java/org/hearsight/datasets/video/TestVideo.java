package org.hearsight.datasets.video;

import java.awt.Color;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.hearsight.core.vision.Panorama;

/** Writes small 360° videos the way STARSS23 ships them: H.264 in MP4, 29.97 frames a second. */
public final class TestVideo {
  public static final double FRAMES_PER_SECOND = 30000 / 1001.0;

  private TestVideo() {}

  /** Encodes {@code frames} pictures of equal size. */
  public static void write(Path file, int frames, IntFunction<Panorama> pictures)
      throws IOException {
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    Panorama first = pictures.apply(0);
    try (FFmpegFrameRecorder recorder =
        new FFmpegFrameRecorder(file.toFile(), first.width(), first.height())) {
      recorder.setFormat("mp4");
      recorder.setVideoCodec(avcodec.AV_CODEC_ID_H264);
      recorder.setVideoCodecName("libopenh264");
      recorder.setFrameRate(FRAMES_PER_SECOND);
      recorder.setVideoBitrate(2_000_000);
      recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
      recorder.setGopSize(60);
      recorder.start();
      for (int i = 0; i < frames; i++) {
        try (Frame frame = frame(pictures.apply(i))) {
          recorder.record(frame, avutil.AV_PIX_FMT_RGB24);
        }
      }
    }
  }

  /** A panorama of one colour. */
  public static Panorama plain(int width, Color colour) {
    int[] pixels = new int[width * width / 2];
    java.util.Arrays.fill(pixels, colour.getRGB() & 0xFFFFFF);
    return new Panorama(width, width / 2, pixels);
  }

  private static Frame frame(Panorama picture) {
    Frame frame = new Frame(picture.width(), picture.height(), Frame.DEPTH_UBYTE, 3);
    ByteBuffer bytes = (ByteBuffer) frame.image[0];
    for (int y = 0; y < picture.height(); y++) {
      bytes.position(y * frame.imageStride);
      for (int x = 0; x < picture.width(); x++) {
        int p = picture.pixels()[y * picture.width() + x];
        bytes.put((byte) (p >> 16)).put((byte) (p >> 8)).put((byte) p);
      }
    }
    return frame;
  }
}
