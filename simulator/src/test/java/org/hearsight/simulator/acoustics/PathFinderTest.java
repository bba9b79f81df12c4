package org.hearsight.simulator.acoustics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Material;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Solid;
import org.hearsight.simulator.scene.Worlds;
import org.junit.jupiter.api.Test;

class PathFinderTest {
  private static final double[] EVEN = {1, 1, 1, 1, 1, 1, 1};
  private static final double FLAT = 1; // one metre of air more or less does not matter at 125 Hz

  @Test
  void directSoundFallsWithDistance() {
    for (double r : new double[] {1, 2, 10, 30}) {
      SoundPath p = shortest(find(Worlds.freeField(), new Vec3(0, r, 0)), SoundPath.Kind.DIRECT);
      assertThat(p.length()).isCloseTo(r, within(1e-12));
      for (int b = 0; b < OctaveBands.COUNT; b++) {
        assertThat(p.gains()[b] / AirAbsorption.gain(b, r)).isCloseTo(1 / r, within(1e-12));
      }
    }
  }

  @Test
  void groundReflectionComesFromTheMirrorImage() {
    Vec3 source = new Vec3(7, -3, 0.8);
    SoundPath p = shortest(find(Worlds.openGround(), source), SoundPath.Kind.GROUND);
    Vec3 image = new Vec3(7, -3, -2 * Worlds.EGO - 0.8);
    assertThat(p.length()).isCloseTo(image.norm(), within(1e-12));
    assertThat(Direction.of(p.direction()).angleTo(Direction.of(image))).isLessThan(1e-9);
    double expected =
        Material.ASPHALT.reflection(3) * AirAbsorption.gain(3, image.norm()) / image.norm();
    assertThat(p.gains()[3]).isCloseTo(expected, within(1e-12));
  }

  @Test
  void wallReflectionComesFromTheMirrorImageIfThePointLiesOnTheWall() {
    Scene scene = Worlds.with(Worlds.onGround(-5, 20, 4, 5, 6));
    Vec3 source = new Vec3(8, 1, 0);
    SoundPath wall = shortest(find(scene, source), SoundPath.Kind.WALL);
    Vec3 image = new Vec3(8, 7, 0);
    assertThat(wall.length()).isCloseTo(image.norm(), within(1e-9));
    assertThat(Direction.of(wall.direction()).angleTo(Direction.of(image))).isLessThan(1e-6);
    Scene shorter = Worlds.with(Worlds.onGround(6, 20, 4, 5, 6));
    assertThat(all(find(shorter, source), SoundPath.Kind.WALL)).isEmpty();
  }

  @Test
  void secondOrderImagesOfTwoParallelWallsLieAtTheirClosedFormPlaces() {
    Scene scene =
        Worlds.with(Worlds.onGround(-50, 50, 3, 4, 30), Worlds.onGround(-50, 50, -6, -5, 30));
    Vec3 source = new Vec3(8, 1, 0.5);
    List<Double> lengths =
        all(find(scene, source), SoundPath.Kind.WALL).stream().map(SoundPath::length).toList();
    double down = -2 * Worlds.EGO - 0.5;
    for (Vec3 image :
        List.of(
            new Vec3(8, 5, 0.5), // left wall
            new Vec3(8, -11, 0.5), // right wall
            new Vec3(8, -15, 0.5), // left, then right
            new Vec3(8, 17, 0.5), // right, then left
            new Vec3(8, 5, down), // left and ground
            new Vec3(8, -11, down))) {
      assertThat(lengths).anyMatch(l -> Math.abs(l - image.norm()) < 1e-9);
    }
    assertThat(lengths).hasSize(6); // of wall and ground only one order is a way
  }

