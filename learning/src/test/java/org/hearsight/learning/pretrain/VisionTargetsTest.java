package org.hearsight.learning.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.core.vision.View;
import org.hearsight.core.vision.VisualPlanes;
import org.junit.jupiter.api.Test;

class VisionTargetsTest {
  private static final int SIZE = View.SIZE;
  private static final Taxonomy TAXONOMY =
      new Taxonomy("tiny", List.of(Taxonomy.BACKGROUND, "siren"));

  /** A wall 20 m ahead, and in front of it a box 4 m ahead between 10° left and 15° right. */
  private static View box() {
    float[] depth = new float[SIZE * SIZE];
    for (int i = 0; i < depth.length; i++) {
      double azimuth = Math.toDegrees(Math.atan(1 - 2 * (i % SIZE + 0.5) / SIZE));
      depth[i] = azimuth < 10 && azimuth > -15 ? 4 : 20;
    }
    return view(depth);
  }

  private static View view(float[] depth) {
    return new View(new float[3 * SIZE * SIZE], depth, new float[SIZE * SIZE], 0.5f);
  }

  private static Scenario scenario(Location location, double visibility) {
    return new Scenario(
        "a",
        Split.TRAIN,
        location == null ? Taxonomy.BACKGROUND : "siren",
        location,
        visibility,
        0.5,
        null,
        1,
        List.of(),
        new Scenario.Files(null, null, "a.png", "b.png", "c.png"),
        null);
  }

  private static VisionTargets of(View view) {
    return VisionTargets.of(view, scenario(null, 0), TAXONOMY);
  }

  @Test
  void aBoxIsNearAndItsSidesAreEdges() {
    VisionTargets t = of(box());

    // Sectors are 5.625° wide from 45° left on: the box fills the 7th (index 6, from 11.25° to
    // 5.625° left) in part and reaches into the 11th (index 10, 11.25° to 16.875° right).
    for (int s = 0; s < VisionTargets.SECTORS; s++) {
      boolean box = s >= 6 && s <= 10;
      double nearest = nearestAzimuth(s);
      double straight = box ? 4 : 20;
      assertThat(Math.exp(t.free()[s]))
          .as("sector %d", s)
          .isCloseTo(straight / Math.cos(Math.toRadians(nearest)), within(straight * 0.02));
      // On the box's left rim the near side is right of the edge: hidden space behind its right.
      assertThat(t.edges()[2 * s]).as("left of the edge in sector %d", s).isEqualTo(s == 10);
      assertThat(t.edges()[2 * s + 1]).as("right of the edge in sector %d", s).isEqualTo(s == 6);
    }
    assertThat(Math.exp(t.beyond()[6])).isCloseTo(20 / Math.cos(Math.toRadians(10)), within(0.2));
    assertThat(Math.exp(t.beyond()[10])).isCloseTo(20 / Math.cos(Math.toRadians(15)), within(0.2));
  }

  /** Of the angles in a sector the one closest to straight ahead, where a flat wall is nearest. */
  private static double nearestAzimuth(int sector) {
    double left = 45 - sector * 5.625;
    double right = left - 5.625;
    return left > 0 && right < 0 ? 0 : Math.min(Math.abs(left), Math.abs(right));
  }

  @Test
  void groundAndEmptinessAreFree() {
    float[] depth = new float[SIZE * SIZE];
    for (int row = SIZE / 2; row < SIZE; row++) {
      for (int column = 0; column < SIZE; column++) {
        depth[row * SIZE + column] = (float) (1.6 / (2 * (row + 0.5) / SIZE - 1));
      }
    }
    VisionTargets t = of(view(depth));

    for (int s = 0; s < VisionTargets.SECTORS; s++) {
      assertThat(Math.exp(t.free()[s])).isCloseTo(VisionTargets.FARTHEST, within(1e-3));
      assertThat(t.hasEdge(s)).isFalse();
    }
  }

  @Test
  void aSlantedWallHasNoEdge() {
    float[] depth = new float[SIZE * SIZE];
    for (int i = 0; i < depth.length; i++) {
      double left = 1 - 2 * (i % SIZE + 0.5) / SIZE;
      depth[i] = (float) (8 / (1 + 0.5 * left)); // the plane x + y / 2 = 8
    }
    VisionTargets t = of(view(depth));

    for (int s = 0; s < VisionTargets.SECTORS; s++) {
      assertThat(t.hasEdge(s)).as("sector %d", s).isFalse();
    }
    assertThat(t.free()[0]).isLessThan(t.free()[15]);
  }

