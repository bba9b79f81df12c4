package org.hearsight.simulator.acoustics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Material;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Solid;
import org.hearsight.simulator.scene.Worlds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransmissionTest {
  /** Nothing else may be opaque: a new material has to be named here or to let sound through. */
  private static final Set<Material> MASONRY =
      EnumSet.of(Material.ASPHALT, Material.BRICK, Material.CONCRETE, Material.LINOLEUM);

  @ParameterizedTest
  @EnumSource(Material.class)
  void everyMaterialButMasonryLetsSoundThroughAThinThingOfIt(Material material) {
    Box thing = Box.of(2, 2.1, -20, 20, -20, 20);
    Scene scene = Worlds.freeField().with(new Solid(Solid.Kind.WALL, thing, material, 0));
    double[] loss = Transmission.loss(scene, new Vec3(4, 0.3, 0.2), Vec3.ZERO);
    if (MASONRY.contains(material)) {
      assertThat(loss).isNull();
      return;
    }
    assertThat(loss).isNotNull();
    for (int b = 0; b < OctaveBands.COUNT; b++) {
      assertThat(loss[b]).isBetween(0.0, 120.0);
      if (b > 0) {
        assertThat(loss[b]).as("band %d", b).isGreaterThanOrEqualTo(loss[b - 1]);
      }
    }
  }

  /** Makers give office screens a weighted sound reduction of 20 to 30 dB. */
  @Test
  void anOfficeScreenTakesMoreThanAHedgeAndLessThanADoor() {
    for (int b = 0; b < OctaveBands.COUNT; b++) {
      double screen = Transmission.loss(Material.FABRIC_PANEL, 0.08, b);
      assertThat(screen)
          .isGreaterThan(Transmission.loss(Material.HEDGE, 0.08, b))
          .isLessThan(Transmission.loss(Material.WOOD, 0.08, b));
    }
    assertThat(Transmission.loss(Material.FABRIC_PANEL, 0.08, 2)).isBetween(20.0, 30.0);
  }

  @Test
  void aThickPlasteredWallIsMasonry() {
    assertThat(Transmission.loss(Material.PLASTER, 0.2, 0)).isFinite();
    assertThat(Transmission.loss(Material.PLASTER, 0.6, 0)).isInfinite();
  }
}
