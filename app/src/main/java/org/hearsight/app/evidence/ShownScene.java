package org.hearsight.app.evidence;

import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.core.vision.StoredView;
import org.hearsight.datasets.audio.Mp3;
import org.hearsight.report.page.ReportData;
import org.hearsight.report.page.Spectrogram;
import org.hearsight.report.page.ViewPictures;

/** A scene as pages show it: what was seen and heard, what was answered, and the map of places. */
public final class ShownScene {
  private static final double REGION = 0.9;
  private static final int BIT_RATE = 40_000;

  private ShownScene() {}

  /** What stands on a page of this answer. */
  public static ReportData.Scene of(ScenarioStore store, Answer a) {
    String answered = store.taxonomy().nameOf(a.answeredClass());
    ReportData.Places places =
        a.places() == null
            ? null
            : new ReportData.Places(
                a.places(), REGION, a.places().region(REGION, a.regionLevels()));
    return new ReportData.Scene(
        a.truth(),
        ViewPictures.of(StoredView.read(store, a.truth())),
        answered,
        answered.equals(Taxonomy.BACKGROUND) ? null : a.location(),
        a.confidence(),
        null,
        places,
        sound(Clip.read(store.file(a.truth().files().audio())).foa()));
  }

  /** Two cardioids, to the left and to the right, as loud as they can be. */
  private static ReportData.Sound sound(float[][] foa) {
    float[][] stereo = new float[2][foa[Foa.W].length];
    float peak = Float.MIN_NORMAL;
    for (int i = 0; i < stereo[0].length; i++) {
      stereo[0][i] = foa[Foa.W][i] + foa[Foa.Y][i];
      stereo[1][i] = foa[Foa.W][i] - foa[Foa.Y][i];
      peak = Math.max(peak, Math.max(Math.abs(stereo[0][i]), Math.abs(stereo[1][i])));
    }
    for (float[] ear : stereo) {
      for (int i = 0; i < ear.length; i++) {
        ear[i] *= 0.9f / peak;
      }
    }
    return new ReportData.Sound(
        Mp3.encode(stereo, Foa.SAMPLE_RATE, BIT_RATE), Spectrogram.png(foa[Foa.W]));
  }
}
