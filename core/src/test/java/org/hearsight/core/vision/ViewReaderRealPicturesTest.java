package org.hearsight.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearsight.core.vision.ViewReader.Options;
import org.hearsight.core.vision.ViewReader.Seen;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures of real cameras, which may not be passed on: skipped where they are not at hand. */
class ViewReaderRealPicturesTest {
  @ParameterizedTest
  @ValueSource(strings = {"0000000005", "0000000050"})
  void kittisLidarShowsTheRoadAtTheHeightOfItsCamera(String name) {
    // KITTI's colour camera stands 1.65 m above the road; its focal length is 707.05 pixels.
    double hfov = Math.toDegrees(2 * Math.atan(1242 / 2.0 / 707.05));

    Seen seen =
        ViewReader.read(
            Options.NOTHING
                .withRgb(shared(name + "_rgb.png"))
                .withDepth(shared(name + "_depth16.png"))
                .withHfovDegrees(hfov)
                .withDepthScale(256));

    assertThat(seen.notes())
        .anyMatch(n -> n.contains("sparse"))
        .anyMatch(n -> n.matches(".*ground found 1\\.(5[5-9]|6\\d|7[0-5]) m below.*"));
    assertThat(seen.view().occlusionLevel()).isBetween(0.08f, 0.4f);
    // The road straight ahead is open, 20 rows below the horizon.
    assertThat(seen.view().occlusion()[132 * View.SIZE + 112]).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nyu_00000", "nyu_00050"})
  void aRoomHasAFloorAndMostOfItOccludes(String name) {
    double hfov = Math.toDegrees(2 * Math.atan(640 / 2.0 / 518.86));

    Seen seen =
        ViewReader.read(
            Options.NOTHING
                .withRgb(shared(name + "_rgb.jpg"))
                .withDepth(shared(name + "_depth16.png"))
                .withHfovDegrees(hfov));

    assertThat(seen.notes()).anyMatch(n -> n.contains("ground found 1."));
    assertThat(seen.view().occlusionLevel()).isBetween(0.45f, 0.75f);
  }

  /** As a depth camera of its own has it: floats, of another size, of half the field of view. */
  @ParameterizedTest
  @ValueSource(strings = {"nyu_00000", "nyu_00050"})
  void theSameDepthAsFloatsOfAnotherSizeGivesTheSameView(String name) {
    double edge = 320 / 518.86;
    Options rgb =
        Options.NOTHING
            .withRgb(shared(name + "_rgb.jpg"))
            .withHfovDegrees(Math.toDegrees(2 * Math.atan(edge)));
    Path stored = shared(name + "_depth16.png");
    DepthMap depth = DepthMap.read(Picture.read(stored));

    View whole = ViewReader.read(rgb.withDepth(stored)).view();
    View floats = ViewReader.read(rgb.withDepth(pfm(depth, 0, 0, 1))).view();
    View small =
        ViewReader.read(
                rgb.withDepth(pfm(depth, 0, 0, 2))
                    .withDepthHfovDegrees(Math.toDegrees(2 * Math.atan(edge))))
            .view();
    View middle =
        ViewReader.read(
                rgb.withDepth(pfm(depth, 160, 120, 1))
                    .withDepthHfovDegrees(Math.toDegrees(2 * Math.atan(edge / 2))))
            .view();

    assertThat(floats.depth()).isEqualTo(whole.depth());
    assertThat(floats.occlusion()).isEqualTo(whole.occlusion());
    assertThat(small.occlusionLevel()).isCloseTo(whole.occlusionLevel(), within(0.03f));
    int seen = 0;
    int equal = 0;
    for (int i = 0; i < whole.depth().length; i++) {
      seen += middle.depth()[i] > 0 ? 1 : 0;
      equal += middle.depth()[i] > 0 && middle.depth()[i] == whole.depth()[i] ? 1 : 0;
    }
    assertThat(seen).isGreaterThan(2000);
    // A ray on the border of two pixels may fall into either.
    assertThat(equal).isGreaterThan(seen * 99 / 100);
  }

  /** Metres as a portable float map, without {@code left} and {@code top} pixels on each side. */
  private static Picture pfm(DepthMap depth, int left, int top, int step) {
    int width = (depth.width() - 2 * left) / step;
    int height = (depth.height() - 2 * top) / step;
    byte[] header = "Pf %d %d 1\n".formatted(width, height).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file = ByteBuffer.allocate(header.length + 4 * width * height).put(header);
    for (int row = height - 1; row >= 0; row--) {
      for (int column = 0; column < width; column++) {
        int at = (top + row * step) * depth.width() + left + column * step;
        file.putFloat((float) (depth.values()[at] / 1000.0));
      }
    }
    return new Picture("depth.pfm", file.array());
  }

  private static Path shared(String name) {
    Path file = sharedFolder().resolve("images").resolve(name);
    assumeTrue(Files.exists(file), () -> "missing " + file);
    return file;
  }

  private static Path sharedFolder() {
    String given = System.getenv("HEARSIGHT_SHARED");
    if (given != null) {
      return Path.of(given);
    }
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("shared/golden"))) {
      folder = folder.getParent();
    }
    return folder == null ? Path.of("shared") : folder.resolve("shared");
  }
}
