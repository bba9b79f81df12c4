package org.hearsight.inference;

import org.hearsight.core.place.PlaceFeatures;

/**
 * What a model made of a view: good for any number of answers of that model, with any clip.
 * Immutable.
 */
public final class Seen {
  private final ModelKey model;
  private final float[] visual;
  private final float[] geometry;
  private final float occlusionLevel;
  private final PlaceFeatures.Sight places;
  private final float[] traits;

  /**
   * @param visual [49, width] tokens for the spatial fusion; their mean [width] for the seed's
   * @param geometry [49, 2], occlusion and inverse depth of each token
   * @param places what the map needs beside; null of a model without one
   * @param traits by which it is told whether views are like the calibration's
   */
  Seen(
      ModelKey model,
      float[] visual,
      float[] geometry,
      float occlusionLevel,
      PlaceFeatures.Sight places,
      float[] traits) {
    this.model = model;
    this.visual = visual;
    this.geometry = geometry;
    this.occlusionLevel = occlusionLevel;
    this.places = places;
    this.traits = traits;
  }

  ModelKey model() {
    return model;
  }

  float[] visual() {
    return visual;
  }

  float[] geometry() {
    return geometry;
  }

  float occlusionLevel() {
    return occlusionLevel;
  }

  PlaceFeatures.Sight places() {
    return places;
  }

  float[] traits() {
    return traits;
  }
}
