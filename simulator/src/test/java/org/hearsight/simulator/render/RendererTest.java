package org.hearsight.simulator.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Body;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Hazard;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Worlds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RendererTest {
  private static final int N = 224;

  @Test
  void depthOfAWallIsItsDistanceAlongTheAxisEverywhere() {
    Picture p = Renderer.render(Worlds.with(Worlds.onGround(12, 13, -100, 100, 100)));
    for (int row = 0; row < N; row++) {
      double down = -Camera.slope(row);
      double expected = down > 0 ? Math.min(12, Worlds.EGO / down) : 12;
      for (int column = 0; column < N; column += 17) {
        assertThat(p.depth()[row * N + column]).isCloseTo((float) expected, within(1e-4f));
      }
    }
  }

  @Test
  void horizonIsInTheMiddleAndLeftIsLeft() {
    Scene scene = Worlds.with(Worlds.onGround(9.9, 10.1, 3, 5, 2.4)); // to the left, 1.2 m up
    Picture p = Renderer.render(scene);
    int row = N / 2;
    int column = N / 2 - (int) (4 / 10.0 * N / 2);
    assertThat(p.depth()[row * N + column]).isCloseTo(9.9f, within(1e-4f));
    assertThat(p.depth()[row * N + (N - 1 - column)]).isZero(); // nothing but far ground
  }

  @Test
  void occludersAreAllButGroundNearerThanThirtyMetres() {
    Picture near = Renderer.render(Worlds.with(Worlds.onGround(29, 31, -100, 100, 100)));
    Picture far = Renderer.render(Worlds.with(Worlds.onGround(30.5, 31, -100, 100, 100)));
    assertThat(near.occlusionLevel()).isCloseTo(0.5 + 1.2 / 29 / 2, within(0.01));
    assertThat(far.occlusionLevel()).isZero();
  }

  @Test
  void theHazardIsSeenButIsNoOccluder() {
    Scene empty = Worlds.with(Worlds.onGround(20, 22, -3, 8, 6));
    Hazard hazard = Worlds.standing("engine", 8, 1, 4.6, 1.9);
    Picture with = Renderer.render(empty.with(hazard));
    Picture without = Renderer.render(empty);
    assertThat(with.occlusion()).isEqualTo(without.occlusion());
    int shown = 0;
    for (int i = 0; i < N * N; i++) {
      if (with.hazard()[i]) {
        shown++;
        assertThat(with.depth()[i]).isBetween(5.6f, 10.4f);
        assertThat(with.rgb()[i]).isNotEqualTo(without.rgb()[i]);
      } else {
        assertThat(with.depth()[i]).isEqualTo(without.depth()[i]);
      }
    }
    assertThat(shown).isGreaterThan(500);
  }

  @Test
  void visibilityAgreesWithRandomRaysInAllDirections() {
    Hazard hazard = Worlds.standing("engine", 9, -1, 4.6, 1.9);
    Scene half = Worlds.with(Worlds.onGround(4, 5, -1, 3, 5)).with(hazard);
    Scene cut = Worlds.with().with(Worlds.standing("train", 6, 6, 14, 2.6));
    Scene behind = Worlds.with().with(Worlds.standing("engine", -6, 3, 4.6, 1.9));
    Scene hidden = Worlds.with(Worlds.onGround(4, 5, -9, 9, 5)).with(hazard);
    for (Scene s : new Scene[] {half, cut, behind, hidden, Worlds.with().with(hazard)}) {
      assertThat(Silhouette.visibility(s)).isCloseTo(byRandomRays(s), within(0.02));
    }
    assertThat(Silhouette.visibility(half)).isBetween(0.05, 0.9);
    assertThat(Silhouette.visibility(cut)).isBetween(0.1, 0.9);
    assertThat(Silhouette.visibility(behind)).isZero();
    assertThat(Silhouette.visibility(hidden)).isZero();
    assertThat(Silhouette.visibility(Worlds.with().with(hazard))).isEqualTo(1);
    assertThat(Silhouette.visibility(Worlds.openGround())).isZero();
  }

  @Test
  void visibilityIsAboveZeroExactlyIfThePictureShowsThehazard() {
    for (int i = 0; i < 40; i++) {
      Scene s =
          Worlds.with(Worlds.onGround(4, 5, -3, 3, 5))
              .with(Worlds.standing("voice", 10, 4 + i * 0.1, 0.5, 0.5));
      boolean shown = false;
      for (boolean b : Renderer.render(s).hazard()) {
        shown |= b;
      }
      assertThat(Silhouette.visibility(s) > 0).isEqualTo(shown);
    }
  }

  @Test
  void picturesAreTheSameBytesEachTime(@TempDir Path folder) throws Exception {
    Scene s =
        Worlds.with(Worlds.onGround(4, 5, 1, 3, 5)).with(Worlds.standing("siren", 9, -1, 5.2, 2));
    for (String name : new String[] {"a", "b"}) {
      Picture p = Renderer.render(s);
      Pngs.rgb(folder.resolve(name + "rgb"), p);
      Pngs.depth(folder.resolve(name + "depth"), p);
      Pngs.occlusion(folder.resolve(name + "occlusion"), p);
    }
    for (String kind : new String[] {"rgb", "depth", "occlusion"}) {
      assertThat(folder.resolve("a" + kind)).hasSameBinaryContentAs(folder.resolve("b" + kind));
    }
    var depth = javax.imageio.ImageIO.read(folder.resolve("adepth").toFile());
    assertThat(depth.getRaster().getSampleModel().getSampleSize(0)).isEqualTo(16);
    assertThat(depth.getRaster().getSample(N / 2 - 60, N / 2, 0)).isEqualTo(4000);
  }

  /** Rays in all directions through a slab test of its own. */
  static double byRandomRays(Scene s) {
    SplittableRandom r = new SplittableRandom(11);
    List<Box> hazard = boxes(Body.of(s.hazard()));
    List<Box> others = s.solids().stream().flatMap(o -> boxes(Body.of(o)).stream()).toList();
    double whole = 0;
    double seen = 0;
    for (int i = 0; i < 2_000_000; i++) {
      double z = 2 * r.nextDouble() - 1;
      double a = 2 * Math.PI * r.nextDouble();
      double[] d = {Math.sqrt(1 - z * z) * Math.cos(a), Math.sqrt(1 - z * z) * Math.sin(a), z};
      double t = hit(hazard, d);
      if (t < 0) {
        continue;
      }
      whole++;
      boolean inView = d[0] > 0 && Math.abs(d[1]) < d[0] && Math.abs(d[2]) < d[0];
      boolean free = true;
      double u = hit(others, d);
      free &= u < 0 || u > t;
      double ground = d[2] < 0 ? s.groundLevel() / d[2] : -1;
      free &= ground < 0 || ground > t;
      seen += inView && free ? 1 : 0;
    }
    return seen / whole;
  }

  private static List<Box> boxes(List<Body.Part> parts) {
    return parts.stream().map(Body.Part::box).toList();
  }

  /** Distance to the first of several boxes, negative if all are missed. */
  private static double hit(List<Box> boxes, double[] d) {
    double nearest = -1;
    for (Box b : boxes) {
      double t = hit(b, d);
      if (t >= 0 && (nearest < 0 || t < nearest)) {
        nearest = t;
      }
    }
    return nearest;
  }

  private static double hit(Box b, double[] d) {
    Vec3 low = b.min();
    Vec3 high = b.max();
    double[] near = {low.x(), low.y(), low.z()};
    double[] far = {high.x(), high.y(), high.z()};
    double enter = 0;
    double leave = 1e9;
    for (int axis = 0; axis < 3; axis++) {
      double t0 = near[axis] / d[axis];
      double t1 = far[axis] / d[axis];
      enter = Math.max(enter, Math.min(t0, t1));
      leave = Math.min(leave, Math.max(t0, t1));
    }
    return enter < leave ? enter : -1;
  }
}
