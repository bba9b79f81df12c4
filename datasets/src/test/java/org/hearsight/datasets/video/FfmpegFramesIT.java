package org.hearsight.datasets.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.hearsight.core.error.InputException;
import org.hearsight.core.vision.Panorama;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames of H.264 videos at given moments. */
class FfmpegFramesIT {
  private static final int FRAMES = 200;

  @TempDir private static Path folder;
  private static Path video;

  /** Frame i is a grey of its own; neighbours are four levels apart, more than coding loses. */
  @BeforeAll
  static void write() throws IOException {
    video = folder.resolve("fold3_room1_mix001.mp4");
    TestVideo.write(video, FRAMES, i -> TestVideo.plain(128, grey(i)));
  }

  private static Color grey(int frame) {
    int level = 20 + 4 * (frame % 50);
    return new Color(level, level, level);
  }

  @Test
  void theFrameOfAMomentWhateverWasAskedBefore() {
    try (FfmpegFrames frames = FfmpegFrames.open(video)) {
      assertThat(frames.seconds()).isCloseTo(FRAMES / TestVideo.FRAMES_PER_SECOND, within(0.05));
      for (int i : new int[] {0, 150, 3, 59, 60, 61, 199, 149, 120, 1, 119, 77}) {
        Panorama picture = frames.at(i / TestVideo.FRAMES_PER_SECOND);

        assertThat(picture.width()).isEqualTo(128);
        assertThat(meanGreen(picture)).as("frame " + i).isCloseTo(grey(i).getGreen(), within(1.9));
      }
    }
  }

  @Test
  void theLastFrameStays() {
    try (FfmpegFrames frames = FfmpegFrames.open(video)) {
      assertThat(meanGreen(frames.at(frames.seconds() + 1)))
          .isCloseTo(grey(FRAMES - 1).getGreen(), within(1.9));
    }
  }

  @Test
  void coloursAreWhereTheyWere() throws IOException {
    Path file = folder.resolve("colours.mp4");
    TestVideo.write(
        file,
        8,
        i -> {
          int[] pixels = new int[128 * 64];
          for (int p = 0; p < pixels.length; p++) {
            pixels[p] = p / 128 < 32 ? 0x2040E0 : p % 128 < 64 ? 0xD02020 : 0x20B030;
          }
          return new Panorama(128, 64, pixels);
        });
    try (FfmpegFrames frames = FfmpegFrames.open(file)) {
      Panorama picture = frames.at(0.1);
      near(picture.pixels()[10 * 128 + 20], 0x2040E0);
      near(picture.pixels()[50 * 128 + 20], 0xD02020);
      near(picture.pixels()[50 * 128 + 100], 0x20B030);
    }
  }

  @Test
  void whatIsNoPanoramaIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.mp4"), "no video at all");
    assertThatThrownBy(() -> FfmpegFrames.open(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("text.mp4: is not a video or damaged");
    assertThatThrownBy(() -> FfmpegFrames.open(folder.resolve("absent.mp4")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("absent.mp4: does not exist");
    Path half = folder.resolve("half.mp4");
    byte[] whole = Files.readAllBytes(video);
    Files.write(half, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> FfmpegFrames.open(half)).isInstanceOf(InputException.class);
  }

  private static double meanGreen(Panorama picture) {
    return Arrays.stream(picture.pixels()).map(p -> p >> 8 & 255).average().orElseThrow();
  }

  private static void near(int pixel, int expected) {
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(pixel >> shift & 255)
          .as(Integer.toHexString(pixel))
          .isCloseTo(expected >> shift & 255, within(20));
    }
  }
}
