package org.hearsight.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaEncoder;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.file.Json;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.vision.View;
import org.hearsight.report.plan.PlacePlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapPictureTest {
  @TempDir private Path folder;

  private static Imagination answer() {
    double[] p = new double[PlaceGrid.CELLS];
    float[] label = PlaceGrid.label(new Location(40, 0, 8));
    for (int i = 0; i < p.length; i++) {
      p[i] = label[i];
    }
    PlacePosterior places = new PlacePosterior(p, 0);
    return new Imagination(
        "siren",
        Map.of("background", 0.25, "siren", 0.75),
        places.best(),
        null,
        places,
        null,
        0.5,
        null,
        new Imagination.Reliability(0.5, 0.5),
        0,
        List.of());
  }

  /** Noise from one direction, and in the last second from another. */
  private static Clip clip(double before, double last) {
    SplittableRandom random = new SplittableRandom(1);
    float[][] foa = new float[Foa.CHANNELS][3 * Foa.SAMPLE_RATE];
    for (int i = 0; i < foa[0].length; i++) {
      double azimuth = i < 2 * Foa.SAMPLE_RATE ? before : last;
      float[] gains = FoaEncoder.gains(new Direction(azimuth, 0));
      float sample = (float) (0.1 * random.nextGaussian());
      for (int c = 0; c < Foa.CHANNELS; c++) {
        foa[c][i] = gains[c] * sample;
      }
    }
    return Clip.of(foa, Foa.SAMPLE_RATE);
  }

  @Test
  void thePlanIsThatOfTheAnswer() {
    Imagination answer = answer();
    String before = Json.page(answer);

    PlacePlan plan = MapPicture.of(answer, clip(-90, 20), View.blind());

    assertThat(plan.title()).isEqualTo("siren, 40° left, 7.9 m; confidence 0.50");
    assertThat(plan.best()).isEqualTo(answer.location());
    assertThat(plan.apparent().angleTo(new Direction(20, 0))).isLessThan(2);
    assertThat(plan.regions())
        .extracting(PlacePlan.Region::label)
        .containsExactly("50 %", "80 %", "90 %");
    assertThat(plan.regions().get(1).cells()).isEqualTo(answer.places().region(0.8));
    plan.write(folder.resolve("map.png"));
    assertThat(folder.resolve("map.png")).isNotEmptyFile();
    assertThat(Json.page(answer)).isEqualTo(before).contains("\"probabilities\"");
  }

  @Test
  void silenceSeemsToComeFromNowhere() {
    Clip silent = Clip.of(new float[Foa.CHANNELS][Foa.SAMPLE_RATE], Foa.SAMPLE_RATE);

    PlacePlan plan = MapPicture.of(answer(), silent, View.blind());

    assertThat(plan.apparent()).isNull();
    plan.write(folder.resolve("map.svg"));
    assertThat(folder.resolve("map.svg")).content().doesNotContain("seems to come");
  }
}