  @Test
  void mirroredTargetsAreThoseOfTheMirroredPicture() {
    SplittableRandom random = new SplittableRandom(3);
    float[] depth = new float[SIZE * SIZE];
    for (int column = 0; column < SIZE; column++) {
      float d = column % 16 == 0 ? (float) (2 + 30 * random.nextDouble()) : depth[column - 1];
      for (int row = 0; row < SIZE; row++) {
        depth[row * SIZE + column] = d;
      }
    }
    View view = view(depth);
    Location right = new Location(-25, 4, 6);
    VisionTargets there = VisionTargets.of(view, scenario(right, 0.9), TAXONOMY);
    VisionTargets mirrored =
        VisionTargets.of(view.mirrored(), scenario(new Location(25, 4, 6), 0.9), TAXONOMY);

    assertThat(there.edges()).contains(true);
    assertThat(there.mirrored().edges()).isEqualTo(mirrored.edges());
    assertThat(there.mirrored().free()).isEqualTo(mirrored.free());
    assertThat(there.mirrored().place()).isEqualTo(mirrored.place());
    for (int s = 0; s < VisionTargets.SECTORS; s++) {
      if (mirrored.hasEdge(s)) {
        assertThat(there.mirrored().beyond()[s]).isEqualTo(mirrored.beyond()[s]);
      }
    }
  }

  @Test
  void theHazardCountsOnlyInSight() {
    VisionTargets seen = VisionTargets.of(box(), scenario(new Location(45, 0, 10), 0.8), TAXONOMY);
    VisionTargets hidden =
        VisionTargets.of(box(), scenario(new Location(45, 0, 10), 0.1), TAXONOMY);

    assertThat(seen.classIndex()).isEqualTo(1);
    assertThat(seen.place()).containsExactly(new float[] {-1, 0, 0}, within(1e-6f));
    assertThat(hidden.classIndex()).isZero();
    assertThat(hidden.place()).isNull();
    assertThat(of(box()).classIndex()).isZero();
    // Right and below: column and row grow.
    float[] low =
        VisionTargets.of(box(), scenario(new Location(-20, -10, 20), 1), TAXONOMY).place();
    assertThat(low[0]).isCloseTo((float) Math.tan(Math.toRadians(20)), within(1e-6f));
    assertThat(low[1]).isPositive();
    assertThat(low[2]).isCloseTo((float) Math.log(2), within(1e-6f));
  }

  @Test
  void aPieceSaysOfTheHazardWhatLiesInIt() {
    // 20° right: column 112 · (1 + tan 20°) = 152.8, row 112.
    VisionTargets whole = VisionTargets.of(box(), scenario(new Location(-20, 0, 20), 1), TAXONOMY);
    VisionTargets in = whole.within(new Cut(128, 64, 64));
    VisionTargets out = whole.within(new Cut(0, 64, 64));

    assertThat(in.classIndex()).isEqualTo(1);
    assertThat(in.place()[0]).isCloseTo((float) (2 * (152.764 - 128) / 64 - 1), within(1e-4f));
    assertThat(in.place()[1]).isCloseTo(0.5f, within(1e-6f));
    assertThat(in.place()[2]).isEqualTo(whole.place()[2]);
    assertThat(in.token(2, 2)).isEqualTo(2);
    assertThat(whole.token(7, 7)).isEqualTo(3 * 7 + 4);
    assertThat(out.classIndex()).isZero();
    assertThat(out.place()).isNull();
    assertThat(out.token(2, 2)).isEqualTo(-1);

    // Columns 128 to 192 look from 8° to 35.5° right: the middles of the sectors from the 9th on.
    for (int s = 0; s < VisionTargets.SECTORS; s++) {
      assertThat(in.shows(s)).as("sector %d", s).isEqualTo(s >= 9 && s <= 13);
      assertThat(whole.shows(s)).isTrue();
    }
  }

  @Test
  void aPieceHasThePixelsOfItsPlace() {
    float[] planes = new float[VisualPlanes.COUNT * SIZE * SIZE];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = i;
    }
    float[] piece = new Cut(30, 50, 96).of(planes);

    assertThat(piece).hasSize(VisualPlanes.COUNT * 96 * 96);
    assertThat(piece[(3 * 96 + 7) * 96 + 11])
        .isEqualTo(planes[(3 * SIZE + 50 + 7) * SIZE + 30 + 11]);
    assertThat(Cut.WHOLE.of(planes)).isEqualTo(planes);
  }

  @Test
  void piecesShowTheHorizonAndMostlyTheHazard() {
    float[] place = {0.6f, 0.1f, 0};
    SplittableRandom random = new SplittableRandom(1);
    int held = 0;
    for (int i = 0; i < 1000; i++) {
      Cut cut = Cut.drawn(96, place, random);
      assertThat(cut.left()).isBetween(0, SIZE - 96);
      assertThat(cut.top()).isBetween(SIZE / 2 + 16 - 96, SIZE / 2 - 16);
      held += cut.holds(place, 8) ? 1 : 0;
    }
    // Three in four, and some of the others by chance.
    assertThat(held).isBetween(750, 850);
    assertThat(Cut.drawn(SIZE, place, random)).isEqualTo(Cut.WHOLE);
  }
}
