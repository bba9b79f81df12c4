package org.hearsight.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.error.InputException;
import org.hearsight.core.vision.ViewReader.Options;
import org.hearsight.core.vision.ViewReader.Seen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViewReaderTest {
  private static final int SIZE = View.SIZE;

  @Test
  void aPictureOfTheModelsOwnCameraIsKeptPixelForPixel() {
    SplittableRandom random = new SplittableRandom(1);
    int[] pixels = random.ints((long) SIZE * SIZE, 0, 1 << 24).toArray();

    Seen seen = ViewReader.read(Options.NOTHING.withRgb(rgb(pixels, SIZE, SIZE)));

    assertThat(StoredView.pixels(seen.view())).isEqualTo(pixels);
  }

  @Test
  void shrinkingAveragesAreas() {
    int n = 4 * SIZE;
    int[] pixels = new int[n * n];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i % n + i / n) % 2 == 0 ? 0xffffff : 0;
    }

    View view = ViewReader.read(Options.NOTHING.withRgb(rgb(pixels, n, n))).view();

    for (float v : view.rgb()) {
      assertThat(v).isCloseTo(0.5f, within(1e-5f));
    }
  }

  @Test
  void enlargingIsSmooth() {
    int[] pixels = {0x000000, 0xff0000, 0x000000, 0xff0000};

    float[] red = ViewReader.read(Options.NOTHING.withRgb(rgb(pixels, 2, 2))).view().rgb();

    for (int u = 1; u < SIZE; u++) {
      assertThat(red[u] - red[u - 1]).isBetween(-1e-6f, 1 / 100f);
    }
    assertThat(red[0]).isZero();
    assertThat(red[SIZE - 1]).isEqualTo(1);
  }

  @Test
  void aNarrowCameraFillsOnlyItsFieldOfView() {
    int[] white = new int[320 * 240];
    Arrays.fill(white, 0xffffff);
    double hfov = 60;

    View view =
        ViewReader.read(Options.NOTHING.withRgb(rgb(white, 320, 240)).withHfovDegrees(hfov)).view();

    double half = Math.tan(Math.toRadians(hfov / 2)) * SIZE / 2;
    for (int v = 0; v < SIZE; v++) {
      for (int u = 0; u < SIZE; u++) {
        boolean inside =
            Math.abs(u + 0.5 - SIZE / 2.0) < half && Math.abs(v + 0.5 - SIZE / 2.0) < half * 0.75;
        assertThat(view.rgb()[v * SIZE + u]).isCloseTo(inside ? 1 : 0, within(1e-5f));
      }
    }
  }

  @Test
  void aWideCameraIsCroppedAtTheRightAngle() {
    // A red line 30° to the left in a 120° picture.
    int n = 1200;
    double f = n / 2.0 / Math.tan(Math.toRadians(60));
    int column = (int) (n / 2.0 - f * Math.tan(Math.toRadians(30)));
    int[] pixels = new int[n * n];
    for (int y = 0; y < n; y++) {
      Arrays.fill(pixels, y * n + column - 2, y * n + column + 3, 0xff0000);
    }

    View view =
        ViewReader.read(Options.NOTHING.withRgb(rgb(pixels, n, n)).withHfovDegrees(120)).view();

    int brightest = 0;
    for (int u = 0; u < SIZE; u++) {
      brightest = view.rgb()[u] > view.rgb()[brightest] ? u : brightest;
    }
    double angle = Math.toDegrees(Math.atan((SIZE / 2.0 - brightest - 0.5) / (SIZE / 2.0)));
    assertThat(angle).isCloseTo(30, within(0.5));
  }

  @Test
  void depthIsNeverAveragedAcrossAnEdge() {
    int n = 500;
    float[] metres = new float[n * n];
    for (int i = 0; i < metres.length; i++) {
      metres[i] = i % n < 251 ? 2 : 20;
    }

    View view = ViewReader.read(Options.NOTHING.withDepth(depth(metres, n, n))).view();

    for (float d : view.depth()) {
      assertThat(d == 2f || d == 20f).isTrue();
    }
  }

  @Test
  void depthScaleIsValuesPerMetre() {
    float[] metres = new float[SIZE * SIZE];
    Arrays.fill(metres, 2.56f);

    View view =
        ViewReader.read(Options.NOTHING.withDepth(depth(metres, SIZE, SIZE)).withDepthScale(256))
            .view();

    assertThat(view.depth()).containsOnly(10f);
  }

  @ParameterizedTest
  @CsvSource({
    "224, 224, 90, 1.6, 0",
    "640, 480, 60, 1.2, 0",
    "1242, 375, 82.6, 1.65, 0",
    "640, 480, 63, 1.4, 15",
    "400, 400, 110, 2.5, -4"
  })
  void occlusionDerivedFromDepthFindsTheWallAndLeavesTheGround(
      int width, int height, double hfov, double cameraHeight, double pitch) {
    BoxScene scene = new BoxScene(width, height, hfov, cameraHeight, pitch);
    Options camera = Options.NOTHING.withHfovDegrees(hfov);
    View truth =
        ViewReader.read(camera.withOcclusion(gray(scene.occlusion(), width, height))).view();

    Seen seen = ViewReader.read(camera.withDepth(depth(scene.depth(), width, height)));

    assertThat(seen.notes()).anyMatch(n -> n.contains("ground found"));
    assertThat(seen.view().occlusionLevel())
        .isCloseTo(truth.occlusionLevel(), within(0.05f * truth.occlusionLevel() + 0.003f));
    int wrong = 0;
    for (int i = 0; i < SIZE * SIZE; i++) {
      wrong += Math.abs(seen.view().occlusion()[i] - truth.occlusion()[i]) > 0.5 ? 1 : 0;
    }
    // The wall's outline, and its lowest decimetre, which ground may reach as well.
    assertThat(wrong).isLessThan(SIZE * SIZE / 200);
  }

  @Test
  void aSparseLidarMapGivesNearlyTheSameOcclusionAsADenseOne() {
    BoxScene scene = new BoxScene(1242, 375, 82.6, 1.65, 0);
    float[] dense = scene.depth();
    SplittableRandom random = new SplittableRandom(2);
    float[] sparse = dense.clone();
    for (int i = 0; i < sparse.length; i++) {
      sparse[i] = random.nextDouble() < 0.2 ? dense[i] + (float) (0.05 * random.nextGaussian()) : 0;
      sparse[i] = dense[i] == 0 ? 0 : Math.max(0, sparse[i]);
    }
    Options camera = Options.NOTHING.withHfovDegrees(82.6);

    Seen expected = ViewReader.read(camera.withDepth(depth(dense, 1242, 375)));
    Seen seen = ViewReader.read(camera.withDepth(depth(sparse, 1242, 375)));

    assertThat(seen.notes()).anyMatch(n -> n.contains("sparse"));
    int differing = 0;
    int both = 0;
    for (int i = 0; i < SIZE * SIZE; i++) {
      if (expected.view().depth()[i] > 0 && seen.view().depth()[i] > 0) {
        both++;
        differing += seen.view().occlusion()[i] != expected.view().occlusion()[i] ? 1 : 0;
      }
    }
    assertThat(both).isGreaterThan(5000);
    assertThat(differing).isLessThan(both / 25);
  }

  @Test
  void aWallThatFillsTheViewHasNoGround() {
    float[] wall = new float[SIZE * SIZE];
    Arrays.fill(wall, 3);

    Seen seen = ViewReader.read(Options.NOTHING.withDepth(depth(wall, SIZE, SIZE)));

    assertThat(seen.notes()).anyMatch(n -> n.contains("no ground found"));
    assertThat(seen.view().occlusionLevel()).isEqualTo(1);
  }

  /** 0 and the largest value are what cameras write where they measured nothing. */
  @Test
  void theSmallestAndTheLargestDepthAreUnknown() {
    float[] holes = new float[SIZE * SIZE];
    Arrays.fill(holes, 3);
    float[] largest = holes.clone();
    for (int row = 0; row < SIZE / 4; row++) {
      Arrays.fill(holes, row * SIZE, row * SIZE + SIZE / 2, 0);
      Arrays.fill(largest, row * SIZE, row * SIZE + SIZE / 2, 65.535f);
    }

    Seen zero = ViewReader.read(Options.NOTHING.withDepth(depth(holes, SIZE, SIZE)));
    Seen full = ViewReader.read(Options.NOTHING.withDepth(depth(largest, SIZE, SIZE)));

    assertThat(full.view().depth()).isEqualTo(zero.view().depth());
    assertThat(full.view().occlusion()).isEqualTo(zero.view().occlusion());
    assertThat(full.notes()).isEqualTo(zero.notes()).anyMatch(n -> n.contains("empty in 13 %"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 100_000})
  void aDepthScaleThatCannotBeRightIsNoted(double scale) {
    float[] wall = new float[SIZE * SIZE];
    Arrays.fill(wall, 3);
    Options options = Options.NOTHING.withDepth(depth(wall, SIZE, SIZE));

    assertThat(ViewReader.read(options.withDepthScale(scale)).notes())
        .anyMatch(n -> n.endsWith("is the depth scale right?"));
    assertThat(ViewReader.read(options).notes()).noneMatch(n -> n.contains("scale"));
  }

  @Test
  void picturesAreSeenAsViewersShowThem() {
    Seen up = ViewReader.read(Options.NOTHING.withRgb(shown("q_up.jpg")));
    for (String turned : List.of("q_exif3.jpg", "q_exif6.jpg")) {
      Seen seen = ViewReader.read(Options.NOTHING.withRgb(shown(turned)));
      double sum = 0;
      for (int i = 0; i < up.view().rgb().length; i++) {
        sum += Math.abs(up.view().rgb()[i] - seen.view().rgb()[i]);
      }
      assertThat(sum / up.view().rgb().length).as(turned).isLessThan(0.01);
      assertThat(seen.notes()).anyMatch(n -> n.startsWith("picture: turned as its EXIF"));
    }
    assertThat(up.notes()).noneMatch(n -> n.contains("EXIF"));
  }

  private static Path shown(String name) {
    return Path.of("src/test/resources/cases/orientation").resolve(name);
  }

  @Test
  void depthThatKnowsNothingIsNoDepth() {
    Picture empty = depth(new float[SIZE * SIZE], SIZE, SIZE);

    Seen seen = ViewReader.read(Options.NOTHING.withDepth(empty));

    assertThat(seen.view().occlusionLevel()).isEqualTo(1);
    assertThat(seen.notes()).anyMatch(n -> n.contains("depth: no pixel is known"));
  }

  @Test
  void withoutGroundWhatIsEmptyBelowTheHorizonIsUnknown() {
    float[] metres = new float[SIZE * SIZE];
    // A wall in the middle rows of the right half, nothing measured elsewhere.
    for (int row = SIZE / 4; row < SIZE / 2; row++) {
      Arrays.fill(metres, row * SIZE + SIZE / 2, (row + 1) * SIZE, 3);
    }

    View view = ViewReader.read(Options.NOTHING.withDepth(depth(metres, SIZE, SIZE))).view();

    // A quarter of the upper half: the lower half does not count as open.
    assertThat(view.occlusionLevel()).isCloseTo(0.25f, within(0.02f));
  }

  @Test
  void farSurfacesDoNotOcclude() {
    float[] wall = new float[SIZE * SIZE];
    Arrays.fill(wall, 40);

    View view = ViewReader.read(Options.NOTHING.withDepth(depth(wall, SIZE, SIZE))).view();

    assertThat(view.occlusionLevel()).isZero();
  }

  @Test
  void pixelsOutsideTheSourceTakeTheLevelAndDoNotChangeIt() {
    float[] map = new float[100 * 100];
    Arrays.fill(map, 0, 3000, 1);

    View view =
        ViewReader.read(Options.NOTHING.withOcclusion(gray(map, 100, 100)).withHfovDegrees(50))
            .view();

    assertThat(view.occlusionLevel()).isCloseTo(0.3f, within(0.01f));
    assertThat(view.occlusion()[0]).isEqualTo(view.occlusionLevel());
    double mean = 0;
    for (float v : view.occlusion()) {
      mean += v / view.occlusion().length;
    }
    assertThat(mean).isCloseTo(view.occlusionLevel(), within(1e-4));
  }

  @Test
  void aGivenLevelOverridesTheMapsMean() {
    float[] map = new float[SIZE * SIZE];
    Options half = Options.NOTHING.withOcclusionLevel(0.5);

    View view = ViewReader.read(half.withOcclusion(gray(map, SIZE, SIZE))).view();
    View uniform = ViewReader.read(half).view();

    assertThat(view.occlusionLevel()).isEqualTo(0.5f);
    assertThat(view.occlusion()).containsOnly(0f);
    assertThat(uniform.occlusion()).containsOnly(0.5f);
  }

  @Test
  void nothingGivenIsBlindAndSaysSo() {
    Seen seen = ViewReader.read(Options.NOTHING);

    assertThat(seen.view().rgb()).isEqualTo(View.blind().rgb());
    assertThat(seen.view().depth()).isEqualTo(View.blind().depth());
    assertThat(seen.view().occlusion()).isEqualTo(View.blind().occlusion());
    assertThat(seen.view().occlusionLevel()).isEqualTo(1);
    assertThat(seen.notes()).hasSize(3).allMatch(n -> n.startsWith("no "));
  }

  @Test
  void depthOfAnotherCameraLiesOnThePicture() {
    BoxScene wide = new BoxScene(320, 200, 90, 1.6, 0);
    BoxScene narrow = new BoxScene(640, 480, 58, 1.6, 0);
    Options picture =
        Options.NOTHING.withRgb(rgb(new int[1920 * 1080], 1920, 1080)).withHfovDegrees(69);

    Seen own =
        ViewReader.read(
            Options.NOTHING.withDepth(depth(narrow.depth(), 640, 480)).withHfovDegrees(58));
    Seen beside =
        ViewReader.read(
            picture.withDepth(depth(narrow.depth(), 640, 480)).withDepthHfovDegrees(58));
    Seen other =
        ViewReader.read(picture.withDepth(depth(wide.depth(), 320, 200)).withDepthHfovDegrees(90));

    assertThat(beside.view().depth()).isEqualTo(own.view().depth());
    assertThat(beside.view().occlusion()).isEqualTo(own.view().occlusion());
    assertThat(beside.notes())
        .anyMatch(n -> n.startsWith("the given camera covers 26 %"))
        .anyMatch(n -> n.startsWith("the depth camera covers 23 %"));
    int both = 0;
    int near = 0;
    for (int i = 0; i < SIZE * SIZE; i++) {
      float a = beside.view().depth()[i];
      float b = other.view().depth()[i];
      if (a > 0 && b > 0) {
        both++;
        near += Math.abs(a - b) < 0.03 * a ? 1 : 0;
      }
    }
    assertThat(both).isGreaterThan(5000);
    // All but outlines and the far ground, where a pixel is metres deep.
    assertThat(near).isGreaterThan(both * 95 / 100);
  }

  @Test
  void unitsFollowTheKindOfNumbersUnlessOneIsGiven() {
    Path golden = Path.of("src/test/resources/golden/pictures");
    Options whole = Options.NOTHING.withDepth(golden.resolve("u16.npy"));
    Options floats = Options.NOTHING.withDepth(golden.resolve("f32.npy"));

    Seen metres = ViewReader.read(floats);

    assertThat(metres.notes()).contains("depth: floats, taken as metres");
    Seen millimetres = ViewReader.read(whole);
    assertThat(millimetres.notes()).contains("depth: whole numbers, taken as millimetres");
    assertThat(millimetres.view().depth()).isEqualTo(metres.view().depth());
    Seen told = ViewReader.read(floats.withDepthScale(100));
    assertThat(told.notes()).noneMatch(n -> n.contains("floats"));
    assertThat(told.view().depth()[SIZE * SIZE - 1])
        .isCloseTo(metres.view().depth()[SIZE * SIZE - 1] / 100, within(1e-6f));
  }

  /** What renderers write for the sky. */
  @ParameterizedTest
  @ValueSource(floats = {65504, 1e10f, Float.POSITIVE_INFINITY, Float.NaN, -1, 0})
  void whatIsNotADistanceIsUnknown(float sky) {
    byte[] header = "Pf 224 224 1\n".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file = ByteBuffer.allocate(header.length + 4 * SIZE * SIZE).put(header);
    for (int i = 0; i < SIZE * SIZE; i++) {
      file.putFloat(i < SIZE * SIZE / 2 ? 3 : sky); // from the lowest row up
    }

    Seen seen = ViewReader.read(Options.NOTHING.withDepth(new Picture("a.pfm", file.array())));

    assertThat(seen.view().depth()[0]).isZero();
    assertThat(seen.view().depth()[SIZE * SIZE - 1]).isEqualTo(3);
    assertThat(seen.notes()).anyMatch(n -> n.contains("empty in 50 %"));
  }

  @Test
  void picturesOfDifferentSizesAreRefused() {
    Picture rgb = rgb(new int[100], 10, 10);
    Picture depth = depth(new float[200], 20, 10);
    Picture map = gray(new float[50], 10, 5);

    assertRefused(
        () -> ViewReader.read(Options.NOTHING.withRgb(rgb).withDepth(depth)),
        "depth.png: depth: 20 x 10 pixels, but the picture has 10 x 10; give pictures of one camera"
            + " and one size, or say what the depth camera sees (--depth-hfov)");
    assertRefused(
        () -> ViewReader.read(Options.NOTHING.withDepth(depth).withOcclusion(map)),
        "occlusion.png: occlusion: 10 x 5 pixels, but the depth has 20 x 10; ");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, Double.NaN})
  void levelsOutsideZeroToOneAreRefused(double level) {
    assertRefused(() -> Options.NOTHING.withOcclusionLevel(level), "is not in [0, 1]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 179, -90, Double.NaN})
  void absurdFieldsOfViewAreRefused(double hfov) {
    assertRefused(() -> Options.NOTHING.withHfovDegrees(hfov), "is not between 1 and 179");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 179, -90, Double.NaN})
  void absurdFieldsOfViewOfDepthAreRefused(double hfov) {
    assertRefused(
        () -> Options.NOTHING.withDepthHfovDegrees(hfov),
        "depth hfov: " + hfov + " is not between");
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0, -1, 0.99, 1e-300, 100_001, 1e300, Double.NaN, Double.POSITIVE_INFINITY})
  void absurdDepthScalesAreRefused(double scale) {
    assertRefused(() -> Options.NOTHING.withDepthScale(scale), "is not in [1, 100000]");
  }

  @Test
  void aStripThatCoversNoPixelIsRefused() {
    Picture strip = rgb(new int[3000], 3000, 1);

    assertRefused(
        () -> ViewReader.read(Options.NOTHING.withRgb(strip).withHfovDegrees(20)),
        "covers no pixel");
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  private static Picture rgb(int[] pixels, int width, int height) {
    return new Picture("rgb.png", Png.rgb(pixels, width, height));
  }

  private static Picture depth(float[] metres, int width, int height) {
    return new Picture("depth.png", DepthPng.encode(metres, width, height));
  }

  private static Picture gray(float[] shares, int width, int height) {
    byte[] bytes = new byte[shares.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(shares[i] * 255);
    }
    return new Picture("occlusion.png", Png.gray8(bytes, width, height));
  }
}
