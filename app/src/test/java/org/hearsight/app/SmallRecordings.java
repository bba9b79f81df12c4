package org.hearsight.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaEncoder;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.seld.SeldCsv;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.core.seld.SeldEvent;

/** Four recordings of 15 s in STARSS23's layout, with real H.264 videos; one is without. */
final class SmallRecordings {
  private static final int FRAMES = 150;
  private static final int WIDTH = 480;
  private static final int HEIGHT = 240;
  private static final double FRAMES_PER_SECOND = 30000 / 1001.0;
  private static final int[] QUARTERS = {0xC03030, 0x30A040, 0x3040C0, 0x808080};

  private SmallRecordings() {}

  static void write(Path root) throws IOException {
    write(root, true);
  }

  /** The same without any video. */
  static void writeSounds(Path root) throws IOException {
    write(root, false);
  }

  private static void write(Path root, boolean videos) throws IOException {
    recording(root, "dev-train-sony/fold3_room21_mix013", 1, "male_speech", "footsteps", videos);
    recording(root, "dev-train-tau/fold3_room4_mix001", 2, "footsteps", "female_speech", videos);
    recording(root, "dev-train-sony/fold3_room21_mix001", 3, "knock", "male_speech", false);
    recording(root, "dev-test-tau/fold4_room2_mix001", 4, "footsteps", "laughter", videos);
  }

  /**
   * The first event, moving, from 0 to 6 s; a bell until 11 s; the second, standing, to the end.
   */
  private static void recording(
      Path root, String name, int seed, String first, String second, boolean video)
      throws IOException {
    List<SeldEvent> events = new ArrayList<>();
    for (int f = 0; f < 60; f++) {
      events.add(event(f, first, 70.0 * seed + 0.5 * f, -8, 2 + 0.01 * f));
    }
    for (int f = 60; f < 110; f++) {
      events.add(event(f, "bell", 30, 15, 1.8));
    }
    for (int f = 110; f < FRAMES; f++) {
      events.add(event(f, second, -60.0 * seed, 3, 2.7));
    }
    SeldCsv.write(root.resolve("metadata_dev/" + name + ".csv"), events);
    Wav.write(root.resolve("foa_dev/" + name + ".wav"), sound(events, seed), Encoding.PCM_16);
    if (video) {
      Path file = root.resolve("video_dev/" + name + ".mp4");
      Files.createDirectories(file.getParent());
      video(file);
    }
  }

  private static SeldEvent event(int f, String name, double azimuth, double up, double metres) {
    double whole = Math.rint(Direction.wrap(azimuth));
    return new SeldEvent(
        f, SeldDataset.STARSS23_CLASSES.indexOf(name), 0, whole, up, Math.rint(100 * metres) / 100);
  }

  private static Audio sound(List<SeldEvent> events, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] foa = new float[Foa.CHANNELS][FRAMES * Foa.LABEL_FRAME_SAMPLES];
    for (SeldEvent e : events) {
      float[] gains = FoaEncoder.gains(e.direction());
      int from = e.frame() * Foa.LABEL_FRAME_SAMPLES;
      for (int i = from; i < from + Foa.LABEL_FRAME_SAMPLES; i++) {
        double sample = 0.1 * random.nextGaussian();
        for (int c = 0; c < Foa.CHANNELS; c++) {
          foa[c][i] = (float) (gains[c] * sample);
        }
      }
    }
    return new Audio(Foa.SAMPLE_RATE, foa);
  }

  private static void video(Path file) throws IOException {
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), WIDTH, HEIGHT);
        Frame frame = new Frame(WIDTH, HEIGHT, Frame.DEPTH_UBYTE, 3)) {
      recorder.setFormat("mp4");
      recorder.setVideoCodec(avcodec.AV_CODEC_ID_H264);
      recorder.setVideoCodecName("libopenh264");
      recorder.setFrameRate(FRAMES_PER_SECOND);
      recorder.setVideoBitrate(1_000_000);
      recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
      recorder.start();
      paint(frame);
      for (int i = 0; i < FRAMES / 10 * FRAMES_PER_SECOND; i++) {
        recorder.record(frame, avutil.AV_PIX_FMT_RGB24);
      }
    }
  }

  private static void paint(Frame frame) {
    ByteBuffer bytes = (ByteBuffer) frame.image[0];
    for (int y = 0; y < HEIGHT; y++) {
      bytes.position(y * frame.imageStride);
      for (int x = 0; x < WIDTH; x++) {
        int p = QUARTERS[quarter(180 - (x + 0.5) * 360 / WIDTH)];
        bytes.put((byte) (p >> 16)).put((byte) (p >> 8)).put((byte) p);
      }
    }
  }

  private static int quarter(double azimuth) {
    return Math.floorMod((int) Math.floor(azimuth / 90), 4);
  }

  /** Does a colour (red, green, blue in [0, 1]) belong to the quarter of an azimuth? */
  static boolean isOfQuarter(float[] colour, double azimuth) {
    int expected = QUARTERS[quarter(azimuth)];
    for (int c = 0; c < 3; c++) {
      if (Math.abs(colour[c] * 255 - (expected >> (16 - 8 * c) & 255)) > 25) {
        return false;
      }
    }
    return true;
  }
}
