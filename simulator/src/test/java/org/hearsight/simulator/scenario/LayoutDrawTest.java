package org.hearsight.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.hearsight.core.dataset.Motion;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.render.RayCount;
import org.hearsight.simulator.render.Renderer;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Cover;
import org.hearsight.simulator.scene.HazardKind;
import org.hearsight.simulator.scene.Layout;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold in every layout, for every class and cover. */
class LayoutDrawTest {
  static List<Layout> layouts() {
    return Layout.in(Setting.BOTH);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  @Timeout(value = 300, unit = TimeUnit.SECONDS)
  void everyClassFindsEveryCoverAndVisibilityIsWhatRaysCount(Layout layout) {
    int elsewhere = 0;
    int drawn = 0;
    long seed = 0;
    for (HazardKind kind : HazardKind.in(layout.setting())) {
      for (Cover cover : Cover.values()) {
        Motion motion = kind.motions().get((int) (seed % 7 % kind.motions().size()));
        Want want = new Want(kind.name(), cover, layout.setting(), layout, motion, seed % 2 == 0);
        SceneDraw.DrawnScene d = SceneDraw.draw(want, 5, new Draw(new SplittableRandom(++seed)));
        drawn++;
        assertThat(d.relaxed()).as("%s %s", layout.kind(), want).isFalse();
        elsewhere += d.scene().kind().equals(layout.kind()) ? 0 : 1;
        assertThat(d.visibility())
            .as("%s %s", layout.kind(), want)
            .isCloseTo(RayCount.visibility(d.scene(), 60_000, seed), within(tolerance(d.scene())));
        hiddenMeansNoFreeLine(d);
      }
    }
    assertThat(elsewhere).as("drawn in another layout").isLessThanOrEqualTo(drawn / 10);
  }

  /** Pixels are as coarse as they are: an edge may be off by half of one all around. */
  private static double tolerance(Scene scene) {
    Box box = scene.hazard().box();
    double pixels = box.size().z() / box.centre().norm() * 112;
    return 0.025 + 0.5 / pixels;
  }

  private static void hiddenMeansNoFreeLine(SceneDraw.DrawnScene d) {
    Scene s = d.scene();
    boolean free = s.clear(s.hazard().way().end(), Vec3.ZERO);
    if (d.cover() == Cover.OCCLUDED) {
      assertThat(d.visibility()).isZero();
      assertThat(free).isFalse();
      assertThat(Renderer.render(s).hazard()).doesNotContain(true);
    } else if (d.cover() == Cover.OUTSIDE_VIEW) {
      assertThat(d.visibility()).isZero();
      assertThat(free).isTrue();
    } else {
      assertThat(Renderer.render(s).hazard()).contains(true);
    }
  }

  @Test
  void mostHazardsMoveAsWanted() {
    int wanted = 0;
    int same = 0;
    for (Layout layout : layouts()) {
      for (Motion motion : Motion.values()) {
        for (String name : List.of("engine", "dog", "voice")) {
          Want want = new Want(name, Cover.PARTLY, layout.setting(), layout, motion, false);
          Scene s = SceneDraw.draw(want, 5, new Draw(new SplittableRandom(++wanted))).scene();
          same += s.hazard().way().motion() == motion ? 1 : 0;
        }
      }
    }
    assertThat(same).isGreaterThan(wanted * 95 / 100);
  }

  @Test
  void backgroundsAreDrawnInEveryLayout() {
    for (Layout layout : layouts()) {
      Want want = new Want("background", null, layout.setting(), layout, null, true);
      SceneDraw.DrawnScene d = SceneDraw.draw(want, 5, new Draw(new SplittableRandom(4)));
      assertThat(d.scene().kind()).isEqualTo(layout.kind());
      assertThat(d.visibility()).isZero();
      assertThat(Renderer.render(d.scene()).hazard()).doesNotContain(true);
    }
  }
}
