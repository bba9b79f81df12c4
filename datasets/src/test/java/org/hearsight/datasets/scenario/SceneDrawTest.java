package org.hearsight.datasets.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.dataset.VisibilityBin;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.datasets.run.Seeds;
import org.hearsight.simulator.acoustics.PathFinder;
import org.hearsight.simulator.acoustics.SoundPath;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.render.Silhouette;
import org.hearsight.simulator.scenario.SceneDraw;
import org.hearsight.simulator.scenario.Want;
import org.hearsight.simulator.scene.Cover;
import org.hearsight.simulator.scene.Hazard;
import org.hearsight.simulator.scene.Layout;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Setting;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Properties of many drawn scenes. */
class SceneDrawTest {
  private static final double[] FLAT = {1, 1, 1, 1, 1, 1, 1};
  private static final List<Want> WANTS = new ArrayList<>();
  private static final List<SceneDraw.DrawnScene> DRAWN = new ArrayList<>();

  @BeforeAll
  static void draw() {
    List<Want> wants =
        Plan.of(SimulatorConfig.of(420, 0, 0, 5), Split.TRAIN, Taxonomy.hazards()).stream()
            .filter(w -> !w.isBackground())
            .toList();
    for (int i = 0; i < wants.size(); i++) {
      WANTS.add(wants.get(i));
      long seed = Seeds.of(5, Split.TRAIN, i);
      DRAWN.add(SceneDraw.draw(wants.get(i), 5, new Draw(new SplittableRandom(seed))));
    }
  }

  @Test
  void nearlyAllScenesShowWhatIsWanted() {
    long relaxed = DRAWN.stream().filter(SceneDraw.DrawnScene::relaxed).count();
    assertThat(relaxed).isLessThanOrEqualTo(DRAWN.size() / 100);
    for (int i = 0; i < DRAWN.size(); i++) {
      if (!DRAWN.get(i).relaxed()) {
        assertThat(DRAWN.get(i).cover()).isEqualTo(WANTS.get(i).cover());
        assertThat(VisibilityBin.of(Silhouette.visibility(DRAWN.get(i).scene())))
            .isEqualTo(WANTS.get(i).cover().bin());
      }
    }
  }

  @Test
  void occludedHazardsHaveNoFreeLineAndAreStillHeard() {
    for (SceneDraw.DrawnScene d : covered(Cover.OCCLUDED)) {
      Hazard h = d.scene().hazard();
      Vec3 source = h.way().end();
      assertThat(d.visibility()).isZero();
      assertThat(d.scene().clear(source, Vec3.ZERO)).isFalse();
      List<SoundPath> paths = new PathFinder(d.scene(), Vec3.ZERO, source.z()).find(source);
      assertThat(paths).isNotEmpty();
      SoundPath best = PathFinder.strongest(paths, FLAT);
      assertThat(10 * Math.log10(best.energy(FLAT) / 7)).isGreaterThan(-75);
    }
  }

  @Test
  void hazardsStandInTheOpenAndWalkThroughNothing() {
    for (SceneDraw.DrawnScene d : DRAWN) {
      Scene s = d.scene();
      assertThat(s.solids()).noneMatch(o -> o.box().overlaps(s.hazard().box()));
      for (int i = 0; i <= 50; i++) {
        Vec3 place = s.hazard().way().at(i / 10.0);
        assertThat(s.solids()).noneMatch(o -> o.box().contains(place));
        assertThat(Math.hypot(place.x(), place.y())).isGreaterThan(0.9);
      }
      assertThat(s.hazard().box().contains(s.hazard().way().end())).isTrue();
    }
  }

  @Test
  void locationsSpreadWideAndTheSidesAreEven() {
    List<Location> places =
        DRAWN.stream().map(d -> Location.of(d.scene().hazard().way().end())).toList();
    long left = places.stream().filter(l -> l.azimuth() > 0).count();
    assertThat((double) left / places.size()).isBetween(0.42, 0.58);
    double[] azimuth = places.stream().mapToDouble(l -> Math.abs(l.azimuth())).sorted().toArray();
    assertThat(azimuth[azimuth.length / 2]).isGreaterThan(25);
    assertThat(azimuth[(int) (0.95 * azimuth.length)]).isBetween(60.0, 130.0);
    double[] reach = places.stream().mapToDouble(Location::distance).sorted().toArray();
    assertThat(reach[0]).isLessThan(2.5);
    assertThat(reach[reach.length - 1]).isBetween(25.0, 31.0);
  }

  @Test
  void theEarIsMisledByMostHiddenHazardsAndByFewVisibleOnes() {
    double[] hidden = apparentErrors(Cover.OCCLUDED);
    double[] visible = apparentErrors(Cover.VISIBLE);
    assertThat(hidden[hidden.length / 2]).isGreaterThan(15);
    assertThat(hidden[(int) (0.9 * hidden.length)]).isGreaterThan(45);
    assertThat(visible[visible.length / 2]).isLessThan(2);
  }

  private static double[] apparentErrors(Cover cover) {
    return covered(cover).stream()
        .mapToDouble(
            d -> {
              Vec3 source = d.scene().hazard().way().end();
              List<SoundPath> paths = new PathFinder(d.scene(), Vec3.ZERO, source.z()).find(source);
              Vec3 apparent = PathFinder.strongest(paths, FLAT).direction();
              return Direction.of(apparent).angleTo(Direction.of(source));
            })
        .sorted()
        .toArray();
  }

  private static List<SceneDraw.DrawnScene> covered(Cover cover) {
    return DRAWN.stream().filter(d -> d.cover() == cover).toList();
  }

  @Test
  void whatLooksLikeAHazardMayBeSilentAlsoInBackgroundScenes() {
    int silent = 0;
    for (int i = 0; i < 100; i++) {
      Want background =
          new Want(
              "background",
              null,
              Setting.OUTDOOR,
              Layout.in(Setting.OUTDOOR).get(i % 5),
              null,
              false);
      Scene s = SceneDraw.draw(background, 5, new Draw(new SplittableRandom(i))).scene();
      assertThat(s.hazard()).isNull();
      silent += s.solids().stream().anyMatch(o -> o.label().startsWith("silent_")) ? 1 : 0;
    }
    assertThat(silent).isBetween(15, 45);
  }
}
