package org.hearsight.core.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GroundPlaneTest {
  private static final int SIZE = View.SIZE;

  @Test
  void flatGroundIsFoundAtItsHeight() {
    GroundPlane plane = GroundPlane.fit(level(1.6, 30), 30).orElseThrow();

    assertThat(plane.cameraHeight()).isCloseTo(1.6, within(0.005));
    assertThat(plane.slopeX()).isCloseTo(0, within(0.001));
    assertThat(plane.roughness()).isEqualTo(0.05);
  }

  @Test
  void theFloorWinsOverALargerTable() {
    float[] depth = level(1.5, 10);
    // A table 0.6 m below the camera takes two thirds of the columns, from 1 m to 3 m ahead.
    for (int i = 0; i < depth.length; i++) {
      int row = i / SIZE;
      double down = (row + 0.5 - SIZE / 2.0) / (SIZE / 2.0);
      double table = 0.6 / down;
      if (i % SIZE < 2 * SIZE / 3 && down > 0 && table < 3) {
        depth[i] = (float) table;
      }
    }

    GroundPlane plane = GroundPlane.fit(depth, 30).orElseThrow();

    assertThat(plane.cameraHeight()).isCloseTo(1.5, within(0.03));
  }

  @Test
  void roughGroundRaisesItsOwnLimit() {
    SplittableRandom random = new SplittableRandom(5);
    float[] depth = level(1.6, 30);
    for (int i = 0; i < depth.length; i++) {
      int row = i / SIZE;
      double down = (row + 0.5 - SIZE / 2.0) / (SIZE / 2.0);
      if (depth[i] > 0) {
        depth[i] = (float) ((1.6 + 0.04 * random.nextGaussian()) / down);
      }
    }

    GroundPlane plane = GroundPlane.fit(depth, 30).orElseThrow();

    assertThat(plane.roughness()).isBetween(0.09, 0.15);
  }

  @Test
  void aWallSeenAtAnAngleIsNoGround() {
    float[] depth = new float[SIZE * SIZE];
    for (int i = 0; i < depth.length; i++) {
      int column = i % SIZE;
      double left = (SIZE / 2.0 - column - 0.5) / (SIZE / 2.0);
      // The wall x + y = 3.
      depth[i] = (float) Math.min(60, 3 / (1 + left));
    }

    assertThat(GroundPlane.fit(depth, 30)).isEqualTo(Optional.empty());
  }

  @Test
  void anEmptyMapHasNoGround() {
    assertThat(GroundPlane.fit(new float[SIZE * SIZE], 30)).isEmpty();
  }

  private static float[] level(double cameraHeight, double range) {
    float[] depth = new float[SIZE * SIZE];
    for (int i = 0; i < depth.length; i++) {
      int row = i / SIZE;
      double down = (row + 0.5 - SIZE / 2.0) / (SIZE / 2.0);
      double d = cameraHeight / down;
      depth[i] = d > 0 && d < range ? (float) d : 0;
    }
    return depth;
  }
}
