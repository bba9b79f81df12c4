package org.hearsight.simulator.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.metrics.Criterion;
import org.hearsight.simulator.draw.Draw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayoutTest {
  private static final int WORLDS = 200;

  static List<Layout> layouts() {
    return Layout.in(Setting.BOTH);
  }

  @Test
  void namesAreUniqueAndFound() {
    assertThat(layouts().stream().map(Layout::kind)).hasSize(9).doesNotHaveDuplicates();
    assertThat(layouts()).allSatisfy(l -> assertThat(Layout.of(l.kind())).isSameAs(l));
    assertThat(Layout.of("moon")).isNull();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void scoresPartTheSameSettings(Layout layout) {
    Scenario.Files files = new Scenario.Files("a.wav", "a.csv", null, null, null);
    Scenario.SceneMap map = new Scenario.SceneMap(layout.kind(), 1.5, List.of(), List.of());
    Scenario scenario =
        new Scenario("a", Split.TEST, "background", null, 0, 0, null, 1, List.of(), files, map);
    assertThat(Criterion.SETTING.part(scenario))
        .isEqualTo(layout.setting().name().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void worldsAreBuiltAroundAFreeMicrophone(Layout layout) {
    int occluded = 0;
    for (int i = 0; i < WORLDS; i++) {
      Scene s = layout.draw(new Draw(new SplittableRandom(i)), i % 2 == 0);
      assertThat(s.kind()).isEqualTo(layout.kind());
      assertThat(s.setting()).isEqualTo(layout.setting());
      assertThat(s.hazard()).isNull();
      assertThat(s.egoHeight()).isBetween(0.5, 1.6);
      assertThat(s.room() != null).isEqualTo(layout.setting() == Setting.INDOOR);
      assertThat(s.solids().size()).isBetween(3, 60);
      for (Solid o : s.solids()) {
        assertThat(o.box().widened(0.3).contains(Vec3.ZERO)).as("%s %s", i, o).isFalse();
        assertThat(o.box().min().z()).isGreaterThanOrEqualTo(s.groundLevel() - 1e-9);
      }
      boolean ahead = false;
      for (double slope = -0.9; slope <= 0.9; slope += 0.1) {
        Vec3 far = new Vec3(12, 12 * slope, 0);
        ahead |= !s.clear(Vec3.ZERO, far);
      }
      occluded += ahead ? 1 : 0;
    }
    assertThat(occluded).as("worlds that can hide something").isGreaterThan(WORLDS * 9 / 10);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void theSameSeedGivesTheSameWorld(Layout layout) {
    Scene one = layout.draw(new Draw(new SplittableRandom(7)), false);
    Scene two = layout.draw(new Draw(new SplittableRandom(7)), false);
    assertThat(one).isEqualTo(two);
    assertThat(one).isNotEqualTo(layout.draw(new Draw(new SplittableRandom(8)), false));
    assertThat(one.mirrored().mirrored()).isEqualTo(one);
    assertThat(one.turned().turned()).isEqualTo(one);
  }

  @Test
  void roomsAreClosedAllAround() {
    for (Layout layout : Layout.in(Setting.INDOOR)) {
      for (int i = 0; i < 50; i++) {
        Scene s = layout.draw(new Draw(new SplittableRandom(i)), i % 2 == 0);
        for (int turn = 0; turn < 360; turn += 15) {
          double a = Math.toRadians(turn + 0.5);
          Vec3 far = new Vec3(100 * Math.cos(a), 100 * Math.sin(a), 0.1);
          assertThat(s.clear(Vec3.ZERO, far)).as("%s %s %s", layout.kind(), i, turn).isFalse();
        }
        assertThat(s.room().volume()).isBetween(20.0, 8000.0);
      }
    }
  }

  @Test
  void bodiesStayInTheirBoxes() {
    for (Setting setting : List.of(Setting.OUTDOOR, Setting.INDOOR)) {
      for (HazardKind kind : HazardKind.in(setting)) {
        Box box = Box.of(3, 3 + kind.length(), 1, 1 + kind.width(), -1, -1 + kind.height());
        Hazard hazard = new Hazard(kind, box, Trajectory.standing(box.centre(), 5), kind.power());
        List<Body.Part> parts = Body.of(hazard);
        assertThat(parts).hasSizeGreaterThan(2);
        Box slack =
            new Box(
                box.min().minus(new Vec3(1e-9, 1e-9, 1e-9)),
                box.max().plus(new Vec3(1e-9, 1e-9, 1e-9)));
        for (Body.Part p : parts) {
          assertThat(p.box().corners()).as(kind.name()).allMatch(slack::contains);
        }
        assertThat(parts.stream().mapToDouble(p -> p.box().max().z()).max().orElseThrow())
            .isGreaterThan(box.max().z() - 0.01);
      }
    }
  }

  @Test
  void absorptionIsAShareInAllSevenOctaveBands() {
    for (Material m : Material.values()) {
      for (int band = 0; band < 7; band++) {
        assertThat(m.absorption(band)).as("%s %s", m, band).isBetween(0.01, 0.99);
        assertThat(m.reflection(band)).isBetween(0.05, 1.0);
      }
    }
  }
}
