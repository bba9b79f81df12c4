package org.hearsight.inference;

import java.util.List;
import org.hearsight.core.place.PlaceFeatures;

/**
 * What a model made of a clip: good for any number of answers of that model, with any view.
 * Immutable.
 */
public final class Heard {
  private final ModelKey model;
  private final float[] tokens;
  private final int count;
  private final PlaceFeatures.Sound places;
  private final float[] summary;
  private final float[] traits;
  private final List<String> notes;

  /**
   * @param tokens [count, width] for the spatial fusion; their mean [width] for the seed's
   * @param places what the map needs beside; null of a model without one
   * @param summary by which unknown sounds are told; null if the model does not
   * @param traits by which it is told whether sounds are like the calibration's
   * @param notes what a reader of the answer should know about the sound
   */
  Heard(
      ModelKey model,
      float[] tokens,
      int count,
      PlaceFeatures.Sound places,
      float[] summary,
      float[] traits,
      List<String> notes) {
    this.model = model;
    this.tokens = tokens;
    this.count = count;
    this.places = places;
    this.summary = summary;
    this.traits = traits;
    this.notes = List.copyOf(notes);
  }

  ModelKey model() {
    return model;
  }

  float[] tokens() {
    return tokens;
  }

  int count() {
    return count;
  }

  PlaceFeatures.Sound places() {
    return places;
  }

  float[] summary() {
    return summary;
  }

  float[] traits() {
    return traits;
  }

  List<String> notes() {
    return notes;
  }
}
