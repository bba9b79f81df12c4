package org.hearsight.datasets.video;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.vision.Panorama;
import org.hearsight.core.vision.VideoFrames;

/**
 * Frames of a 360° video file, decoded by FFmpeg: any container and codec it knows, H.264 in MP4
 * among them.
 */
public final class FfmpegFrames implements VideoFrames {
  private static final double MICROS = 1e6;

  private final Path file;
  private final FFmpegFrameGrabber grabber;
  private final double seconds;
  private final double frameSeconds;

  private FfmpegFrames(Path file, FFmpegFrameGrabber grabber) {
    this.file = file;
    this.grabber = grabber;
    this.seconds = grabber.getLengthInTime() / MICROS;
    this.frameSeconds = 1 / grabber.getFrameRate();
  }

  /**
   * Opens a video.
   *
   * @throws InputException as {@link InputFile#size}, or if the file is not a video or not twice as
   *     wide as high
   */
  public static FfmpegFrames open(Path file) {
    long unused = InputFile.size(file); // FFmpeg would wait for a pipe without end
    FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile());
    boolean opened = false;
    try {
      // What is wrong with a file is said here, in one line.
      avutil.av_log_set_level(avutil.AV_LOG_QUIET);
      grabber.setPixelFormat(avutil.AV_PIX_FMT_RGB24);
      // The sound of the video is a stereo mix-down; the recording has a file of its own.
      grabber.setOption("an", "1");
      grabber.start();
      int width = grabber.getImageWidth();
      int height = grabber.getImageHeight();
      if (width < 2 || height < 1 || !(grabber.getFrameRate() > 0)) {
        throw new InputException(file, "holds no pictures", "give a 360° video");
      }
      if (width != 2 * height) {
        throw new InputException(
            file,
            "size: %d x %d pixels, expected twice as wide as high".formatted(width, height),
            "give a 360° video in equirectangular projection");
      }
      FfmpegFrames frames = new FfmpegFrames(file, grabber);
      opened = true;
      return frames;
    } catch (FrameGrabber.Exception e) {
      throw new InputException(
          file,
          "is not a video or damaged",
          "unpack video_dev.zip again, or move the file away",
          e);
    } finally {
      if (!opened) {
        close(grabber);
      }
    }
  }

  @Override
  public double seconds() {
    return seconds;
  }

  @Override
  public Panorama at(double moment) {
    if (!(moment >= 0)) {
      throw new IllegalArgumentException("moment " + moment + " s lies before the start");
    }
    // From here on the next frame is too late; the one before may still be on its way.
    double from = Math.min(moment, Math.max(0, seconds - frameSeconds)) - frameSeconds / 2;
    try {
      grabber.setTimestamp(Math.max(0, Math.round((from - frameSeconds) * MICROS)));
      Panorama last = null;
      for (Frame f = grabber.grabImage(); f != null; f = grabber.grabImage()) {
        if (f.timestamp >= from * MICROS) {
          return picture(f);
        }
        // The stream may end a frame earlier than its header says.
        if (f.timestamp >= (seconds - 4 * frameSeconds) * MICROS) {
          last = picture(f);
        }
      }
      if (last != null) {
        return last;
      }
    } catch (FrameGrabber.Exception e) {
      throw damaged(moment, e);
    }
    throw damaged(moment, null);
  }

  private InputException damaged(double moment, Exception e) {
    return new InputException(
        file,
        String.format(Locale.ROOT, "no picture at %.2f s of %.2f s", moment, seconds),
        "unpack video_dev.zip again, or move the file away",
        e);
  }

  private static Panorama picture(Frame frame) {
    int w = frame.imageWidth;
    int h = frame.imageHeight;
    int[] pixels = new int[w * h];
    ByteBuffer bytes = (ByteBuffer) frame.image[0];
    byte[] row = new byte[3 * w];
    for (int y = 0; y < h; y++) {
      bytes.position(y * frame.imageStride);
      bytes.get(row);
      for (int x = 0; x < w; x++) {
        pixels[y * w + x] =
            (row[3 * x] & 255) << 16 | (row[3 * x + 1] & 255) << 8 | (row[3 * x + 2] & 255);
      }
    }
    return new Panorama(w, h, pixels);
  }

  @Override
  public void close() {
    close(grabber);
  }

  private static void close(FFmpegFrameGrabber grabber) {
    try {
      grabber.close();
    } catch (FrameGrabber.Exception e) {
      throw new IllegalStateException("FFmpeg does not let go of a video", e);
    }
  }
}
