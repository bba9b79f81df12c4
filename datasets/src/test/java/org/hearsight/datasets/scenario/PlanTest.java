package org.hearsight.datasets.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hearsight.core.dataset.Motion;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.dataset.VisibilityBin;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.simulator.scenario.Want;
import org.hearsight.simulator.scene.Cover;
import org.hearsight.simulator.scene.HazardKind;
import org.hearsight.simulator.scene.Layout;
import org.hearsight.simulator.scene.Setting;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Taxonomy TAXONOMY = Taxonomy.hazards();

  @Test
  void classesVisibilitySettingsAndSidesAreBalanced() {
    List<Want> wants = Plan.of(SimulatorConfig.of(240, 0, 0, 3), Split.TRAIN, TAXONOMY);
    assertThat(wants).hasSize(240);
    assertThat(counts(wants, Want::className))
        .hasSize(10)
        .allSatisfy((c, n) -> assertThat(n).isEqualTo(24));
    List<Want> hazards = wants.stream().filter(w -> !w.isBackground()).toList();
    Map<VisibilityBin, Long> bins = counts(hazards, w -> w.cover().bin());
    assertThat(bins).hasSize(3).allSatisfy((b, n) -> assertThat(n).isEqualTo(72));
    for (String c : TAXONOMY.classes().subList(1, 10)) {
      List<Want> own = hazards.stream().filter(w -> w.className().equals(c)).toList();
      assertThat(counts(own, w -> w.cover().bin()))
          .allSatisfy((b, n) -> assertThat(n).isEqualTo(8));
      assertThat(own.stream().filter(w -> w.cover() == Cover.OUTSIDE_VIEW)).hasSize(2);
      long outdoors = own.stream().filter(w -> w.setting() == Setting.OUTDOOR).count();
      assertThat(outdoors).isEqualTo(c.equals("train") ? 24 : 12);
    }
    assertThat(wants.stream().filter(Want::mirrored).count()).isBetween(95L, 145L);
  }

  @Test
  void layoutsMotionsAndVisibilityAreBalancedWithinEachSetting() {
    List<Want> wants = Plan.of(SimulatorConfig.of(4200, 0, 0, 3), Split.TRAIN, TAXONOMY);
    for (Setting setting : List.of(Setting.OUTDOOR, Setting.INDOOR)) {
      List<Want> own =
          wants.stream().filter(w -> !w.isBackground() && w.setting() == setting).toList();
      double each = (double) own.size() / Layout.in(setting).size();
      assertThat(counts(own, w -> w.layout().kind()))
          .hasSize(Layout.in(setting).size())
          .allSatisfy((l, n) -> assertThat((double) n).isBetween(0.97 * each, 1.03 * each));
      assertThat(counts(own, w -> w.layout().kind() + w.cover().bin()))
          .hasSize(3 * Layout.in(setting).size())
          .allSatisfy((l, n) -> assertThat((double) n).isBetween(0.3 * each, 0.37 * each));
    }
    List<Want> moving =
        wants.stream()
            .filter(w -> !w.isBackground())
            .filter(w -> HazardKind.of(w.className(), w.setting()).fastest() > 0)
            .toList();
    Map<Motion, Long> motions = counts(moving, Want::motion);
    for (Motion m : Motion.values()) {
      assertThat((double) motions.get(m) / moving.size()).isBetween(0.15, 0.35);
    }
    assertThat(counts(wants, w -> w.className() + w.motion()))
        .doesNotContainKey("footsteps" + Motion.STANDING)
        .containsKey("voice" + Motion.RECEDING);
  }

  @Test
  void anyPrefixIsNearlyBalanced() {
    List<Want> wants = Plan.of(SimulatorConfig.of(25, 0, 0, 8), Split.TRAIN, TAXONOMY);
    assertThat(counts(wants, Want::className))
        .hasSize(10)
        .allSatisfy((c, n) -> assertThat(n).isBetween(2L, 3L));
  }

  @Test
  void thereAreNoTrainsInBuildings() {
    SimulatorConfig indoors = SimulatorConfig.of(90, 0, 0, 3).withSetting(Setting.INDOOR);
    List<Want> wants = Plan.of(indoors, Split.TRAIN, TAXONOMY);
    assertThat(counts(wants, Want::className)).hasSize(9).doesNotContainKey("train");
    assertThat(wants).allMatch(w -> w.setting() == Setting.INDOOR);
  }

  @Test
  void splitsAndSeedsDiffer() {
    SimulatorConfig config = SimulatorConfig.of(30, 30, 0, 3);
    assertThat(Plan.of(config, Split.TRAIN, TAXONOMY))
        .isEqualTo(Plan.of(config, Split.TRAIN, TAXONOMY))
        .isNotEqualTo(Plan.of(config, Split.VALIDATION, TAXONOMY))
        .isNotEqualTo(Plan.of(SimulatorConfig.of(30, 30, 0, 4), Split.TRAIN, TAXONOMY));
  }

  private static <K> Map<K, Long> counts(List<Want> wants, Function<Want, K> key) {
    return wants.stream().collect(Collectors.groupingBy(key, Collectors.counting()));
  }
}
