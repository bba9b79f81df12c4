package org.hearsight.inference.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Hearing;
import org.hearsight.core.audio.SlidingHearing;
import org.hearsight.core.audio.SoundField;
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
    if (start + samples - Foa.SAMPLE_RATE >= doubted) {
      doubt = SoundField.doubt(foa);
      doubted = start + samples;
    }
    doubt.ifPresent(notes::add);
    Hearing.Heard heard = hearing.hear(foa, start, inputs.hasCues());
    return new SceneInputs.Sound(
        heard.features(), heard.cues(), inputs.hasMap() ? places.hear(foa, start) : null, notes);
  }
}
