package org.hearsight.inference.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Hearing;
import org.hearsight.core.audio.SlidingHearing;
import org.hearsight.core.audio.SoundField;
import org.hearsight.core.concurrent.SharedWork;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.SlidingPlaces;

/**
 * What a model is fed of a window that slides over a stream: that of {@link SceneInputs#hear} of a
 * clip of the same samples, bit for bit. Asked by one thread.
 *
 * <p>Whether the channels can be a sound field is looked at once a second of the stream; what was
 * found is noted until it is looked at again.
 */
public final class SlidingScene {
  private final SceneInputs inputs;
  private final SlidingHearing hearing;
  private final SlidingPlaces places;
  private Optional<String> doubt = Optional.empty();
  private long doubted = Long.MIN_VALUE;

  SlidingScene(SceneInputs inputs, SlidingHearing hearing, SlidingPlaces places) {
    this.inputs = inputs;
    this.hearing = hearing;
    this.places = places;
  }

  /**
   * Hears a window.
   *
   * @param foa [4][samples], W, Y, Z, X at 24 kHz; {@link SceneInputs#leastSamples} to {@link
   *     SceneInputs#clipSamples}, checked where they came from
   * @param start the stream's sample that the window begins with
   */
  public SceneInputs.Sound hear(float[][] foa, long start) {
    int samples = foa[Foa.W].length;
    List<String> notes = new ArrayList<>();
    if (samples < inputs.clipSamples()) {
      notes.add(inputs.shorter(samples));
    }
    Hearing.Heard[] heard = new Hearing.Heard[1];
    PlaceFeatures.Sound[] placed = new PlaceFeatures.Sound[1];
    SharedWork.all(
        inputs.threads(),
        () -> placed[0] = inputs.hasMap() ? places.hear(foa, start) : null,
        () -> heard[0] = hearing.hear(foa, start, inputs.hasCues()),
        () -> look(foa, start + samples));
    doubt.ifPresent(notes::add);
    return new SceneInputs.Sound(heard[0].features(), heard[0].cues(), placed[0], notes);
  }

  private void look(float[][] foa, long end) {
    if (end - Foa.SAMPLE_RATE >= doubted) {
      doubt = SoundField.doubt(foa);
      doubted = end;
    }
  }
}
