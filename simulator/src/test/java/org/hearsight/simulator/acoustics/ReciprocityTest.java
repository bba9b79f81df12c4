package org.hearsight.simulator.acoustics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Layout;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Setting;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Source and microphone exchanged, as much sound arrives, on as many ways: in every layout. */
class ReciprocityTest {
  private static final int SCENES = 10;
  private static final int PLACES = 20;

  /** Of the energy of all ways in a band, dB. */
  private static final double TOLERANCE = 0.01;

  static List<Layout> layouts() {
    return Layout.in(Setting.BOTH);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void bothEndsHearTheSame(Layout layout) {
    int several = 0;
    for (int i = 0; i < SCENES; i++) {
      int seed = i;
      Draw draw = new Draw(new SplittableRandom(seed));
      Scene scene = layout.draw(draw, false);
      for (int k = 0; k < PLACES; k++) {
        Vec3 place = place(scene, draw);
        List<SoundPath> there = new PathFinder(scene, Vec3.ZERO, place.z()).find(place);
        List<SoundPath> back = new PathFinder(scene, place, 0).find(Vec3.ZERO);
        Supplier<String> where = () -> layout.kind() + " " + seed + " " + place + there + back;
        assertThat(back).as(where).hasSameSizeAs(there);
        for (int b = 0; b < OctaveBands.COUNT && !there.isEmpty(); b++) {
          assertThat(level(back, b)).as(where).isCloseTo(level(there, b), within(TOLERANCE));
        }
        long around = there.stream().filter(p -> p.id().kind() == SoundPath.Kind.AROUND).count();
        several += around > 1 ? 1 : 0;
      }
    }
    assertThat(several).as("places with several ways around").isGreaterThan(5);
  }

  private static Vec3 place(Scene scene, Draw draw) {
    double far = scene.room() == null ? 20 : 9;
    while (true) {
      double height = scene.groundLevel() + draw.between(0.1, 2.2);
      Vec3 place = new Vec3(draw.between(-far, far), draw.between(-far, far), height);
      if (place.norm() > 1 && scene.solids().stream().noneMatch(s -> s.box().contains(place))) {
        return place;
      }
    }
  }

  private static double level(List<SoundPath> paths, int band) {
    double energy = 0;
    for (SoundPath p : paths) {
      energy += p.gains()[band] * p.gains()[band];
    }
    return 10 * Math.log10(energy);
  }
}
