package org.hearsight.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
