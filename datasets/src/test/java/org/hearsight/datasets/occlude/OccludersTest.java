package org.hearsight.datasets.occlude;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Cover;
import org.hearsight.simulator.scene.Hazard;
import org.hearsight.simulator.scene.HazardKind;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.scene.Solid;
import org.hearsight.simulator.scene.Trajectory;
import org.junit.jupiter.api.Test;

class OccludersTest {
  @Test
  void coverAsMuchAsIsWanted() {
    for (Cover wanted : new Cover[] {Cover.OCCLUDED, Cover.PARTLY, Cover.VISIBLE}) {
      int right = 0;
      for (int seed = 0; seed < 60; seed++) {
        Draw draw = new Draw(new SplittableRandom(seed));
        Hazard body = body(draw.between(-35, 35), draw.between(1.4, 5));

        Occluders.Arrangement drawn = Occluders.cover(body, wanted, draw);

        right += drawn.cover() == wanted ? 1 : 0;
        if (drawn.cover() == Cover.OCCLUDED) {
          assertThat(drawn.visibility()).isZero();
        }
        for (Solid s : drawn.scene().solids()) {
          assertThat(s.box().overlaps(body.box())).isFalse();
          assertThat(s.box().min().x()).isGreaterThanOrEqualTo(0.4);
        }
      }
      assertThat(right).as(wanted + " of 60").isGreaterThanOrEqualTo(57);
    }
  }

  @Test
  void nothingStandsBeforeWhatIsTooNear() {
    Draw draw = new Draw(new SplittableRandom(1));

    Occluders.Arrangement drawn = Occluders.cover(body(0, 0.6), Cover.OCCLUDED, draw);

    assertThat(drawn.cover()).isEqualTo(Cover.VISIBLE);
    assertThat(drawn.visibility()).isPositive();
  }

  @Test
  void withoutABodyTheThingsStay() {
    Draw draw = new Draw(new SplittableRandom(2));
    Occluders.Arrangement drawn = Occluders.cover(body(10, 3), Cover.OCCLUDED, draw);

    Occluders.Arrangement alone = Occluders.around(drawn.scene(), null);

    assertThat(alone.scene().solids()).isEqualTo(drawn.scene().solids());
    assertThat(alone.scene().hazard()).isNull();
    assertThat(alone.visibility()).isZero();
    assertThat(Occluders.around(drawn.scene(), body(120, 2)).cover()).isEqualTo(Cover.OUTSIDE_VIEW);
  }

  private static Hazard body(double azimuth, double distance) {
    HazardKind kind = HazardKind.of("voice", Setting.INDOOR);
    Vec3 p = new Location(azimuth, -5, distance).point();
    Box box =
        Box.of(
            p.x() - 0.25,
            p.x() + 0.25,
            p.y() - 0.25,
            p.y() + 0.25,
            p.z() - kind.sourceHeight(),
            p.z() - kind.sourceHeight() + kind.height());
    return new Hazard(kind, box, Trajectory.standing(p, 1), 80);
  }
}