  @Test
  void withNoReflectionsOnlyTheGroundReflects() {
    Scene alley =
        Worlds.with(Worlds.onGround(-50, 50, 3, 4, 30), Worlds.onGround(-50, 50, -6, -5, 30));
    Scene corner =
        Worlds.with(Worlds.onGround(-40, 5, 2, 60, 40), Worlds.onGround(14, 15, -60, 60, 40));
    assertThat(kinds(alley, new Vec3(8, 1, 0.5), 0))
        .containsExactlyInAnyOrder(SoundPath.Kind.DIRECT, SoundPath.Kind.GROUND);
    Vec3 hidden = new Vec3(9, 12, 0);
    assertThat(kinds(corner, hidden, 0))
        .containsExactlyInAnyOrder(SoundPath.Kind.AROUND, SoundPath.Kind.AROUND_GROUND);
    assertThat(kinds(corner, hidden, 1)).contains(SoundPath.Kind.WALL_AROUND);
  }

  private static List<SoundPath.Kind> kinds(Scene scene, Vec3 source, int order) {
    return new PathFinder(scene, Vec3.ZERO, source.z(), order)
        .find(source).stream().map(p -> p.id().kind()).toList();
  }

  @Test
  void anObstacleOnAReflectionsWaySilencesIt() {
    Box wall = Worlds.onGround(-5, 20, 4, 5, 6);
    Vec3 source = new Vec3(8, 1, 0);
    Scene scene = Worlds.with(wall, Worlds.onGround(1, 2, 0.5, 3, 3));
    assertThat(all(find(scene, source), SoundPath.Kind.WALL).stream().map(SoundPath::length))
        .noneMatch(l -> Math.abs(l - Math.hypot(8, 7)) < 1e-6);
  }

  @Test
  void bentSoundTakesTheShortestWayRoundTheCorner() {
    Box house = Worlds.onGround(-40, 5, 2, 60, 40);
    Vec3 source = new Vec3(9, 12, 0);
    List<SoundPath> paths = find(Worlds.with(house), source);
    assertThat(paths.stream().map(p -> p.id().kind())).doesNotContain(SoundPath.Kind.DIRECT);
    SoundPath p = shortest(paths, SoundPath.Kind.AROUND);
    double expected = Math.hypot(5, 2) + Math.hypot(4, 10);
    assertThat(p.length()).isCloseTo(expected, within(0.01));
    assertThat(Direction.of(p.direction()).azimuth())
        .isCloseTo(Math.toDegrees(Math.atan2(2, 5)), within(0.1));
  }

  @Test
  void bentSoundGoesRoundTwoCornersOfOneHouse() {
    Box house = Worlds.onGround(3, 9, -2, 50, 40);
    Vec3 source = new Vec3(12, 4, 0);
    SoundPath p = shortest(find(Worlds.with(house), source), SoundPath.Kind.AROUND);
    double expected = Math.hypot(3, 2) + 6 + Math.hypot(3, 6);
    assertThat(p.length()).isCloseTo(expected, within(0.01));
  }

  @Test
  void bentSoundGoesOverALowWall() {
    Scene scene = Worlds.with(Worlds.onGround(4, 4.2, -50, 50, 2.2));
    Vec3 source = new Vec3(8, 0, -0.7);
    SoundPath p = shortest(find(scene, source), SoundPath.Kind.OVER);
    double expected = Math.hypot(4, 1) + 0.2 + Math.hypot(3.8, 1.7);
    assertThat(p.length()).isCloseTo(expected, within(1e-9));
    assertThat(Direction.of(p.direction()).elevation())
        .isCloseTo(Math.toDegrees(Math.atan2(1, 4)), within(1e-9));
  }

  /** Tolerances: 0.25 dB from centimetre to centimetre, 1 dB around −6 dB at the boundary. */
  @Test
  void levelIsContinuousAndSixDecibelsDownWhereTheSourceWalksBehindACorner() {
    Scene scene = Worlds.with(Worlds.onGround(-60, 5, 5, 60, 40));
    // The line to (10, 10) grazes the corner at (5, 5).
    double[] before = null;
    for (double y = 9; y < 11; y += 1e-3) {
      double[] now = bending(find(scene, new Vec3(10, y, 0)));
      if (before != null) {
        for (int b = 0; b < now.length; b++) {
          double change = 20 * Math.log10(now[b] / before[b]);
          assertThat(Math.abs(change)).as("band %d at y = %.3f", b, y).isLessThan(0.25);
        }
      }
      before = now;
    }
    Vec3 edge = new Vec3(10, 10, 0);
    double[] boundary = bending(find(scene, edge.plus(new Vec3(0, 1e-6, 0))));
    for (int b = 3; b < boundary.length; b++) { // below, the walls add their reflection
      double free = AirAbsorption.gain(b, edge.norm()) / edge.norm();
      assertThat(20 * Math.log10(boundary[b] / free)).as("band %d", b).isCloseTo(-6, within(1.0));
    }
  }

