package org.hearsight.inference.scene;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Hearing;
import org.hearsight.core.audio.SoundField;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.concurrent.SharedWork;
import org.hearsight.core.error.InputException;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.SlidingPlaces;

/**
 * What a model is fed of a clip, before any network runs. Immutable; for many threads.
 *
 * @see Answers for the way back
 */
public final class SceneInputs {
  private final ModelCard card;
  private final Hearing hearing;
  private final int threads;

  /**
   * @param card of the model
   * @param threads that hear clips, several at once or one together
   * @throws IllegalArgumentException if the card's scaler is for other features than its encoder's
   */
  public SceneInputs(ModelCard card, int threads) {
    this.card = card;
    this.hearing = new Hearing(card.audio().backbone().features(), card.scaler());
    this.threads = threads;
  }

  /**
   * A clip before the networks.
   *
   * @param features standardised, [7, frames, bands]
   * @param cues [tokens, {@value org.hearsight.core.audio.SpatialCues#WIDTH}]; empty if the model
   *     has none
   * @param places what a map is asked with; null if the model has none
   * @param notes the clip's, and what is to be said of its length and its channels
   */
  public record Sound(
      float[] features, float[] cues, PlaceFeatures.Sound places, List<String> notes) {
    public Sound {
      notes = List.copyOf(notes);
    }
  }

  /**
   * Hears the last {@code clip_seconds} of a clip.
   *
   * @throws InputException if it is shorter than one audio token
   */
  public Sound hear(Clip clip) {
    return hear(clip, threads);
  }

  /**
   * Hears the last {@code clip_seconds} of each clip.
   *
   * @return what {@link #hear(Clip)} gives of each, in their order
   * @throws InputException for the first that is refused
   */
  public List<Sound> hear(List<Clip> clips) {
    Sound[] heard = new Sound[clips.size()];
    int each = Math.max(1, threads / Math.max(1, heard.length));
    SharedWork.each(heard.length, threads, i -> heard[i] = hear(clips.get(i), each));
    return List.of(heard);
  }

  private Sound hear(Clip clip, int threads) {
    List<String> notes = new ArrayList<>(clip.notes());
    float[][] judged = judged(clip, notes);
    Hearing.Heard heard = hearing.hear(judged, card.adapter().cues(), threads);
    PlaceFeatures.Sound[] places = new PlaceFeatures.Sound[1];
    SharedWork.all(
        threads,
        () -> places[0] = hasMap() ? PlaceFeatures.hear(judged, threads) : null,
        () -> SoundField.doubt(judged).ifPresent(notes::add));
    return new Sound(heard.features(), heard.cues(), places[0], notes);
  }

  /** Hears a stream through a window that slides; asked by one thread. */
  public SlidingScene sliding() {
    return new SlidingScene(this, hearing.sliding(), new SlidingPlaces(threads));
  }

  /** That share the work of one clip or window. */
  int threads() {
    return threads;
  }

  /** Are there cues beside the encoder's tokens? */
  boolean hasCues() {
    return card.adapter().cues();
  }

  /** Does the model say how probable each place is? */
  public boolean hasMap() {
    return card.hasMap();
  }

  /**
   * Refuses sound that is shorter than one audio token.
   *
   * @param source what to call it: its file
   * @throws InputException if it is
   */
  public void requireLong(String source, long samples) {
    int least = leastSamples();
    if (samples < least) {
      throw new InputException(
          source,
          String.format(
              Locale.ROOT,
              "duration: %.2f s, expected at least %.1f s",
              samples / (double) Foa.SAMPLE_RATE,
              least / (double) Foa.SAMPLE_RATE),
          String.format(
              Locale.ROOT,
              "give a longer recording (the model judges %.0f s)",
              card.clipSeconds()));
    }
  }

  /** The fewest samples that can be judged. */
  public int leastSamples() {
    AudioFeatures features = hearing.features();
    int token = features.samples(features.framesPerToken());
    return hasMap() ? Math.max(token, PlaceFeatures.LEAST_SAMPLES) : token;
  }

  /** The last {@code clip_seconds}, or all of a shorter clip, with a note. */
  private float[][] judged(Clip clip, List<String> notes) {
    int wanted = clipSamples();
    int samples = clip.samples();
    requireLong(clip.source(), samples);
    if (samples == wanted) {
      return clip.foa();
    }
    if (samples < wanted) {
      notes.add(shorter(samples));
      return clip.foa();
    }
    notes.add(longer(samples));
    return Arrays.stream(clip.foa())
        .map(channel -> Arrays.copyOfRange(channel, samples - wanted, samples))
        .toArray(float[][]::new);
  }

  /** Samples that are judged of a longer recording. */
  public int clipSamples() {
    return (int) Math.round(card.clipSeconds() * Foa.SAMPLE_RATE);
  }

  /** The note on sound that is shorter than what the model was trained on. */
  String shorter(int samples) {
    return String.format(
        Locale.ROOT,
        "audio is %.1f s long; the model was trained on %.0f s",
        samples / (double) Foa.SAMPLE_RATE,
        card.clipSeconds());
  }

  /** The note on a recording of which only the end is judged. */
  public String longer(long samples) {
    return String.format(
        Locale.ROOT,
        "audio is %.1f s long; its last %.0f s are judged",
        samples / (double) Foa.SAMPLE_RATE,
        card.clipSeconds());
  }
}
