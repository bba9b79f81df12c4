package org.hearsight.app.console;

import java.util.List;
import java.util.Locale;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.IntensityDirection;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.place.FreeSpace;
import org.hearsight.core.vision.View;
import org.hearsight.report.chart.Figures;
import org.hearsight.report.plan.PlacePlan;

/** An answer's map of places, as a plan to be written. */
public final class MapPicture {
  private static final List<Double> REGIONS = List.of(0.5, 0.8, 0.9);

  private MapPicture() {}

  /**
   * The plan of an answer with a map.
   *
   * @param clip that was judged; its last second tells where the sound seems to come from
   * @param view that was judged
   */
  public static PlacePlan of(Imagination answer, Clip clip, View view) {
    return new PlacePlan(
        String.format(
            Locale.ROOT,
            "%s, %s; confidence %.2f",
            answer.className(),
            Figures.place(answer.location()),
            answer.confidence()),
        answer.places(),
        REGIONS.stream().map(p -> region(answer, p)).toList(),
        FreeSpace.of(view),
        answer.location(),
        apparent(clip.foa()));
  }

  /** Null where nothing is heard, of which the intensity vector says straight ahead. */
  private static Direction apparent(float[][] foa) {
    int samples = foa[Foa.W].length;
    int lastSecond = IntensityDirection.lastSecond(foa);
    for (int i = lastSecond; i < samples; i++) {
      if (foa[Foa.W][i] != 0) {
        return new IntensityDirection().of(foa, lastSecond, samples);
      }
    }
    return null;
  }

  private static PlacePlan.Region region(Imagination answer, double probability) {
    String label = String.format(Locale.ROOT, "%.0f %%", 100 * probability);
    return new PlacePlan.Region(label, answer.region(probability));
  }
}