  @Test
  void shadowTakesMoreFromHighFrequencies() {
    Scene scene = Worlds.with(Worlds.onGround(5, 6, 0, 60, 40));
    SoundPath p = shortest(find(scene, new Vec3(10, 1.5, 0)), SoundPath.Kind.AROUND);
    for (int b = 1; b < OctaveBands.COUNT; b++) {
      assertThat(p.gains()[b]).isLessThanOrEqualTo(p.gains()[b - 1]);
    }
    assertThat(p.gains()[6]).isLessThan(0.5 * p.gains()[0]);
  }

  @Test
  void energyFallsBehindAnObstacle() {
    Vec3 source = new Vec3(14, 0, 0);
    double open = energy(find(Worlds.openGround(), source));
    double hidden = energy(find(Worlds.with(Worlds.onGround(5, 9, -6, 6, 8)), source));
    assertThat(10 * Math.log10(open / hidden)).isBetween(5.0, 30.0);
  }

  @Test
  void sourceAndMicrophoneMayChangePlaces() {
    Scene scene = Worlds.with(Worlds.onGround(4, 8, -3, 5, 9), Worlds.onGround(-20, 30, 9, 12, 12));
    Vec3 a = new Vec3(0, 0.5, 0);
    Vec3 b = new Vec3(12, 1, 0.4);
    List<SoundPath> there = sorted(new PathFinder(scene, a, b.z()).find(b));
    List<SoundPath> back = sorted(new PathFinder(scene, b, a.z()).find(a));
    assertThat(there).hasSameSizeAs(back).hasSizeGreaterThan(3);
    for (int i = 0; i < there.size(); i++) {
      assertThat(there.get(i).id().kind()).isEqualTo(back.get(i).id().kind());
      assertThat(there.get(i).length()).isCloseTo(back.get(i).length(), within(1e-9));
      assertThat(there.get(i).gains()).containsExactly(back.get(i).gains(), within(1e-9));
    }
  }

  /** Every kind of way, both ends exchanged; tolerances: a nanometre, 1e-9 of the pressure. */
  @Test
  void everyKindOfWayIsReciprocal() {
    Box house = Worlds.onGround(3, 9, -2, 12, 3);
    Box facing = Worlds.onGround(-20, 30, -9, -6, 12);
    Scene scene =
        Worlds.with(house, facing)
            .with(
                new Solid(
                    Solid.Kind.FENCE,
                    Worlds.onGround(11, 11.1, -1, 6, 2.5),
                    Material.WOOD,
                    0x888888));
    Vec3 a = new Vec3(0, 0.5, 0);
    Set<SoundPath.Kind> kinds = EnumSet.noneOf(SoundPath.Kind.class);
    for (Vec3 b :
        List.of(
            new Vec3(12, 1, 0.4),
            new Vec3(12, -5, 0.2),
            new Vec3(10, 4, -0.3),
            new Vec3(2, -4, 0.1))) {
      List<SoundPath> there = new PathFinder(scene, a, b.z()).find(b);
      List<SoundPath> back = new PathFinder(scene, b, a.z()).find(a);
      SoundPath best = PathFinder.strongest(there, EVEN);
      assertThat(PathFinder.strongest(back, EVEN).length()).isCloseTo(best.length(), within(1e-9));
      assertThat(back).hasSameSizeAs(there);
      for (SoundPath p : there) {
        back.stream()
            .filter(o -> o.id().kind() == p.id().kind())
            .filter(o -> Math.abs(o.length() - p.length()) < 1e-9)
            .forEach(
                o -> {
                  assertThat(p.gains()).containsExactly(o.gains(), within(1e-9));
                  kinds.add(p.id().kind());
                });
      }
    }
    assertThat(kinds)
        .contains(
            SoundPath.Kind.DIRECT,
            SoundPath.Kind.GROUND,
            SoundPath.Kind.WALL,
            SoundPath.Kind.AROUND,
            SoundPath.Kind.OVER,
            SoundPath.Kind.WALL_AROUND);
  }

