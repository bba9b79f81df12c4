package org.hearsight.inference.scene;

import java.util.Arrays;
import java.util.List;
import org.hearsight.core.place.PlaceFeatures;

/**
 * A scene as the numbers that the graph of a whole model takes ({@code docs/export.md}), one row of
 * each input.
 *
 * @param features standardised, [7, frames, bands]
 * @param cues [tokens, 51]; empty for models without
 * @param planes [5, 224, 224]
 * @param occlusion level of the view
 * @param sight is there a view? Planes and occlusion have no effect otherwise
 * @param heard [242, 72]; null for models without a map, as the next two
 * @param seen [23, 72]
 * @param known [169]
 */
public record SceneTensors(
    float[] features,
    float[] cues,
    float[] planes,
    float occlusion,
    boolean sight,
    float[] heard,
    float[] seen,
    float[] known) {
  /** What was heard of it. */
  public SceneInputs.Sound sound() {
    PlaceFeatures.Sound places =
        heard == null
            ? null
            : new PlaceFeatures.Sound(heard, Arrays.copyOf(known, PlaceFeatures.KNOWN - 1));
    return new SceneInputs.Sound(features, cues, places, List.of());
  }

  /** What is seen along each azimuth; null for models without a map. */
  public PlaceFeatures.Sight view() {
    return seen == null ? null : new PlaceFeatures.Sight(seen, known[PlaceFeatures.KNOWN - 1]);
  }
}
