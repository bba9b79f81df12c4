package org.hearsight.simulator.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.hearsight.core.vision.Camera;
import org.hearsight.core.vision.DepthPng;
import org.hearsight.core.vision.Png;
import org.hearsight.simulator.scene.Hazard;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Worlds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RendererTest {
  private static final int N = 224;

  @Test
  void depthOfAWallIsItsDistanceAlongTheAxisEverywhere() {
    Rendering p = Renderer.render(Worlds.with(Worlds.onGround(12, 13, -100, 100, 100)));
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
    Rendering p = Renderer.render(scene);
    int row = N / 2;
    int column = N / 2 - (int) (4 / 10.0 * N / 2);
    assertThat(p.depth()[row * N + column]).isCloseTo(9.9f, within(1e-4f));
    assertThat(p.depth()[row * N + (N - 1 - column)]).isZero(); // nothing but far ground
  }

  @Test
  void occludersAreAllButGroundNearerThanThirtyMetres() {
    Rendering near = Renderer.render(Worlds.with(Worlds.onGround(29, 31, -100, 100, 100)));
    Rendering far = Renderer.render(Worlds.with(Worlds.onGround(30.5, 31, -100, 100, 100)));
    assertThat(near.occlusionLevel()).isCloseTo(0.5 + 1.2 / 29 / 2, within(0.01));
    assertThat(far.occlusionLevel()).isZero();
  }

  @Test
  void theHazardIsSeenButIsNoOccluder() {
    Scene empty = Worlds.with(Worlds.onGround(20, 22, -3, 8, 6));
    Hazard hazard = Worlds.standing("engine", 8, 1, 4.6, 1.9);
    Rendering with = Renderer.render(empty.with(hazard));
    Rendering without = Renderer.render(empty);
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
      assertThat(Silhouette.visibility(s))
          .isCloseTo(RayCount.visibility(s, 400_000, 11), within(0.02));
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
  void emptyWorldsAndHazardsBehindTheCameraAreRendered() {
    Rendering nothing = Renderer.render(Worlds.freeField());
    assertThat(nothing.depth()).containsOnly(0);
    assertThat(nothing.occlusionLevel()).isZero();
    Scene behind = Worlds.openGround().with(Worlds.standing("dog", -3, 1, 0.9, 0.35));
    assertThat(Silhouette.visibility(behind)).isZero();
    assertThat(Renderer.render(behind).hazard()).doesNotContain(true);
  }

  @Test
  void picturesAreTheSameBytesEachTime(@TempDir Path folder) throws Exception {
    Scene s =
        Worlds.with(Worlds.onGround(4, 5, 1, 3, 5)).with(Worlds.standing("siren", 9, -1, 5.2, 2));
    for (String name : new String[] {"a", "b"}) {
      Rendering p = Renderer.render(s);
      int n = p.size();
      Png.write(folder.resolve(name + "rgb"), Png.rgb(p.rgb(), n, n));
      DepthPng.write(folder.resolve(name + "depth"), p.depth(), n, n);
      Png.write(folder.resolve(name + "occlusion"), Png.gray8(p.occlusion(), n, n));
    }
    for (String kind : new String[] {"rgb", "depth", "occlusion"}) {
      assertThat(folder.resolve("a" + kind)).hasSameBinaryContentAs(folder.resolve("b" + kind));
    }
    var depth = javax.imageio.ImageIO.read(folder.resolve("adepth").toFile());
    assertThat(depth.getRaster().getSampleModel().getSampleSize(0)).isEqualTo(16);
    assertThat(depth.getRaster().getSample(N / 2 - 60, N / 2, 0)).isEqualTo(4000);
  }
}