  @Test
  void aWallFacingTheCornerSendsBentSoundOn() {
    Box house = Worlds.onGround(-40, 5, 2, 60, 40);
    Scene scene = Worlds.with(house, Worlds.onGround(12, 13, -20, 90, 20));
    // Mirrored in x = 12 the source stands at (16, 30); the way bends at the corner (5, 2).
    SoundPath p = shortest(find(scene, new Vec3(8, 30, 0)), SoundPath.Kind.WALL_AROUND);
    double expected = Math.hypot(5, 2) + Math.hypot(16 - 5, 30 - 2);
    assertThat(p.length()).isCloseTo(expected, within(0.01));
    assertThat(Direction.of(p.direction()).azimuth())
        .isCloseTo(Math.toDegrees(Math.atan2(2, 5)), within(0.1));
  }

  /** The mass law, twice: each board of 20 mm takes 20 log10(12 f) − 47 dB. */
  @Test
  void aFenceLetsThroughWhatTheMassLawLeaves() {
    Solid fence =
        new Solid(Solid.Kind.FENCE, Worlds.onGround(4, 4.05, -50, 50, 9), Material.WOOD, 0x888888);
    Vec3 source = new Vec3(8, 0, 0);
    SoundPath p = shortest(find(Worlds.openGround().with(fence), source), SoundPath.Kind.THROUGH);
    double free = AirAbsorption.gain(0, 8) / 8;
    double once = 20 * Math.log10(12 * 125) - 47;
    assertThat(-20 * Math.log10(p.gains()[0] / free)).isCloseTo(2 * once, within(1e-9));
    assertThat(p.length()).isCloseTo(8, within(1e-12));
    Scene house = Worlds.with(Worlds.onGround(4, 5, -50, 50, 9));
    assertThat(all(find(house, source), SoundPath.Kind.THROUGH)).isEmpty(); // masonry
  }

  @Test
  void aHedgeHidesFromTheEyeAndHardlyFromTheEar() {
    Solid hedge =
        new Solid(
            Solid.Kind.HEDGE, Worlds.onGround(4, 5.5, -50, 50, 2.4), Material.HEDGE, 0x4A6B3A);
    Vec3 source = new Vec3(8, 0, -0.5);
    List<SoundPath> paths = find(Worlds.openGround().with(hedge), source);
    assertThat(PathFinder.strongest(paths, EVEN).id().kind()).isEqualTo(SoundPath.Kind.THROUGH);
  }

  private static double[] bending(List<SoundPath> paths) {
    return paths.stream()
        .filter(
            p -> p.id().kind() == SoundPath.Kind.DIRECT || p.id().kind() == SoundPath.Kind.AROUND)
        .min(Comparator.comparingDouble(SoundPath::length))
        .orElseThrow()
        .gains();
  }

  private static double energy(List<SoundPath> paths) {
    double[] flat = {FLAT, FLAT, FLAT, FLAT, FLAT, FLAT, FLAT};
    return paths.stream().mapToDouble(p -> p.energy(flat)).sum();
  }

  private static List<SoundPath> sorted(List<SoundPath> paths) {
    return paths.stream().sorted(Comparator.comparingDouble(SoundPath::length)).toList();
  }

  private static List<SoundPath> find(Scene scene, Vec3 source) {
    return new PathFinder(scene, Vec3.ZERO, source.z()).find(source);
  }

  private static List<SoundPath> all(List<SoundPath> paths, SoundPath.Kind kind) {
    return paths.stream().filter(p -> p.id().kind() == kind).toList();
  }

  private static SoundPath shortest(List<SoundPath> paths, SoundPath.Kind kind) {
    List<SoundPath> some = sorted(all(paths, kind));
    assertThat(some).isNotEmpty();
    return some.get(0);
  }
}
